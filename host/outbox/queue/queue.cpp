#include "outbox/queue/queue.h"

#include <algorithm>
#include <tuple>
#include <vector>

#include "base/assert.h"
#include "outbox/queue/queue_rank.h"
#include "store/seam/words.h"

namespace jackgw::outbox {

namespace {

/// From the state that was read to the next: whoever else had moved the row would have lost a race before.
void set_state(store::Session& session, std::int64_t seq, std::string_view from, std::string_view to) {
    const std::int64_t moved =
        session.run("UPDATE outbox SET state = ?3 WHERE seq = ?1 AND state = ?2", seq, from, to);
    JACKGW_ASSERT(moved == 1, "a row of the outbox is as it was read");
}

/// Gives a queue without a head its next one.
void promote_next(store::Transaction& transaction, const OutboxRow& member) {
    transaction.db().run(sql::promote_next, member.channel, member.sender, member.recipient,
                         transaction.now().store);
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
    set_state(session, head_seq, state, "blocked");
    return "ready";
}

/// It joins as of the time for which it was asked, however late that is noticed: its lifetime counts from
/// then. Never as of a time before it was put aside, which a wall clock that was set forward would say.
void join_queue(store::Transaction& transaction, OutboxRow row) {
    const Moment& now = transaction.now();
    if (row.send_at) row.due_at = std::max(now.store - (now.wall - *row.send_at), row.due_at);
    row.rank = queue_rank(row.due_at, row.priority);
    if (row.expiry.lifetime) row.expiry = {{}, row.due_at + *row.expiry.lifetime, {}};
    const std::string_view state = entry_state(transaction.db(), row);
    transaction.db().run(
        "UPDATE outbox SET state = ?2, rank = ?3, turn = ?3, due_at = ?4, send_at = NULL, quiet = 0,"
        " lives_until = ?5, lifetime = NULL WHERE seq = ?1",
        row.seq, state, row.rank, row.due_at, row.expiry.lives_until);
    if (row.expiry.lives_until)
        transaction.db().run("UPDATE messages SET lives_until = ?2 WHERE seq = ?1", row.seq,
                             *row.expiry.lives_until);
}

void promote_row(store::Transaction& transaction, const OutboxRow& row) {
    if (row.state == "waiting") {
        set_state(transaction.db(), row.seq, row.state, "ready");
    } else if (row.state == "unknown") {
        set_state(transaction.db(), row.seq, row.state, "unsettled");
        promote_next(transaction, row);
    } else {
        join_queue(transaction, row);
    }
}

/// A row that was due, and the state in which it was.
struct DueRow {
    std::int64_t seq = 0;
    std::string state;
};

template <typename Time>
void find_due(store::Transaction& transaction, std::string_view sql, Time until, int limit,
              std::vector<DueRow>& due) {
    store::Statement row = transaction.db().query(sql, until, limit);
    while (row.step()) due.push_back({row.integer(0), row.text(1)});
}

}  // namespace

StoreTime Expiry::on_store_clock(const Moment& now) const {
    if (named) return now.store + (*named - now.wall);
    return lives_until.value_or(StoreTime::max());
}

OutboxRow read_outbox_row(const store::Statement& row) {
    return {.seq = row.integer(0),
            .channel = row.text(1),
            .sender = row.text(2),
            .recipient = row.text(3),
            .priority = store::known(parse_priority, row.text(4)),
            .state = row.text(5),
            .rank = row.integer(6),
            .due_at = row.store_time(7),
            .send_at = row.optional_time(8),
            .expiry = {row.optional_time(9), row.optional_store_time(10), row.optional_length(11)},
            .tries = row.small(12)};
}

std::optional<OutboxRow> find_outbox_row(store::Transaction& transaction, std::int64_t message_seq) {
    static const std::string text =
        "SELECT " + std::string(outbox_columns) + " FROM outbox WHERE seq = ?1 FOR UPDATE";
    store::Statement row = transaction.db().query(text, message_seq);
    if (!row.step()) return std::nullopt;
    return read_outbox_row(row);
}

OutboxRow make_outbox_row(const Message& message, const Entry& entry, const Moment& now) {
    OutboxRow row{.seq = message.seq,
                  .channel = message.channel,
                  .sender = message.from,
                  .recipient = message.to,
                  .priority = message.priority,
                  .state = "blocked",
                  .rank = 0,
                  .due_at = now.store,
                  .send_at = {},
                  .expiry = {},
                  .tries = 0};
    if (entry.delay) {
        row.state = "delayed";
        row.due_at = now.store + *entry.delay;
    } else if (message.send_at && *message.send_at > now.wall) {
        row.state = "scheduled";
        row.send_at = message.send_at;
    }
    if (message.lives_until) {
        row.expiry.lives_until = message.lives_until;
    } else if (entry.named_expiry) {
        row.expiry.named = message.expires_at;
    } else {
        row.expiry.lifetime = entry.lifetime;
    }
    return row;
}

void put_into_outbox(store::Transaction& transaction, OutboxRow row) {
    if (row.in_queue()) {
        row.rank = queue_rank(row.due_at, row.priority);
        row.state = entry_state(transaction.db(), row);
    }
    JACKGW_ASSERT(!row.in_queue() || !row.expiry.lifetime, "what may go has an expiry that counts");
    transaction.db().run(
        "INSERT INTO outbox (seq, channel, sender, recipient, priority, state, rank, turn, due_at, send_at,"
        " expires_at, lives_until, lifetime, tries)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        row.seq, row.channel, row.sender, row.recipient, to_string(row.priority), row.state, row.rank,
        row.due_at, row.send_at, row.expiry.named, row.expiry.lives_until, row.expiry.lifetime, row.tries);
    transaction.outbox_changed();
}

void promote(store::Transaction& transaction, int limit) {
    std::vector<DueRow> due;
    find_due(transaction, sql::due_as_named, transaction.now().wall, limit, due);
    find_due(transaction, sql::due, transaction.now().store, limit - static_cast<int>(due.size()), due);
    for (const DueRow& found : due) {
        // An earlier one of this round may have taken the head's place, and blocked this one.
        const std::optional<OutboxRow> row = find_outbox_row(transaction, found.seq);
        if (row && row->state == found.state) promote_row(transaction, *row);
    }
    if (!due.empty()) transaction.outbox_changed();
}

std::vector<std::int64_t> find_expired(store::Transaction& transaction, int limit) {
    std::vector<std::int64_t> expired;
    const auto find = [&](std::string_view sql, auto until) {
        store::Statement row = transaction.db().query(sql, until, limit - static_cast<int>(expired.size()));
        while (row.step()) expired.push_back(row.integer(0));
    };
    find(sql::expired_as_named, transaction.now().wall);
    find(sql::expired, transaction.now().store);
    return expired;
}

std::optional<std::chrono::microseconds> next_expiry_in(store::Session& session, const Moment& now) {
    std::optional<std::chrono::microseconds> in;
    if (store::Statement next = session.query(sql::next_expired); next.step() && !next.is_null(0))
        in = next.store_time(0) - now.store;
    if (store::Statement next = session.query(sql::next_expired_as_named); next.step() && !next.is_null(0))
        in = std::min(in.value_or(std::chrono::microseconds::max()), next.time(0) - now.wall);
    return in;
}

void mark_in_flight(store::Transaction& transaction, const OutboxRow& row) {
    JACKGW_ASSERT(row.state == "ready", "only what is ready is claimed");
    set_state(transaction.db(), row.seq, row.state, "in_flight");
}

void return_to_queue(store::Transaction& transaction, const OutboxRow& row, StoreTime due_at,
                     std::int32_t tries) {
    JACKGW_ASSERT(row.state == "in_flight", "only what was tried goes back");
    transaction.db().run("UPDATE outbox SET state = 'blocked', due_at = ?2, tries = ?3 WHERE seq = ?1",
                         row.seq, due_at, tries);
    promote_next(transaction, row);
    transaction.outbox_changed();
}

void return_to_end(store::Transaction& transaction, const OutboxRow& row) {
    JACKGW_ASSERT(row.state == "in_flight", "only what was tried goes back");
    const StoreTime now = transaction.now().store;
    transaction.db().run("UPDATE outbox SET state = 'blocked', due_at = ?2, turn = ?3 WHERE seq = ?1",
                         row.seq, now,
                         queue_rank(now, row.priority) + 1);  // behind what has joined just now, too
    promote_next(transaction, row);
    transaction.outbox_changed();
}

void put_off(store::Transaction& transaction, const OutboxRow& row, Timestamp until) {
    JACKGW_ASSERT(row.state == "ready", "only what would go now is put off");
    std::optional<std::chrono::microseconds> lifetime;
    if (row.expiry.lives_until) lifetime = *row.expiry.lives_until - transaction.now().store;
    transaction.db().run(
        "UPDATE outbox SET state = 'scheduled', send_at = ?2, quiet = 1, lives_until = NULL, lifetime = ?3,"
        " due_at = ?4"
        " WHERE seq = ?1",
        row.seq, until, lifetime, transaction.now().store);
    promote_next(transaction, row);
    transaction.outbox_changed();
}

void return_from_doubt(store::Transaction& transaction, const OutboxRow& row) {
    JACKGW_ASSERT(row.in_doubt(), "only what is in doubt comes back");
    if (row.state == "unknown") {
        transaction.db().run("UPDATE outbox SET state = 'blocked', due_at = ?2 WHERE seq = ?1", row.seq,
                             transaction.now().store);
        promote_next(transaction, row);
    } else {
        const std::string_view state = entry_state(transaction.db(), row);
        transaction.db().run("UPDATE outbox SET state = ?2, due_at = ?3 WHERE seq = ?1", row.seq, state,
                             transaction.now().store);
    }
    transaction.outbox_changed();
}

void hold_for_settling(store::Transaction& transaction, const OutboxRow& row,
                       std::optional<std::chrono::microseconds> settle_for) {
    JACKGW_ASSERT(row.state == "in_flight", "only an attempt's outcome is unknown");
    if (settle_for && settle_for->count() > 0) {
        transaction.db().run("UPDATE outbox SET state = 'unknown', due_at = ?2 WHERE seq = ?1", row.seq,
                             transaction.now().store + *settle_for);
    } else {
        set_state(transaction.db(), row.seq, row.state, "unsettled");
        promote_next(transaction, row);
    }
    transaction.outbox_changed();
}

void remove_from_outbox(store::Transaction& transaction, const OutboxRow& row) {
    const std::int64_t removed = transaction.db().run("DELETE FROM outbox WHERE seq = ?1", row.seq);
    JACKGW_ASSERT(removed == 1, "a row that was locked is there until its transaction removes it");
    if (row.leads()) promote_next(transaction, row);
    transaction.outbox_changed();
}

}  // namespace jackgw::outbox
