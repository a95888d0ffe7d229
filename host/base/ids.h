#pragma once

#include <mutex>
#include <random>
#include <string>
#include <string_view>

#include "base/time.h"

namespace jackgw {

/// Makes UUIDv7 (RFC 9562) in lower-case text form: ids that sort by the time of their making, strictly
/// ascending within one generator. Safe from any thread.
class IdGenerator {
  public:
    explicit IdGenerator(const Clock& clock);
    std::string next();

  private:
    const Clock& clock_;
    std::mutex mutex_;
    std::random_device random_;
    std::uint64_t last_millis_ = 0;
    std::uint32_t counter_ = 0;  // 12 bits of rand_a count up within a millisecond
};

/// True for the text form of a UUID in lower case, any version.
bool is_uuid(std::string_view text);

}  // namespace jackgw
