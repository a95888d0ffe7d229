#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "store/holds.h"

namespace jackgw::outbox {

/// How long a hold waits before its next probe, after so many that have failed: the first pause doubled each
/// time up to the longest, and what the provider asked for if that is longer. Pure.
std::chrono::microseconds pause_before_probe(const store::HoldPauses& pauses, std::int32_t failed,
                                             std::optional<std::int64_t> retry_after_ms);

/// What a provider may ask for at most.
inline constexpr std::chrono::milliseconds longest_retry_after = std::chrono::hours{24};

/// While a hold recovers, each acceptance doubles how many may be in flight, from these …
inline constexpr std::int64_t first_allowed = 2;
/// … until so many may: then it is over.
inline constexpr std::int64_t fully_recovered = 32;

}  // namespace jackgw::outbox
