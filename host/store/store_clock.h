#pragma once

#include <chrono>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "base/time.h"

namespace jackgw::store {

/// The last moment that was saved: what the timeline goes on from.
struct ClockAnchor {
    std::string boot_id;  ///< empty: saved by a program that didn't know it
    BootTime boot{};
    Moment now{};
};

/// The wall clock was set: it is so much ahead of (or behind) where it would have been.
struct ClockJump {
    std::chrono::microseconds by{};
    bool while_down = false;  ///< between two runs, of one boot: else nobody can tell
};

/// Called by the thread that notices; must return at once, must not call the store or throw.
using ClockJumpObserver = std::function<void(const ClockJump&)>;

/// The one clock of a store. In the process, and over restarts within one boot, it follows CLOCK_BOOTTIME,
/// which nobody sets and which counts suspension; over a reboot, or on another machine, the wall clock says
/// how much time has passed, and none if that says less than none. Safe from any thread.
class StoreClock {
  public:
    /// A wall clock that strays by less than this between two looks is slewed, not set.
    static constexpr std::chrono::microseconds tolerance = std::chrono::seconds{2};

    /// Nothing saved: the timeline begins with the wall clock's microseconds. The clock must outlive this.
    StoreClock(const Clock& clock, const std::optional<ClockAnchor>& saved, ClockJumpObserver observer = {});
    StoreClock(const StoreClock&) = delete;
    StoreClock& operator=(const StoreClock&) = delete;

    /// Never runs back on the store's timeline.
    Moment now();

    /// What to save with whatever is written at that moment.
    ClockAnchor anchor(const Moment& now) const;

  private:
    void look_for_jump(Timestamp wall, BootTime boot);

    const Clock& clock_;
    const ClockJumpObserver observer_;
    const std::string boot_id_;
    StoreTime origin_store_{};
    BootTime origin_boot_{};
    std::mutex mutex_;
    std::chrono::microseconds wall_offset_{};  // of the wall clock from the boot's, at the last look
};

}  // namespace jackgw::store
