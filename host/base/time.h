#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jackgw {

/// A point in time, UTC, in microseconds: the unit in which the store keeps times.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;
/// A point on a clock that never jumps, for time-outs and rates.
using SteadyTime = std::chrono::steady_clock::time_point;

/// Where time comes from. Injected everywhere, so that tests decide what time it is. Safe from any thread.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
    virtual SteadyTime steady_now() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
  public:
    Timestamp now() const override;
    SteadyTime steady_now() const override;
};

std::int64_t to_micros(Timestamp time);
Timestamp from_micros(std::int64_t micros);

/// "2026-11-22T16:38:14.123456Z": ISO 8601, UTC, always six digits of fraction.
std::string to_iso8601(Timestamp time);

/// Reads ISO 8601 with 'Z' or an offset ("2026-11-22T18:00:00+02:00"), fraction optional up to six digits.
/// Nothing if malformed, without a zone, or not a date of the calendar.
std::optional<Timestamp> parse_iso8601(std::string_view text);

}  // namespace jackgw
