#include "store/store_clock.h"

#include <algorithm>

namespace jackgw::store {

namespace {

std::chrono::microseconds offset(Timestamp wall, BootTime boot) {
    return wall.time_since_epoch() - boot.time_since_epoch();
}

}  // namespace

StoreClock::StoreClock(const Clock& clock, const std::optional<ClockAnchor>& saved,
                       ClockJumpObserver observer)
    : clock_(clock), observer_(std::move(observer)), boot_id_(clock.boot_id()) {
    const Timestamp wall = clock.now();
    const BootTime boot = clock.boot_now();
    origin_boot_ = boot;
    wall_offset_ = offset(wall, boot);
    if (!saved) {
        origin_store_ = StoreTime{wall.time_since_epoch()};
        return;
    }
    const bool same_boot = !saved->boot_id.empty() && saved->boot_id == boot_id_ && boot >= saved->boot;
    const std::chrono::microseconds passed =
        same_boot ? boot - saved->boot : std::max<std::chrono::microseconds>(wall - saved->now.wall, {});
    origin_store_ = saved->now.store + passed;
    if (!same_boot) return;
    const auto jump = wall_offset_ - offset(saved->now.wall, saved->boot);
    if (std::chrono::abs(jump) > tolerance && observer_) observer_({.by = jump, .while_down = true});
}

Moment StoreClock::now() {
    const BootTime boot = clock_.boot_now();
    const Timestamp wall = clock_.now();
    look_for_jump(wall, boot);
    return {.wall = wall, .store = origin_store_ + (boot - origin_boot_)};
}

void StoreClock::look_for_jump(Timestamp wall, BootTime boot) {
    const std::chrono::microseconds seen = offset(wall, boot);
    std::chrono::microseconds jump{};
    {
        const std::lock_guard lock(mutex_);
        jump = seen - wall_offset_;
        wall_offset_ = seen;
    }
    if (std::chrono::abs(jump) > tolerance && observer_) observer_({.by = jump, .while_down = false});
}

ClockAnchor StoreClock::anchor(const Moment& now) const {
    return {.boot_id = boot_id_, .boot = origin_boot_ + (now.store - origin_store_), .now = now};
}

}  // namespace jackgw::store
