#include "order.h"

namespace jackgw::test {

void OrderCheck::on_claim(const Entry& claimed, const Ask& ask) {
    for (auto& [label, other] : world_.entries) {
        if (label == claimed.label() || !claimed.same_queue(other)) continue;
        // What was recovered when its lease had ended isn't sent any more.
        const bool recovered = other.seen && other.seen->state == DeliveryState::unknown;
        if (in_flight_.contains(label) && !recovered)
            world_.complain("order: " + claimed.label() + " goes while " + label + " is in flight");
        else if (precedes(other, claimed, ask))
            world_.complain("order: " + claimed.label() + " goes before " + label);
    }
    in_flight_.insert(claimed.label());
}

bool OrderCheck::precedes(Entry& earlier, const Entry& later, const Ask& ask) const {
    if (earlier.request.priority != later.request.priority || !earlier.waits()) return false;
    if (earlier.request.send_at || later.request.send_at || earlier.doubted || later.doubted) return false;
    if (earlier.put_off || later.put_off || !earlier.asked_until || !later.asked_at) return false;
    if (std::pair(*earlier.asked_until, earlier.number) > std::pair(*later.asked_at, later.number))
        return false;
    const std::optional<store::Waiting> waiting = ask(earlier);
    if (!waiting) return false;
    if (waiting->what == store::WaitingFor::quiet_hours) earlier.put_off = true;
    return !earlier.put_off;
}

}  // namespace jackgw::test
