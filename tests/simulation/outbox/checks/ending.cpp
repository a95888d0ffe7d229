#include "ending.h"

namespace jackgw::test {

namespace {

void check(World& world, const Entry& entry) {
    const auto complain = [&](const std::string& why) {
        world.complain("end: " + entry.label() + " " + why);
    };
    if (!entry.seen) return complain("was never seen");
    const DeliveryState state = entry.seen->state;
    if (!entry.ended()) return complain("is still " + std::string(to_string(state)));
    if (!entry.acceptances.empty()) {
        if (entry.provider_id != entry.acceptances.front())
            complain("was taken as " + entry.acceptances.front() + ", and isn't shown so");
        else if (state == DeliveryState::unknown || state == DeliveryState::canceled ||
                 (state == DeliveryState::failed && entry.seen->concluded_by_us))
            complain("was taken, and is shown as " + std::string(to_string(state)));
        return;
    }
    if (!entry.provider_id.empty()) return complain("is shown as taken, and never was");
    if (state != DeliveryState::failed && state != DeliveryState::canceled)
        complain("was never taken, and is shown as " + std::string(to_string(state)));
    const bool withdrawn = !entry.request.retry_of.empty() && entry.seen->error_code == "NOT_NEEDED";
    if (state == DeliveryState::canceled && !entry.canceled && !entry.maybe_canceled && !withdrawn)
        complain("was canceled by nobody");
}

}  // namespace

void check_ending(World& world) {
    for (const auto& [label, entry] : world.entries)
        if (!entry.id.empty()) check(world, entry);
}

}  // namespace jackgw::test
