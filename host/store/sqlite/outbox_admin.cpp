#include "store/sqlite/messages.h"
#include "store/sqlite/operations.h"
#include "store/sqlite/queue.h"

namespace jackgw::store::sqlite {

namespace {

bool cancel_one(Transaction& transaction, Message& message, Timestamp now) {
    const std::optional<OutboxRow> row = find_outbox_row(transaction.db(), message.seq);
    if (!row || !row->waits()) return false;
    conclude(transaction, message, DeliveryState::canceled, {}, {}, now);
    remove_from_outbox(transaction, *row, now);
    return true;
}

}  // namespace

bool cancel(Transaction& transaction, std::string_view message_id, Timestamp now) {
    std::optional<Message> message = load_message(transaction.db(), message_id);
    if (!message) return false;
    if (!message->group) return cancel_one(transaction, *message, now);
    bool canceled = false;
    for (Message& part : load_group(transaction.db(), message->group->id))
        canceled = cancel_one(transaction, part, now) || canceled;
    return canceled;
}

std::int64_t release_lanes(Transaction& transaction, std::string_view channel) {
    const std::int64_t released = transaction.db().run(
        "UPDATE lanes SET held_reason = '' WHERE channel = ?1 AND held_reason <> ''", channel);
    if (released > 0) transaction.outbox_changed();
    return released;
}

void hold_lane(Transaction& transaction, const Lane& lane, std::string_view reason) {
    transaction.db().run("UPDATE lanes SET held_reason = ?3 WHERE channel = ?1 AND sender = ?2", lane.channel,
                         lane.sender, reason.empty() ? std::string_view("held") : reason);
}

void set_paused(Transaction& transaction, bool paused) {
    transaction.db().run(
        "INSERT INTO settings (name, value) VALUES ('paused', ?1) ON CONFLICT DO UPDATE SET value = "
        "excluded.value",
        paused ? "yes" : "no");
    transaction.outbox_changed();
}

bool is_paused(Database& database) {
    Statement row = database.query("SELECT value = 'yes' FROM settings WHERE name = 'paused'");
    return row.step() && row.flag(0);
}

DueSummary due_summary(Database& database) {
    DueSummary summary;
    Statement next = database.query(sql::next_due);
    if (next.step()) summary.next_due_at = next.optional_time(0);
    if (is_paused(database)) return summary;
    Statement lane = database.query(sql::lanes_with_work);
    while (lane.step())
        summary.lanes.push_back({{lane.text(0), lane.text(1)}, lane.integer(2), lane.small(3)});
    return summary;
}

OutboxReport outbox_report(Database& database) {
    OutboxReport report;
    report.paused = is_paused(database);
    Statement oldest = database.query(sql::oldest_overdue);
    if (oldest.step()) report.oldest_due_at = oldest.optional_time(0);
    Statement lane = database.query(
        "SELECT channel, sender, depth, ready, in_flight, held_reason, unknown FROM lanes"
        " ORDER BY channel, sender");
    while (lane.step()) {
        LaneReport entry{
            {lane.text(0), lane.text(1)}, lane.integer(2), lane.integer(3), lane.integer(4), lane.text(5)};
        report.depth += entry.depth;
        report.unknown += lane.integer(6);
        if (entry.depth > 0 || !entry.held_reason.empty()) report.lanes.push_back(std::move(entry));
    }
    return report;
}

}  // namespace jackgw::store::sqlite
