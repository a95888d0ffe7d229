#include "outbox/queue/administration.h"

#include <algorithm>

#include "conversations/records/messages.h"
#include "conversations/records/properties.h"
#include "outbox/queue/delivery.h"
#include "outbox/queue/queue.h"

namespace jackgw::outbox {

namespace {

/// Rows that one call makes due; what is left is due at once in the next.
constexpr int max_promoted = 512;

bool cancel_one(store::Transaction& transaction, Message& message) {
    const std::optional<OutboxRow> row = find_outbox_row(transaction, message.seq);
    if (!row || !row->waits()) return false;
    conclude(transaction, message, DeliveryState::canceled, {}, {});
    remove_from_outbox(transaction, *row);
    return true;
}

}  // namespace

bool cancel(store::Transaction& transaction, std::string_view message_id) {
    std::optional<Message> message = conversations::lock_message(transaction, message_id);
    if (!message) return false;
    if (!message->group) return cancel_one(transaction, *message);
    bool canceled = false;
    for (Message& part : conversations::load_group(transaction.db(), message->group->id))
        canceled = cancel_one(transaction, part) || canceled;
    return canceled;
}

std::int64_t release_lanes(store::Transaction& transaction, std::string_view channel) {
    const std::int64_t released = transaction.db().run(
        "UPDATE lanes SET held_reason = '' WHERE channel = ?1 AND held_reason <> ''", channel);
    if (released > 0) transaction.outbox_changed();
    return released;
}

void hold_lane(store::Transaction& transaction, const store::Lane& lane, std::string_view reason) {
    transaction.db().run("UPDATE lanes SET held_reason = ?3 WHERE channel = ?1 AND sender = ?2", lane.channel,
                         lane.sender, reason.empty() ? std::string_view("held") : reason);
}

void set_paused(store::Transaction& transaction, bool paused) {
    transaction.db().run(
        "INSERT INTO settings (name, value) VALUES ('paused', ?1) ON CONFLICT (name) DO UPDATE SET value = "
        "excluded.value",
        paused ? "yes" : "no");
    transaction.outbox_changed();
}

bool is_paused(store::Session& session) {
    store::Statement row = session.query("SELECT value = 'yes' FROM settings WHERE name = 'paused'");
    return row.step() && row.flag(0);
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
    if (is_paused(session)) return summary;
    store::Statement lane = session.query(sql::lanes_with_work);
    while (lane.step())
        summary.lanes.push_back({{lane.text(0), lane.text(1)}, lane.integer(2), lane.small(3)});
    return summary;
}

store::DueSummary promote_due(store::Transaction& transaction) {
    promote(transaction, max_promoted);
    return due_summary(transaction.db(), transaction.now());
}

store::OutboxReport outbox_report(store::Session& session, const Moment& now, const store::Scope& within) {
    store::OutboxReport report;
    report.paused = is_paused(session);
    store::Statement oldest =
        session.query(std::string(sql::oldest_overdue) + conversations::and_channel_in(within, 1));
    conversations::bind_scope(oldest, within, 1);
    if (oldest.step() && !oldest.is_null(0)) report.oldest_due_at = now.wall_at(oldest.store_time(0));
    store::Statement lane = session.query(
        "SELECT channel, sender, depth, ready, in_flight, held_reason, unknown FROM lanes WHERE TRUE" +
        conversations::and_channel_in(within, 1) + " ORDER BY channel, sender");
    conversations::bind_scope(lane, within, 1);
    while (lane.step()) {
        store::LaneReport entry{
            {lane.text(0), lane.text(1)}, lane.integer(2), lane.integer(3), lane.integer(4), lane.text(5)};
        report.depth += entry.depth;
        report.unknown += lane.integer(6);
        if (entry.depth > 0 || !entry.held_reason.empty()) report.lanes.push_back(std::move(entry));
    }
    return report;
}

}  // namespace jackgw::outbox
