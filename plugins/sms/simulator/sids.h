#pragma once

#include <mutex>
#include <random>
#include <string>
#include <string_view>

namespace jackgw::sms::simulator {

/// Makes identifiers: two letters and 32 hex digits, from the machine's own randomness even where a seed is
/// given: a gateway deduplicates by them, so two runs must never make the same. Safe from any thread.
class SidGenerator {
  public:
    std::string next(std::string_view prefix);

  private:
    std::mutex mutex_;
    std::random_device random_;
};

/// True for `prefix` followed by 32 hex digits in either case.
bool is_sid(std::string_view text, std::string_view prefix);

/// A UUID in text form, as in the webhooks' idempotency header.
std::string uuid_from(std::string_view hex32);

}  // namespace jackgw::sms::simulator
