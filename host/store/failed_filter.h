#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/time.h"

namespace jackgw::store {

/// Which failed messages are meant; what isn't named is any. Those that were discarded never are.
struct FailedFilter {
    std::string channel;     ///< empty: any
    std::string error_code;  ///< our name; empty: any
    std::optional<std::int32_t> provider_error_code;
    std::optional<Timestamp> since;  ///< written then or later
    std::optional<Timestamp> until;  ///< written before
    std::optional<bool> retryable;
    std::optional<bool> retried;  ///< another was made of it, whatever became of that
};

}  // namespace jackgw::store
