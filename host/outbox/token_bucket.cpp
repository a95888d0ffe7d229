#include "outbox/token_bucket.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

namespace jackgw::outbox {

namespace {

// A message has at least one segment; more than the largest burst at once isn't a message, and would let the
// arithmetic overflow.
std::int64_t plausible(std::int64_t segments) {
    return std::clamp<std::int64_t>(segments, 1, TokenBucket::max_burst);
}

std::chrono::nanoseconds period_of(double segments_per_second) {
    // Written so that NaN fails.
    if (!(segments_per_second >= TokenBucket::min_rate && segments_per_second <= TokenBucket::max_rate))
        throw std::invalid_argument("segments_per_second is " + std::to_string(segments_per_second) +
                                    ", it has to be from 0.001 to 1000000");
    return std::chrono::nanoseconds{static_cast<std::int64_t>(std::ceil(1e9 / segments_per_second))};
}

}  // namespace

TokenBucket::TokenBucket(double segments_per_second, std::int64_t burst, SteadyTime empty_at)
    : period_(period_of(segments_per_second)), burst_(burst), zero_at_(empty_at) {
    if (burst < 1 || burst > max_burst)
        throw std::invalid_argument("burst is " + std::to_string(burst) + ", it has to be from 1 to 100000");
}

SteadyTime TokenBucket::ready_at(std::int64_t segments) const {
    return zero_at_ + period_ * std::min(plausible(segments), burst_);
}

std::int64_t TokenBucket::available(SteadyTime now) const {
    return std::clamp<std::int64_t>((now - zero_at_) / period_, 0, burst_);
}

void TokenBucket::take(std::int64_t segments, SteadyTime now) {
    // A full bucket grows no further: its zero is never more than a burst ago.
    zero_at_ = std::max(zero_at_, now - period_ * burst_) + period_ * plausible(segments);
}

}  // namespace jackgw::outbox
