#include "outbox/holds/hold_changes.h"

#include <algorithm>

#include "outbox/holds/hold_policy.h"
#include "outbox/holds/suspicions.h"

namespace jackgw::outbox {

namespace {

using store::HoldScope;

std::string reason_of(const Outcome& outcome) {
    if (outcome.error_code.empty() && outcome.error_message.empty()) return "the channel does not say why";
    if (outcome.error_code.empty()) return outcome.error_message;
    if (outcome.error_message.empty()) return outcome.error_code;
    return outcome.error_code + ": " + outcome.error_message;
}

void change_hold(store::Transaction& transaction, const store::Hold& hold, std::string_view state,
                 std::int64_t allowed) {
    transaction.db().run(
        "UPDATE holds SET state = ?4, allowed = ?5, probe = NULL, settled_seq = ?6"
        " WHERE channel = ?1 AND scope = ?2 AND name = ?3",
        hold.channel, to_string(hold.scope), hold.name, state, allowed, transaction.next_seq());
    transaction.outbox_changed();
}

store::Hold begin_hold(store::Transaction& transaction, HoldScope scope, const HeldAttempt& attempt,
                       const Outcome& outcome, const store::HoldPauses& pauses) {
    const Moment& now = transaction.now();
    const StoreTime probe_at = now.store + pause_before_probe(pauses, 0, outcome.retry_after_ms);
    store::Hold hold{.channel = attempt.lane.channel,
                     .scope = scope,
                     .name = std::string(name_in(scope, attempt)),
                     .recovering = false,
                     .cause = outcome.kind,
                     .reason = reason_of(outcome),
                     .since = now.wall,
                     .next_probe_at = now.wall_at(probe_at),
                     .probes = 0};
    transaction.db().run(
        "INSERT INTO holds (channel, scope, name, state, cause, reason, recipient, since, begun_seq,"
        " settled_seq, probe_at, pauses, probe, allowed)"
        " VALUES (?1, ?2, ?3, 'closed', ?4, ?5, ?6, ?7, ?8, 0, ?9, 0, NULL, 0)"
        " ON CONFLICT (channel, scope, name) DO UPDATE SET state = 'closed', cause = excluded.cause,"
        " reason = excluded.reason, recipient = excluded.recipient, since = excluded.since,"
        " begun_seq = excluded.begun_seq, probe_at = excluded.probe_at, pauses = 0, probe = NULL, allowed = "
        "0",
        hold.channel, to_string(scope), hold.name, to_string(hold.cause), hold.reason, attempt.recipient,
        hold.since, transaction.next_seq(), probe_at);
    transaction.outbox_changed();
    return hold;
}

/// The probe has ended without lifting the hold. What it met replaces the reason, if it was the same scope's.
void pause_again(store::Transaction& transaction, const HoldRow& row, const HeldAttempt& attempt,
                 const Outcome& outcome, bool same_scope, const store::HoldPauses& pauses) {
    const StoreTime probe_at =
        transaction.now().store + pause_before_probe(pauses, row.hold.probes + 1, outcome.retry_after_ms);
    transaction.db().run(
        "UPDATE holds SET probe = NULL, probe_at = ?4, pauses = pauses + 1, reason = ?5, recipient = ?6"
        " WHERE channel = ?1 AND scope = ?2 AND name = ?3",
        row.hold.channel, to_string(row.hold.scope), row.hold.name, probe_at,
        same_scope ? reason_of(outcome) : row.hold.reason, same_scope ? attempt.recipient : row.recipient);
    transaction.outbox_changed();
}

/// Whether the outcome shows that what this scope's holds stand for works: an acceptance does; so does an
/// answer about something narrower, since it got that far.
bool proves(const Outcome& outcome, HoldScope scope) {
    if (outcome.kind == OutcomeKind::accepted) return true;
    if (outcome.kind == OutcomeKind::unknown || scope == HoldScope::sender) return false;
    const std::optional<HoldScope> concerned = scope_of(outcome.concern);
    return !concerned || *concerned < scope;
}

/// The next step of a hold that was shown to be over; nothing to tell but where it begins to recover.
void recover_hold(store::Transaction& transaction, const HoldRow& row,
                  std::vector<store::HoldChange>& changes) {
    if (row.closed()) {
        change_hold(transaction, row.hold, "recovering", first_allowed);
        changes.push_back({row.hold, true});
    } else if (row.allowed * 2 >= fully_recovered) {
        change_hold(transaction, row.hold, "open", 0);
    } else {
        transaction.db().run("UPDATE holds SET allowed = ?4 WHERE channel = ?1 AND scope = ?2 AND name = ?3",
                             row.hold.channel, to_string(row.hold.scope), row.hold.name, row.allowed * 2);
        transaction.outbox_changed();
    }
}

}  // namespace

std::vector<store::HoldChange> apply_to_holds(store::Transaction& transaction, const HeldAttempt& attempt,
                                              const Outcome& outcome, const store::HoldPauses& pauses) {
    std::vector<store::HoldChange> changes;
    const bool outside = outcome.kind != OutcomeKind::accepted && is_outside(outcome.concern);
    const HoldScope scope = scope_of(outcome.concern).value_or(HoldScope::sender);
    bool news = outside;
    for (const HoldRow& row : lock_holds(transaction, attempt)) {
        const bool same_scope = outside && scope == row.hold.scope;
        // A reload marks the channel's row, and holds for all of it.
        if (same_scope || row.hold.scope == HoldScope::channel) news = news && attempt.seq > row.settled_seq;
        if (row.open) continue;
        const bool after_it = attempt.seq > row.begun_seq;
        const bool is_probe = row.probe == attempt.seq;
        if (after_it && proves(outcome, row.hold.scope)) {
            recover_hold(transaction, row, changes);
        } else if (is_probe) {
            pause_again(transaction, row, attempt, outcome, same_scope, pauses);
        }
        // Held already: what has begun before it, and the probe itself, begin no other hold of it.
        if (same_scope && row.closed()) news = false;
    }
    if (news) changes.push_back({begin_hold(transaction, scope, attempt, outcome, pauses), false});
    if (outcome.kind == OutcomeKind::accepted) forget_suspicions(transaction, attempt);
    return changes;
}

std::vector<store::Hold> lift_channel(store::Transaction& transaction, std::string_view channel) {
    std::vector<store::Hold> lifted;
    for (HoldRow& row : load_holds(transaction.db(), transaction.now(), channel))
        lifted.push_back(std::move(row.hold));
    const std::int64_t seq = transaction.next_seq();
    transaction.db().run("UPDATE holds SET state = 'open', probe = NULL, settled_seq = ?2 WHERE channel = ?1",
                         channel, seq);
    // The channel's own row, open, for those that were never held.
    transaction.db().run(
        "INSERT INTO holds (channel, scope, name, state, cause, reason, recipient, since, begun_seq,"
        " settled_seq, probe_at, pauses, probe, allowed)"
        " VALUES (?1, 'channel', '', 'open', 'misconfigured', '', '', ?2, ?3, ?3, ?4, 0, NULL, 0)"
        " ON CONFLICT (channel, scope, name) DO NOTHING",
        channel, transaction.now().wall, seq, transaction.now().store);
    transaction.db().run("DELETE FROM suspicions WHERE channel = ?1", channel);
    transaction.outbox_changed();
    return lifted;
}

std::vector<store::Hold> lift_lane(store::Transaction& transaction, const store::Lane& lane) {
    std::string account;
    {
        store::Statement row = transaction.db().query(
            "SELECT account FROM lanes WHERE channel = ?1 AND sender = ?2", lane.channel, lane.sender);
        if (!row.step()) return {};
        account = row.text(0);
    }
    std::vector<store::Hold> lifted;
    for (HoldRow& row : load_holds(transaction.db(), transaction.now(), lane.channel)) {
        if (!concerns(row, lane, account)) continue;
        change_hold(transaction, row.hold, "open", 0);
        lifted.push_back(std::move(row.hold));
    }
    return lifted;
}

}  // namespace jackgw::outbox
