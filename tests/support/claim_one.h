#pragma once

#include <chrono>
#include <optional>
#include <utility>

#include "store/outbox.h"

namespace jackgw::test {

/// Claims the message of a lane that comes first, if any.
inline std::optional<store::Claim> claim_one(store::Outbox& outbox, const store::Lane& lane,
                                             std::chrono::microseconds lease = std::chrono::minutes{10},
                                             const std::string& account = {}) {
    store::ClaimResult result = outbox.claim({{lane, account, 1, 1}}, lease);
    if (result.claims.empty()) return std::nullopt;
    return std::move(result.claims.front());
}

}  // namespace jackgw::test
