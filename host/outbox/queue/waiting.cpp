#include "outbox/queue/waiting.h"

#include <string>

#include "conversations/records/properties.h"
#include "outbox/holds/holds.h"
#include "outbox/holds/pauses.h"
#include "outbox/queue/queue.h"

namespace jackgw::outbox {

namespace {

using store::Waiting;
using store::WaitingFor;

/// A message and where it stands.
struct Place {
    OutboxRow row;
    std::string account;
    Timestamp created_at{};
    bool quiet = false;
};

std::optional<Place> find_place(store::Session& session, std::string_view message_id,
                                const store::Scope& within) {
    static const std::string text =
        "SELECT o.seq, o.channel, o.sender, o.recipient, o.priority, o.state, o.rank, o.due_at, o.send_at,"
        " o.expires_at, o.lives_until, o.lifetime, o.tries, l.account, m.created_at, o.quiet FROM messages m"
        " JOIN outbox o ON o.seq = m.seq JOIN lanes l ON l.channel = o.channel AND l.sender = o.sender"
        " WHERE m.id = ?1";
    store::Statement row =
        session.query(text + conversations::and_channel_in(within, 2, "m.channel"), message_id);
    conversations::bind_scope(row, within, 2);
    if (!row.step()) return std::nullopt;
    return Place{read_outbox_row(row), row.text(13), row.time(14), row.flag(15)};
}

Waiting behind_head(store::Session& session, const Place& place, const Moment& now) {
    store::Statement head = session.query(
        "SELECT state, due_at FROM outbox WHERE channel = ?1 AND sender = ?2 AND recipient = ?3"
        " AND state IN ('ready', 'waiting', 'in_flight', 'unknown')",
        place.row.channel, place.row.sender, place.row.recipient);
    const bool settling = head.step() && head.text(0) == "unknown";
    if (settling) return {WaitingFor::settling, place.created_at, now.wall_at(head.store_time(1)), {}};
    return {WaitingFor::earlier_message, place.created_at, std::nullopt, {}};
}

/// What keeps a lane's ready messages.
Waiting in_lane(store::Session& session, const Place& place, const Moment& now) {
    const Timestamp due_at = now.wall_at(place.row.due_at);
    const store::Lane lane{place.row.channel, place.row.sender};
    if (is_paused(session, lane)) return {WaitingFor::paused, due_at, std::nullopt, {}};
    for (const HoldRow& hold : load_holds(session, now, lane.channel))
        if (concerns(hold, lane, place.account))
            return {WaitingFor::held, hold.hold.since, hold.hold.next_probe_at, hold.hold.reason};
    return {WaitingFor::rate, due_at, std::nullopt, {}};
}

}  // namespace

std::optional<Waiting> waiting_of(store::Session& session, std::string_view message_id, const Moment& now,
                                  const store::Scope& within) {
    const std::optional<Place> place = find_place(session, message_id, within);
    if (!place || place->row.state == "in_flight") return std::nullopt;
    const OutboxRow& row = place->row;
    if (row.state == "scheduled")
        return Waiting{place->quiet ? WaitingFor::quiet_hours : WaitingFor::schedule,
                       place->created_at,
                       row.send_at,
                       {}};
    const Timestamp due_at = now.wall_at(row.due_at);
    if (row.state == "delayed") return Waiting{WaitingFor::resend_delay, place->created_at, due_at, {}};
    if (row.state == "waiting") return Waiting{WaitingFor::retry, place->created_at, due_at, {}};
    if (row.state == "unknown") return Waiting{WaitingFor::settling, place->created_at, due_at, {}};
    if (row.state == "unsettled") return Waiting{WaitingFor::provider, place->created_at, std::nullopt, {}};
    return row.state == "blocked" ? behind_head(session, *place, now) : in_lane(session, *place, now);
}

}  // namespace jackgw::outbox
