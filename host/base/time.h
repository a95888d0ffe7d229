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

/// Counts from the machine's boot and while it is suspended; nobody sets it.
struct BootClock {
    using duration = std::chrono::microseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<BootClock>;
    static constexpr bool is_steady = true;
};
using BootTime = BootClock::time_point;

/// The store's own timeline: it goes on at the pace of real time, whatever is done to the wall clock, while
/// the program runs, while it is down, and while the machine is off. Not for people: it has no calendar, and
/// nothing converts it by itself to wall time, or back. See store/store_clock.h.
struct StoreTimeline {
    using duration = std::chrono::microseconds;
    using rep = duration::rep;
    using period = duration::period;
    using time_point = std::chrono::time_point<StoreTimeline>;
    static constexpr bool is_steady = true;
};
using StoreTime = StoreTimeline::time_point;

/// One moment on both clocks. What a person named (sendAt, expiresAt) is compared with `wall`, as it stands
/// then; retries, settling, default lifetimes and leases with `store`.
struct Moment {
    Timestamp wall;
    StoreTime store;

    /// The wall time at which the store's time will be so far, if nobody sets the clock. For showing.
    Timestamp wall_at(StoreTime time) const { return wall + (time - store); }
};

/// Where time comes from. Injected everywhere, so that tests decide what time it is. Safe from any thread.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual Timestamp now() const = 0;
    virtual SteadyTime steady_now() const = 0;
    virtual BootTime boot_now() const = 0;
    /// Tells one boot of the machine from another; empty: not known.
    virtual std::string boot_id() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
  public:
    Timestamp now() const override;
    SteadyTime steady_now() const override;
    /// CLOCK_BOOTTIME.
    BootTime boot_now() const override;
    /// What the kernel says in /proc/sys/kernel/random/boot_id.
    std::string boot_id() const override;
};

std::int64_t to_micros(Timestamp time);
std::int64_t to_micros(StoreTime time);
Timestamp from_micros(std::int64_t micros);
StoreTime store_time_from_micros(std::int64_t micros);

/// "2026-11-22T16:38:14.123456Z": ISO 8601, UTC, always six digits of fraction.
std::string to_iso8601(Timestamp time);

/// Reads ISO 8601 with 'Z' or an offset ("2026-11-22T18:00:00+02:00"), fraction optional up to six digits.
/// Nothing if malformed, without a zone, or not a date of the calendar.
std::optional<Timestamp> parse_iso8601(std::string_view text);

}  // namespace jackgw
