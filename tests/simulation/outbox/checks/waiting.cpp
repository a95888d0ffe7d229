#include "waiting.h"

#include "expiry.h"

namespace jackgw::test {

namespace {

/// How late the gateway may be with what it does by the clock: its longest look-away, and some work.
constexpr auto slack = 3min;

}  // namespace

void WaitingCheck::look(store::Store& store, const std::set<store::Pause>& pauses, bool idle) {
    if (!world_.undisturbed_for(slack)) return reasons_.clear();
    for (auto& [label, entry] : world_.entries) {
        if (entry.id.empty() || !entry.seen || entry.ended()) continue;
        judge(entry, store.waiting(entry.id), pauses, idle);
    }
}

void WaitingCheck::judge(Entry& entry, const std::optional<store::Waiting>& waiting,
                         const std::set<store::Pause>& pauses, bool idle) {
    using store::WaitingFor;
    const auto what = waiting ? std::optional{waiting->what} : std::nullopt;
    Reason& reason = reasons_.try_emplace(entry.label(), Reason{what, world_.now()}).first->second;
    if (reason.what != what) reason = {what, world_.now()};
    const auto for_so_long = world_.now() - reason.since;
    if (!waiting) {
        // What was claimed without our knowledge has its lease.
        if (!order_.in_flight(entry) && for_so_long > 20min && entry.seen->state != DeliveryState::unknown)
            complain(entry, "is in flight, and nobody sends it");
        return;
    }
    if (what == WaitingFor::quiet_hours) entry.put_off = true;
    const bool by_clock = what == WaitingFor::schedule || what == WaitingFor::quiet_hours ||
                          what == WaitingFor::resend_delay || what == WaitingFor::retry ||
                          what == WaitingFor::settling || what == WaitingFor::held;
    if (by_clock && waiting->until && *waiting->until < world_.clock.now() - slack &&
        what != WaitingFor::held)
        complain(entry, std::string("waits beyond its time: ").append(to_string(*what)));
    // Tokens for the longest message are there by then, if nothing of the lane went meanwhile.
    const bool starved = idle && !rate_.claimed_within(entry.lane(), 2min);
    if (what == WaitingFor::rate && (for_so_long > 1h || (starved && for_so_long > 2min)))
        complain(entry, "waits for nothing");
    if (what == WaitingFor::earlier_message && !has_earlier(entry)) complain(entry, "waits behind nobody");
    if (what == WaitingFor::provider && entry.seen->state != DeliveryState::unknown)
        complain(entry, "waits for the provider, and isn't in doubt");
    const bool paused = pauses.contains({}) || pauses.contains({entry.request.channel, {}}) ||
                        pauses.contains({entry.request.channel, entry.request.from});
    if (what == WaitingFor::paused && !paused) complain(entry, "waits for a pause to end that isn't");
    const auto late = overdue_by(world_, entry, true);
    if (late && *late > slack && entry.seen->state != DeliveryState::unknown)
        world_.complain("expiry: " + entry.label() + " waits after its expiry");
}

bool WaitingCheck::has_earlier(const Entry& entry) const {
    for (const auto& [label, other] : world_.entries)
        if (label != entry.label() && entry.same_queue(other) && !other.id.empty() &&
            (!other.ended() || order_.in_flight(other)))  // reports may be faster than the answer
            return true;
    return false;
}

void WaitingCheck::complain(const Entry& entry, const std::string& why) {
    world_.complain("waits: " + entry.label() + " " + why);
}

}  // namespace jackgw::test
