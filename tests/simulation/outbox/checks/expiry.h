#pragma once

#include <optional>

#include "../world.h"

namespace jackgw::test {

/// How much later than its expiry a message is; negative: it still lives. Nothing: that can't be told from
/// outside, since its lifetime stood still for a while.
inline std::optional<std::chrono::microseconds> overdue_by(const World& world, const Entry& entry,
                                                           bool at_the_latest) {
    if (entry.request.expires_at) return world.clock.now() - *entry.request.expires_at;
    if (entry.put_off || entry.request.send_at || !entry.asked_at || !entry.asked_until) return std::nullopt;
    const SteadyTime from = at_the_latest ? *entry.asked_until : *entry.asked_at;
    return std::chrono::duration_cast<std::chrono::microseconds>(world.now() - from) - entry.request.lifetime;
}

/// What has expired isn't sent.
inline void check_expiry_at_claim(World& world, const Entry& entry) {
    const auto late = overdue_by(world, entry, true);
    if (late && late->count() > 0) world.complain("expiry: " + entry.label() + " goes after its expiry");
}

/// What is said to have expired has.
inline void check_expired(World& world, const Entry& entry) {
    const auto late = overdue_by(world, entry, false);
    if (late && late->count() < 0) world.complain("expiry: " + entry.label() + " is EXPIRED before its time");
}

}  // namespace jackgw::test
