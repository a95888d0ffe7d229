#include "outbox/holds/holds.h"

#include <algorithm>

#include "base/assert.h"
#include "store/seam/words.h"

namespace jackgw::outbox {

namespace {

using store::HoldScope;

constexpr std::string_view columns =
    "channel, scope, name, state, cause, reason, recipient, since, begun_seq, probe_at, pauses, probe, "
    "allowed,"
    " settled_seq FROM holds";

HoldRow read_hold(const store::Statement& row, const Moment& now) {
    HoldRow read;
    read.hold.channel = row.text(0);
    read.hold.scope = store::known(store::parse_hold_scope, row.text(1));
    read.hold.name = row.text(2);
    read.hold.recovering = row.text(3) == "recovering";
    read.hold.cause = store::known(parse_outcome_kind, row.text(4));
    read.hold.reason = row.text(5);
    read.recipient = row.text(6);
    read.hold.since = row.time(7);
    read.begun_seq = row.integer(8);
    read.probe_at = row.store_time(9);
    read.hold.probes = row.small(10);
    if (!row.is_null(11)) read.probe = row.integer(11);
    read.allowed = row.integer(12);
    read.settled_seq = row.integer(13);
    read.open = row.text(3) == "open";
    if (read.closed() && !read.probe) read.hold.next_probe_at = now.wall_at(read.probe_at);
    return read;
}

}  // namespace

std::string_view name_in(HoldScope scope, const HeldAttempt& attempt) {
    switch (scope) {
        case HoldScope::sender:
            return attempt.lane.sender;
        case HoldScope::account:
            return attempt.account;
        case HoldScope::channel:
            break;
    }
    return {};
}

std::optional<HoldScope> scope_of(Concern concern) {
    switch (concern) {
        case Concern::sender:
            return HoldScope::sender;
        case Concern::account:
            return HoldScope::account;
        case Concern::channel:
            return HoldScope::channel;
        case Concern::message:
        case Concern::recipient:
        case Concern::pair:
        case Concern::unclear:
            break;
    }
    return std::nullopt;
}

bool concerns(const HoldRow& row, const store::Lane& lane, std::string_view account) {
    if (row.hold.channel != lane.channel) return false;
    switch (row.hold.scope) {
        case HoldScope::sender:
            return row.hold.name == lane.sender;
        case HoldScope::account:
            return row.hold.name == account;
        case HoldScope::channel:
            break;
    }
    return true;
}

std::vector<HoldRow> load_holds(store::Session& session, const Moment& now, std::string_view channel) {
    static const std::string text =
        "SELECT " + std::string(columns) + " WHERE channel = ?1 AND state <> 'open' FOR UPDATE";
    std::vector<HoldRow> rows;
    store::Statement row = session.query(text, channel);
    while (row.step()) rows.push_back(read_hold(row, now));
    return rows;
}

std::vector<HoldRow> load_holds(store::Session& session, const Moment& now) {
    static const std::string text =
        "SELECT " + std::string(columns) + " WHERE state <> 'open' ORDER BY channel, scope, name";
    std::vector<HoldRow> rows;
    store::Statement row = session.query(text);
    while (row.step()) rows.push_back(read_hold(row, now));
    return rows;
}

std::vector<HoldRow> lock_holds(store::Transaction& transaction, const HeldAttempt& attempt) {
    static const std::string text = "SELECT " + std::string(columns) + " WHERE channel = ?1 FOR UPDATE";
    std::vector<HoldRow> rows;
    store::Statement row = transaction.db().query(text, attempt.lane.channel);
    while (row.step()) {
        HoldRow read = read_hold(row, transaction.now());
        if (concerns(read, attempt.lane, attempt.account)) rows.push_back(std::move(read));
    }
    return rows;
}

std::int64_t free_places(store::Session& session, const HoldRow& row) {
    store::Statement sum = session.query(
        "SELECT coalesce(sum(in_flight), 0) FROM lanes WHERE channel = ?1 AND (?2 = '' OR sender = ?2)"
        " AND (?3 = '' OR account = ?3)",
        row.hold.channel, row.hold.scope == HoldScope::sender ? std::string_view(row.hold.name) : "",
        row.hold.scope == HoldScope::account ? std::string_view(row.hold.name) : "");
    const std::int64_t in_flight = sum.step() ? sum.integer(0) : 0;
    return std::max<std::int64_t>(row.allowed - in_flight, 0);
}

bool others_ready(store::Session& session, const HoldRow& row) {
    if (row.hold.scope == HoldScope::sender) return false;  // whoever asks has looked at that sender's lane
    store::Statement any =
        session.query(sql::another_ready, row.hold.channel, row.recipient,
                      row.hold.scope == HoldScope::account ? std::string_view(row.hold.name) : "");
    return any.step();
}

void note_probe(store::Transaction& transaction, const HoldRow& row, std::int64_t attempt_seq) {
    JACKGW_ASSERT(row.closed() && !row.probe, "a hold has one probe at a time");
    transaction.db().run("UPDATE holds SET probe = ?4 WHERE channel = ?1 AND scope = ?2 AND name = ?3",
                         row.hold.channel, to_string(row.hold.scope), row.hold.name, attempt_seq);
}

}  // namespace jackgw::outbox
