#include "outbox/queue/administration.h"

#include <algorithm>
#include <utility>

#include "conversations/records/messages.h"
#include "conversations/records/properties.h"
#include "outbox/deliveries/delivery.h"
#include "outbox/holds/hold_changes.h"
#include "outbox/holds/hold_events.h"
#include "outbox/holds/holds.h"
#include "outbox/holds/pauses.h"
#include "outbox/queue/queue.h"

namespace jackgw::outbox {

namespace {

/// Rows that one call makes due; what is left is due at once in the next.
constexpr int max_promoted = 512;

/// Messages that one call fails since they have expired; each is written to, and has an event.
constexpr int max_swept = 64;

store::Expired sweep_expired(store::Transaction& transaction) {
    store::Expired expired;
    for (const std::int64_t seq : find_expired(transaction, max_swept)) {
        const std::optional<OutboxRow> row = find_outbox_row(transaction, seq);
        if (!row || !row->waits() || !row->expiry.has_come(transaction.now())) continue;
        Message message = conversations::lock_message(transaction, seq).value();
        conclude(transaction, message, DeliveryState::failed, expired_code, expired_words);
        remove_from_outbox(transaction, *row);
        ++expired[row->channel];
    }
    return expired;
}

std::string_view shown_reason(const HoldRow& row) {
    return row.hold.reason.empty() ? std::string_view("held") : std::string_view(row.hold.reason);
}

}  // namespace

bool cancel_waiting(store::Transaction& transaction, Message& message, std::string_view code,
                    std::string_view reason) {
    const std::optional<OutboxRow> row = find_outbox_row(transaction, message.seq);
    if (!row || !row->waits()) return false;
    conclude(transaction, message, DeliveryState::canceled, code, reason);
    remove_from_outbox(transaction, *row);
    return true;
}

bool cancel(store::Transaction& transaction, std::string_view message_id) {
    std::optional<Message> message = conversations::lock_message(transaction, message_id);
    if (!message) return false;
    if (!message->group) return cancel_waiting(transaction, *message, {}, {});
    bool canceled = false;
    for (Message& part : conversations::load_group(transaction.db(), message->group->id))
        canceled = cancel_waiting(transaction, part, {}, {}) || canceled;
    return canceled;
}

std::vector<store::Hold> release_lanes(store::Transaction& transaction, std::string_view channel) {
    std::vector<store::Hold> lifted = lift_channel(transaction, channel);
    for (const store::Hold& hold : lifted) log_hold(transaction, {hold, true});
    return lifted;
}

std::vector<store::Hold> release_lane(store::Transaction& transaction, const store::Lane& lane) {
    std::vector<store::Hold> lifted = lift_lane(transaction, lane);
    for (const store::Hold& hold : lifted) log_hold(transaction, {hold, true});
    return lifted;
}

store::DueSummary due_summary(store::Session& session, const Moment& now) {
    store::DueSummary summary;
    const auto note = [&summary](std::optional<std::chrono::microseconds> due_in) {
        if (due_in) summary.next_due_in = std::min(summary.next_due_in.value_or(*due_in), *due_in);
    };
    if (store::Statement next = session.query(sql::next_due); next.step() && !next.is_null(0))
        note(next.store_time(0) - now.store);
    if (store::Statement next = session.query(sql::next_due_as_named); next.step() && !next.is_null(0))
        note(next.time(0) - now.wall);
    note(next_expiry_in(session, now));
    const std::vector<store::Pause> pauses = load_pauses(session);
    const std::vector<HoldRow> holds = load_holds(session, now);
    for (const HoldRow& row : holds)
        if (row.closed() && !row.probe && row.probe_at > now.store) note(row.probe_at - now.store);
    store::Statement lane = session.query(sql::lanes_with_work);
    while (lane.step()) {
        store::LaneStatus status{{lane.text(0), lane.text(1)}, lane.integer(3), lane.small(4), false};
        if (is_paused(pauses, status.lane)) continue;
        bool open = true;
        for (const HoldRow& row : holds) {
            if (!row.closed() || !concerns(row, status.lane, lane.text(2))) continue;
            status.probe = true;
            open = open && row.probe_due(now);
        }
        if (open) summary.lanes.push_back(std::move(status));
    }
    return summary;
}

store::DueSummary promote_due(store::Transaction& transaction) {
    store::Expired expired = sweep_expired(transaction);
    promote(transaction, max_promoted);
    store::DueSummary summary = due_summary(transaction.db(), transaction.now());
    summary.expired = std::move(expired);
    return summary;
}

store::OutboxReport outbox_report(store::Session& session, const Moment& now, const store::Scope& within) {
    store::OutboxReport report;
    const std::vector<store::Pause> pauses = load_pauses(session);
    report.paused =
        std::ranges::any_of(pauses, [](const store::Pause& pause) { return pause.channel.empty(); });
    for (const store::Pause& pause : pauses)
        if (pause.channel.empty() || conversations::includes_channel(session, within, pause.channel))
            report.pauses.push_back(pause);
    store::Statement oldest =
        session.query(std::string(sql::oldest_overdue) + conversations::and_channel_in(within, 1));
    conversations::bind_scope(oldest, within, 1);
    if (oldest.step() && !oldest.is_null(0)) report.oldest_due_at = now.wall_at(oldest.store_time(0));
    const std::vector<HoldRow> holds = load_holds(session, now);
    for (const HoldRow& row : holds)
        if (conversations::includes_channel(session, within, row.hold.channel))
            report.holds.push_back(row.hold);
    store::Statement lane = session.query(
        "SELECT channel, sender, depth, ready, in_flight, scheduled, retrying, unknown, account FROM lanes"
        " WHERE TRUE" +
        conversations::and_channel_in(within, 1) + " ORDER BY channel, sender");
    conversations::bind_scope(lane, within, 1);
    while (lane.step()) {
        store::LaneReport entry{.lane = {lane.text(0), lane.text(1)},
                                .depth = lane.integer(2),
                                .ready = lane.integer(3),
                                .in_flight = lane.integer(4),
                                .scheduled = lane.integer(5),
                                .retrying = lane.integer(6),
                                .unknown = lane.integer(7),
                                .paused = is_paused(pauses, {lane.text(0), lane.text(1)}),
                                .account = lane.text(8)};
        for (const HoldRow& row : holds)
            if (row.closed() && concerns(row, entry.lane, entry.account))
                entry.held_reason = shown_reason(row);
        report.depth += entry.depth;
        report.unknown += entry.unknown;
        if (entry.depth > 0 || entry.unknown > 0 || entry.paused || !entry.held_reason.empty())
            report.lanes.push_back(std::move(entry));
    }
    return report;
}

}  // namespace jackgw::outbox
