#include "watched_outbox.h"

#include "checks/expiry.h"
#include "planted.h"

namespace jackgw::test {

store::DueSummary WatchedOutbox::promote_due() {
    store::DueSummary due;
    access_.pass([&] { due = store_.promote_due(); });
    plant(world_, due);
    return due;
}

store::ClaimResult WatchedOutbox::claim(const std::vector<store::ClaimRequest>& requests,
                                        std::chrono::microseconds lease) {
    store::ClaimResult result;
    access_.pass([&] { result = store_.claim(plant(world_, requests), lease); });
    for (const store::Claim& claim : result.claims) told_of(claim);
    if (requests.front().quiet) look_for_put_off();
    return result;
}

void WatchedOutbox::look_for_put_off() {
    for (auto& [label, entry] : world_.entries) {
        if (entry.put_off || !entry.waits() || entry.request.priority == Priority::urgent) continue;
        const std::optional<store::Waiting> waiting = store_.waiting(entry.id);
        entry.put_off = waiting && waiting->what == store::WaitingFor::quiet_hours;
    }
}

void WatchedOutbox::told_of(const store::Claim& claim) {
    world_.tell("claim " + claim.content + " of " + std::to_string(claim.segments) + " from " +
                claim.lane.sender + " to " + claim.to + (claim.probe ? " as a probe" : ""));
    const Entry* entry = world_.find(claim.message_id, claim.content);
    if (entry == nullptr) return world_.complain("unheard of: a claim of " + claim.content);
    labels_[claim.attempt_id] = entry->label();
    checks_.order.on_claim(*entry, [this](const Entry& other) { return store_.waiting(other.id); });
    checks_.rate.on_claim(claim.lane, claim.segments);
    checks_.consent.on_claim(*entry);
    checks_.quiet.on_claim(*entry);
    check_expiry_at_claim(world_, *entry);
}

store::FinishResult WatchedOutbox::finish_attempt(const store::AttemptFinish& finish) {
    const std::string label = labels_[finish.attempt_id];
    store::FinishResult result;
    // Nobody is there any more who would try it again.
    if (access_.dead()) return result;
    try {
        access_.pass([&] { result = store_.finish_attempt(plant(world_, finish)); });
    } catch (const Error&) {
        if (!access_.dead()) throw;
        return result;
    }
    world_.tell("finish " + label + ": " + std::string(to_string(finish.outcome.kind)) +
                (result.recorded ? "" : ", not recorded") + (result.stays_due ? ", stays due" : ""));
    checks_.order.on_finish(label);
    const Entry* entry = world_.find(label);
    if (result.recorded && finish.outcome.opted_out && entry != nullptr)
        checks_.consent.said(entry->request.from, entry->request.to, ConsentCheck::Said::out);
    return result;
}

std::int64_t WatchedOutbox::recover(std::chrono::microseconds settle_for) {
    std::int64_t recovered = 0;
    access_.pass([&] { recovered = store_.recover(settle_for); });
    if (recovered > 0) world_.tell("recovered " + std::to_string(recovered));
    return recovered;
}

store::DueDoubts WatchedOutbox::due_doubts(std::string_view channel, std::size_t limit) {
    store::DueDoubts due;
    access_.pass([&] { due = store_.due_doubts(channel, limit); });
    return due;
}

store::DoubtChange WatchedOutbox::note_doubt(const store::DoubtAnswer& answer) {
    store::DoubtChange change = store::DoubtChange::none;
    access_.pass([&] { change = store_.note_doubt(plant(world_, answer)); });
    const bool settled = change == store::DoubtChange::taken || change == store::DoubtChange::due_again;
    if (settled) ++world_.result.settled;
    world_.tell("doubt about " + labels_[answer.attempt_id] + ": change " +
                std::to_string(static_cast<int>(change)));
    return change;
}

store::OverdueDeliveries WatchedOutbox::overdue_deliveries(std::string_view channel,
                                                           const store::LookUpWaits& waits,
                                                           std::size_t limit) {
    return store_.overdue_deliveries(channel, waits, limit);
}

bool WatchedOutbox::note_look_up(std::string_view message_id, store::LookUpNote note) {
    return store_.note_look_up(message_id, note);
}

void WatchedOutbox::on_outbox_change(std::function<void()> wake) {
    store_.on_outbox_change([wake = std::move(wake), changed = changed_] {
        wake();
        changed();
    });
}

}  // namespace jackgw::test
