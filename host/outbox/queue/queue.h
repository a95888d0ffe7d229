#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/message.h"
#include "store/seam/transaction.h"

/// The moves of a message in the outbox. The table `outbox` says what its states are; a queue is (channel,
/// sender, recipient), and its head is the member with the least (rank, seq), but that nothing takes the
/// place of a head in flight or unknown. Each function keeps that true.
namespace jackgw::outbox {

/// When a message that waits is not worth sending any more: as somebody named it, by the wall clock as it
/// then stands; or by the store's clock, where its lifetime counts from the first moment at which it may go.
/// A row has one of the two; `lives_until` isn't known yet as long as it may not go.
struct Expiry {
    std::optional<Timestamp> named;
    std::optional<StoreTime> lives_until;
    std::optional<std::chrono::microseconds> lifetime;

    bool has_come(const Moment& now) const {
        return (named && *named <= now.wall) || (lives_until && *lives_until <= now.store);
    }
    /// The moment on the store's clock, as the wall clock stands now.
    StoreTime on_store_clock(const Moment& now) const;
};

struct OutboxRow {
    std::int64_t seq = 0;
    std::string channel;
    std::string sender;
    std::string recipient;
    Priority priority = Priority::standard;
    std::string state;
    std::int64_t rank = 0;
    StoreTime due_at{};                ///< not for those that are scheduled
    std::optional<Timestamp> send_at;  ///< scheduled: as somebody named it
    Expiry expiry;
    std::int32_t tries = 0;

