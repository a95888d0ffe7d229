#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "model/message.h"
#include "store/seam/transaction.h"

/// The moves of a message in the outbox. The table `outbox` says what its states are; a queue is (channel,
/// sender, recipient), and its head is the member with the least (rank, seq), but that nothing takes the
/// place of a head in flight or unknown. Each function keeps that true.
namespace jackgw::outbox {

struct OutboxRow {
    std::int64_t seq = 0;
    std::string channel;
    std::string sender;
    std::string recipient;
    Priority priority = Priority::standard;
    std::string state;
    std::int64_t rank = 0;
    Timestamp due_at{};
    Timestamp expires_at{};
    std::int32_t tries = 0;

    bool waits() const { return state != "in_flight" && state != "unknown" && state != "unsettled"; }
    bool leads() const { return state != "scheduled" && state != "blocked" && state != "unsettled"; }
};

inline constexpr std::string_view outbox_columns =
    "seq, channel, sender, recipient, priority, state, rank, due_at, expires_at, tries";
OutboxRow read_outbox_row(const store::Statement& row);

/// The outbox row of a message; nothing: it is finished.
std::optional<OutboxRow> find_outbox_row(store::Session& session, std::int64_t message_seq);

/// Puts a new message into the outbox: scheduled, or into its queue.
void put_into_outbox(store::Transaction& transaction, const Message& message, Timestamp now);

/// Moves what has become due: at most `limit` rows.
void promote(store::Transaction& transaction, Timestamp now, int limit);

void mark_in_flight(store::Transaction& transaction, const OutboxRow& row);

/// A head goes back among those that wait, keeping its rank.
void return_to_queue(store::Transaction& transaction, const OutboxRow& row, Timestamp due_at,
                     std::int32_t tries, Timestamp now);

/// The outcome of a head's attempt is unknown: its queue waits until then; nothing: it goes on at once.
void hold_for_settling(store::Transaction& transaction, const OutboxRow& row, std::optional<Timestamp> until,
                       Timestamp now);

/// The message is finished.
void remove_from_outbox(store::Transaction& transaction, const OutboxRow& row, Timestamp now);

/// The statements whose cost must not depend on how much is queued, for the test that looks at their plans.
namespace sql {
inline constexpr std::string_view head_of_queue =
    "SELECT seq, state, rank FROM outbox WHERE channel = ?1 AND sender = ?2 AND recipient = ?3"
    " AND state IN ('ready', 'waiting', 'in_flight', 'unknown')";
inline constexpr std::string_view promote_next =
    "UPDATE outbox SET state = CASE WHEN due_at <= ?4 THEN 'ready' ELSE 'waiting' END WHERE seq ="
    " (SELECT seq FROM outbox WHERE channel = ?1 AND sender = ?2 AND recipient = ?3 AND state = 'blocked'"
    " ORDER BY rank, seq LIMIT 1)";
inline constexpr std::string_view due =
    "SELECT seq, channel, sender, recipient, priority, state, rank, due_at, expires_at, tries FROM outbox"
    " WHERE state IN ('scheduled', 'waiting', 'unknown') AND due_at <= ?1 ORDER BY due_at, seq LIMIT ?2";
inline constexpr std::string_view next_due =
    "SELECT min(due_at) FROM outbox WHERE state IN ('scheduled', 'waiting', 'unknown')";
inline constexpr std::string_view first_ready =
    "SELECT seq, channel, sender, recipient, priority, state, rank, due_at, expires_at, tries FROM outbox"
    " WHERE channel = ?1 AND sender = ?2 AND state = 'ready' ORDER BY rank, seq LIMIT 1";
inline constexpr std::string_view lanes_with_work =
    "SELECT l.channel, l.sender, l.ready, (SELECT m.segments FROM outbox o JOIN messages m ON m.seq = o.seq"
    " WHERE o.channel = l.channel AND o.sender = l.sender AND o.state = 'ready' ORDER BY o.rank, o.seq LIMIT "
    "1)"
    " FROM lanes l WHERE l.ready > 0 AND l.held_reason = '' ORDER BY l.channel, l.sender";
inline constexpr std::string_view oldest_overdue =
    "SELECT min(due_at) FROM outbox WHERE state IN ('ready', 'blocked')";
}  // namespace sql

}  // namespace jackgw::outbox
