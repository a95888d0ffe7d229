#include "outbox/queue/queue.h"

#include <tuple>
#include <vector>

#include "outbox/queue/queue_rank.h"
#include "store/seam/words.h"

namespace jackgw::outbox {

namespace {

void set_state(store::Session& session, std::int64_t seq, std::string_view state) {
    session.run("UPDATE outbox SET state = ?2 WHERE seq = ?1", seq, state);
}

/// Gives a queue without a head its next one.
void promote_next(store::Session& session, const OutboxRow& member, Timestamp now) {
    session.run(sql::promote_next, member.channel, member.sender, member.recipient, now);
}

/// The state in which a member with this rank enters its queue. A head that only waits makes way for one that
/// comes before it.
std::string_view entry_state(store::Session& session, const OutboxRow& member) {
    store::Statement head =
        session.query(sql::head_of_queue, member.channel, member.sender, member.recipient);
    if (!head.step()) return "ready";
    const std::int64_t head_seq = head.integer(0);
    const std::string state = head.text(1);
    const bool movable = state == "ready" || state == "waiting";
    if (!movable || std::tuple(head.integer(2), head_seq) < std::tuple(member.rank, member.seq))
        return "blocked";
    set_state(session, head_seq, "blocked");
    return "ready";
}

void promote_row(store::Transaction& transaction, OutboxRow row, Timestamp now) {
    store::Session& db = transaction.db();
    if (row.state == "waiting") {
        set_state(db, row.seq, "ready");
    } else if (row.state == "unknown") {
        set_state(db, row.seq, "unsettled");
        promote_next(db, row, now);
    } else {
        // It joins as of the time for which it was asked, however late that is noticed.
        row.rank = queue_rank(row.due_at, row.priority);
        const std::string_view state = entry_state(db, row);
        db.run("UPDATE outbox SET state = ?2, rank = ?3 WHERE seq = ?1", row.seq, state, row.rank);
    }
}

}  // namespace

OutboxRow read_outbox_row(const store::Statement& row) {
    return {.seq = row.integer(0),
            .channel = row.text(1),
            .sender = row.text(2),
            .recipient = row.text(3),
            .priority = store::known(parse_priority, row.text(4)),
            .state = row.text(5),
            .rank = row.integer(6),
            .due_at = row.time(7),
            .expires_at = row.time(8),
            .tries = row.small(9)};
}

std::optional<OutboxRow> find_outbox_row(store::Session& session, std::int64_t message_seq) {
    static const std::string text = "SELECT " + std::string(outbox_columns) + " FROM outbox WHERE seq = ?1";
    store::Statement row = session.query(text, message_seq);
    if (!row.step()) return std::nullopt;
    return read_outbox_row(row);
}

void put_into_outbox(store::Transaction& transaction, const Message& message, Timestamp now) {
    OutboxRow row{.seq = message.seq,
                  .channel = message.channel,
                  .sender = message.from,
                  .recipient = message.to,
                  .priority = message.priority,
                  .state = "scheduled",
                  .rank = 0,
                  .due_at = message.send_at.value_or(now),
                  .expires_at = message.expires_at.value_or(Timestamp::max()),
                  .tries = 0};
    if (row.due_at <= now) {
        row.due_at = now;
        row.rank = queue_rank(transaction.queue_time(now), row.priority);
        row.state = entry_state(transaction.db(), row);
    }
    transaction.db().run(
        "INSERT INTO outbox (seq, channel, sender, recipient, priority, state, rank, due_at, expires_at, "
        "tries)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        row.seq, row.channel, row.sender, row.recipient, to_string(row.priority), row.state, row.rank,
        row.due_at, row.expires_at, row.tries);
    transaction.outbox_changed();
}

void promote(store::Transaction& transaction, Timestamp now, int limit) {
    std::vector<OutboxRow> due;
    {
        store::Statement row = transaction.db().query(sql::due, now, limit);
        while (row.step()) due.push_back(read_outbox_row(row));
    }
    for (const OutboxRow& found : due) {
        // An earlier one of this round may have taken the head's place, and blocked this one.
        const std::optional<OutboxRow> row = find_outbox_row(transaction.db(), found.seq);
        if (row && row->state == found.state) promote_row(transaction, *row, now);
    }
}

void mark_in_flight(store::Transaction& transaction, const OutboxRow& row) {
    set_state(transaction.db(), row.seq, "in_flight");
}

void return_to_queue(store::Transaction& transaction, const OutboxRow& row, Timestamp due_at,
                     std::int32_t tries, Timestamp now) {
    transaction.db().run("UPDATE outbox SET state = 'blocked', due_at = ?2, tries = ?3 WHERE seq = ?1",
                         row.seq, due_at, tries);
    promote_next(transaction.db(), row, now);
    transaction.outbox_changed();
}

void hold_for_settling(store::Transaction& transaction, const OutboxRow& row, std::optional<Timestamp> until,
                       Timestamp now) {
    if (until && *until > now) {
        transaction.db().run("UPDATE outbox SET state = 'unknown', due_at = ?2 WHERE seq = ?1", row.seq,
                             *until);
    } else {
        set_state(transaction.db(), row.seq, "unsettled");
        promote_next(transaction.db(), row, now);
    }
    transaction.outbox_changed();
}

void remove_from_outbox(store::Transaction& transaction, const OutboxRow& row, Timestamp now) {
    transaction.db().run("DELETE FROM outbox WHERE seq = ?1", row.seq);
    if (row.leads()) promote_next(transaction.db(), row, now);
    transaction.outbox_changed();
}

}  // namespace jackgw::outbox