    bool in_doubt() const { return state == "unknown" || state == "unsettled"; }
    bool waits() const { return state != "in_flight" && !in_doubt(); }
    bool in_queue() const { return state != "scheduled" && state != "delayed" && state != "unsettled"; }
    bool leads() const { return in_queue() && state != "blocked"; }
};

inline constexpr std::string_view outbox_columns =
    "seq, channel, sender, recipient, priority, state, rank, due_at, send_at, expires_at, lives_until, "
    "lifetime,"
    " tries";
OutboxRow read_outbox_row(const store::Statement& row);

/// The outbox row of a message, which stays as it is until the transaction ends; nothing: it is finished.
std::optional<OutboxRow> find_outbox_row(store::Transaction& transaction, std::int64_t message_seq);

/// Where a new message enters the outbox: into its queue, or beside it until `send_at` by the wall clock, or
/// for `delay`. The message's lives_until begins where it may go at once and nobody named an expiry.
struct Entry {
    std::optional<std::chrono::microseconds> delay{};
    std::chrono::microseconds
        lifetime{};  ///< counts where the message has neither named expiry nor lives_until
    bool named_expiry = false;
};
OutboxRow make_outbox_row(const Message& message, const Entry& entry, const Moment& now);
void put_into_outbox(store::Transaction& transaction, OutboxRow row);

/// Moves what has become due: at most `limit` rows.
void promote(store::Transaction& transaction, int limit);

/// Messages that wait and whose time has come, whatever they wait for: at most `limit`.
std::vector<std::int64_t> find_expired(store::Transaction& transaction, int limit);

/// When the first message that waits expires, as the clocks stand now; nothing: none does.
std::optional<std::chrono::microseconds> next_expiry_in(store::Session& session, const Moment& now);

void mark_in_flight(store::Transaction& transaction, const OutboxRow& row);

/// A head that was refused goes back among those that wait, keeping its rank: until when, and with so many
/// tries used up.
void return_to_queue(store::Transaction& transaction, const OutboxRow& row, StoreTime due_at,
                     std::int32_t tries);

/// A head that met a cause outside of itself stays due, and takes its turn behind all heads that wait now:
/// what it met must not meet it again and again while others could go.
void return_to_end(store::Transaction& transaction, const OutboxRow& row);

/// A ready head leaves its queue until then, by the wall clock: for quiet hours. Its lifetime stands still.
void put_off(store::Transaction& transaction, const OutboxRow& row, Timestamp until);

/// A message whose attempt was in doubt, and surely wasn't taken, is due again: with its old rank, behind
/// what has overtaken it and is in flight.
void return_from_doubt(store::Transaction& transaction, const OutboxRow& row);

/// The outcome of a head's attempt is unknown: its queue waits so long; nothing: it goes on at once.
void hold_for_settling(store::Transaction& transaction, const OutboxRow& row,
                       std::optional<std::chrono::microseconds> settle_for);

/// The message is finished.
void remove_from_outbox(store::Transaction& transaction, const OutboxRow& row);

/// The statements whose cost must not depend on how much is queued, for the test that looks at their plans.
namespace sql {
inline constexpr std::string_view head_of_queue =
    "SELECT seq, state, rank FROM outbox WHERE channel = ?1 AND sender = ?2 AND recipient = ?3"
    " AND state IN ('ready', 'waiting', 'in_flight', 'unknown') FOR UPDATE";
inline constexpr std::string_view promote_next =
    "UPDATE outbox SET state = CASE WHEN due_at <= ?4 THEN 'ready' ELSE 'waiting' END WHERE seq ="
    " (SELECT seq FROM outbox WHERE channel = ?1 AND sender = ?2 AND recipient = ?3 AND state = 'blocked'"
    " ORDER BY rank, seq LIMIT 1)";
inline constexpr std::string_view due =
    "SELECT seq, state FROM outbox WHERE state IN ('waiting', 'unknown', 'delayed') AND due_at <= ?1"
    " ORDER BY due_at, seq LIMIT ?2";
inline constexpr std::string_view due_as_named =
    "SELECT seq, state FROM outbox WHERE state = 'scheduled' AND send_at <= ?1 ORDER BY send_at, seq LIMIT "
    "?2";
inline constexpr std::string_view next_due =
    "SELECT min(due_at) FROM outbox WHERE state IN ('waiting', 'unknown', 'delayed')";
inline constexpr std::string_view next_due_as_named =
    "SELECT min(send_at) FROM outbox WHERE state = 'scheduled'";
inline constexpr std::string_view first_ready =
    "SELECT seq, channel, sender, recipient, priority, state, rank, due_at, send_at, expires_at, lives_until,"
    " lifetime, tries FROM outbox"
    " WHERE channel = ?1 AND sender = ?2 AND state = 'ready' ORDER BY turn, seq LIMIT 1 FOR UPDATE";
/// For a probe: the first that isn't to this recipient. A recipient has one head.
inline constexpr std::string_view first_ready_for_others =
    "SELECT seq, channel, sender, recipient, priority, state, rank, due_at, send_at, expires_at, lives_until,"
    " lifetime, tries FROM outbox"
    " WHERE channel = ?1 AND sender = ?2 AND state = 'ready' AND recipient <> ?3 ORDER BY turn, seq LIMIT 1"
    " FOR UPDATE";
inline constexpr std::string_view lanes_with_work =
    "SELECT l.channel, l.sender, l.account, l.ready,"
    " (SELECT m.segments FROM outbox o JOIN messages m ON m.seq = o.seq"
    " WHERE o.channel = l.channel AND o.sender = l.sender AND o.state = 'ready' ORDER BY o.turn, o.seq LIMIT "
    "1)"
    " FROM lanes l WHERE l.ready > 0 ORDER BY l.channel, l.sender";
inline constexpr std::string_view expired =
    "SELECT seq FROM outbox WHERE lives_until <= ?1 AND lives_until IS NOT NULL"
    " AND state IN ('scheduled', 'delayed', 'blocked', 'ready', 'waiting') ORDER BY lives_until LIMIT ?2";
inline constexpr std::string_view expired_as_named =
    "SELECT seq FROM outbox WHERE expires_at <= ?1 AND expires_at IS NOT NULL"
    " AND state IN ('scheduled', 'delayed', 'blocked', 'ready', 'waiting') ORDER BY expires_at LIMIT ?2";
inline constexpr std::string_view next_expired =
    "SELECT min(lives_until) FROM outbox WHERE lives_until IS NOT NULL"
    " AND state IN ('scheduled', 'delayed', 'blocked', 'ready', 'waiting')";
inline constexpr std::string_view next_expired_as_named =
    "SELECT min(expires_at) FROM outbox WHERE expires_at IS NOT NULL"
    " AND state IN ('scheduled', 'delayed', 'blocked', 'ready', 'waiting')";
inline constexpr std::string_view oldest_overdue =
    "SELECT min(due_at) FROM outbox WHERE state IN ('ready', 'blocked')";
}  // namespace sql

}  // namespace jackgw::outbox
