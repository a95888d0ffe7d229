#pragma once

#include <chrono>
#include <cstdint>

#include "base/time.h"

namespace jackgw::outbox {

/// The rate limit of one lane, counted in segments. Pure: time is passed in, and comes from the steady clock.
/// Not for several threads at once.
///
/// The rule. The level grows by one segment each period (1/rate) up to `burst`. A message of n segments may
/// go when the level is at least min(n, burst), and takes n from it: a message longer than the burst waits
/// for a full bucket and leaves it in debt, which is paid before anything else goes.
///
/// What follows. Over any window from one message to another, t apart, both included, at most
/// burst + rate·t segments go, plus what the last message has beyond the burst (a message goes whole or not
/// at all). A bucket begins empty, so a restart grants no second burst; it forgets a debt, though.
///
/// It is kept as one point in time, the one at which the level is zero, in whole nanoseconds and with the
/// period rounded up: nothing drifts, and rounding never lets more through.
class TokenBucket {
  public:
    static constexpr double min_rate = 0.001;
    static constexpr double max_rate = 1'000'000;
    static constexpr std::int64_t max_burst = 100'000;

    /// Throws std::invalid_argument if rate or burst is out of range; burst is at least 1.
    TokenBucket(double segments_per_second, std::int64_t burst, SteadyTime empty_at);

    /// From when on a message of that many segments may go, if nothing else goes before. May be in the past.
    SteadyTime ready_at(std::int64_t segments) const;

    /// Segments that may go at once, if nothing else goes before: those of several messages together.
    std::int64_t available(SteadyTime now) const;

    /// A message goes, whether it was to wait or not: its size may have turned out only when it was claimed.
    void take(std::int64_t segments, SteadyTime now);

    std::chrono::nanoseconds period() const { return period_; }

  private:
    std::chrono::nanoseconds period_;
    std::int64_t burst_;
    SteadyTime zero_at_;
};

}  // namespace jackgw::outbox
