#include "outbox/queue/attempts.h"

#include "base/assert.h"
#include "conversations/records/properties.h"
#include "store/seam/words.h"

namespace jackgw::outbox {

namespace {

constexpr std::string_view columns =
    "a.id, m.id, a.number, a.started_at, a.finished_at, a.outcome, a.provider_message_id, a.provider_status,"
    " a.state, a.error_code, a.provider_error_code, a.error_message, a.segments, a.retry_after_ms, "
    "a.opted_out,"
    " a.retryable, a.message_seq, a.seq, a.concern, a.alert FROM attempts a JOIN messages m ON m.seq = "
    "a.message_seq";

Attempt read_attempt(const store::Statement& row) {
    Attempt attempt{row.text(0), row.text(1), row.small(2), row.time(3), row.optional_time(4), std::nullopt};
    if (row.is_null(5)) return attempt;
    Outcome outcome;
    outcome.kind = store::known(parse_outcome_kind, row.text(5));
    outcome.provider_message_id = row.text(6);
    outcome.provider_status = row.text(7);
    if (!row.is_null(8)) outcome.state = store::known(parse_delivery_state, row.text(8));
    outcome.error_code = row.text(9);
    outcome.provider_error_code = row.small(10);
    outcome.error_message = row.text(11);
    outcome.segments = row.small(12);
    if (!row.is_null(13)) outcome.retry_after_ms = row.integer(13);
    outcome.opted_out = row.flag(14);
    outcome.retryable = row.flag(15);
    outcome.concern = store::known(parse_concern, row.text(18));
    outcome.alert = row.flag(19);
    attempt.outcome = std::move(outcome);
    return attempt;
}

}  // namespace

std::optional<AttemptRow> find_attempt(store::Transaction& transaction, std::string_view id) {
    static const std::string sql = "SELECT " + std::string(columns) + " WHERE a.id = ?1 FOR UPDATE";
    store::Statement row = transaction.db().query(sql, id);
    if (!row.step()) return std::nullopt;
    return AttemptRow{read_attempt(row), row.integer(16), row.integer(17)};
}

std::vector<Attempt> load_attempts(store::Session& session, std::string_view message_id,
                                   const store::Scope& within) {
    std::vector<Attempt> attempts;
    store::Statement row =
        session.query("SELECT " + std::string(columns) + " WHERE m.id = ?1" +
                          conversations::and_channel_in(within, 2, "m.channel") + " ORDER BY a.seq",
                      message_id);
    conversations::bind_scope(row, within, 2);
    while (row.step()) attempts.push_back(read_attempt(row));
    return attempts;
}

std::optional<ProviderMessageOwner> provider_message_owner(store::Session& session, std::string_view channel,
                                                           std::string_view provider_message_id) {
    if (provider_message_id.empty()) return std::nullopt;
    store::Statement row = session.query(
        "SELECT coalesce((SELECT max(a.started_at) FROM attempts a WHERE a.message_seq = m.seq), "
        "m.created_at)"
        " FROM messages m WHERE m.direction = 'outbound' AND m.provider_message_id <> ''"
        " AND m.provider_message_id = ?1 AND m.channel = ?2 ORDER BY m.seq LIMIT 1",
        provider_message_id, channel);
    if (!row.step()) return std::nullopt;
    return ProviderMessageOwner{row.time(0)};
}

BegunAttempt begin_attempt(store::Transaction& transaction, const OutboxRow& row,
                           std::chrono::microseconds lease) {
    JACKGW_ASSERT(row.state == "ready" && lease.count() > 0,
                  "an attempt begins of what is ready, and is leased");
    BegunAttempt begun{transaction.next_seq(), transaction.next_id()};
    transaction.db().run(
        "INSERT INTO attempts (seq, id, message_seq, number, started_at, run, lease_until)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        begun.seq, begun.id, row.seq, row.tries + 1, transaction.now().wall, transaction.run(),
        transaction.now().store + lease);
    return begun;
}

void save_outcome(store::Transaction& transaction, std::string_view id, const Outcome& outcome) {
    const std::optional<std::string_view> state =
        outcome.state ? std::optional{to_string(*outcome.state)} : std::nullopt;
    const std::int64_t saved = transaction.db().run(
        "UPDATE attempts SET finished_at = coalesce(finished_at, ?2), outcome = ?3, provider_message_id = ?4,"
        " provider_status = ?5, state = ?6, error_code = ?7, provider_error_code = ?8, error_message = ?9,"
        " segments = ?10, retry_after_ms = ?11, opted_out = ?12, retryable = ?13, concern = ?14,"
        " alert = ?15 WHERE id = ?1",
        id, transaction.now().wall, to_string(outcome.kind), outcome.provider_message_id,
        outcome.provider_status, state, outcome.error_code, outcome.provider_error_code,
        outcome.error_message, outcome.segments, outcome.retry_after_ms, outcome.opted_out, outcome.retryable,
        to_string(outcome.concern), outcome.alert);
    JACKGW_ASSERT(saved == 1, "an attempt that was locked is there");
}

}  // namespace jackgw::outbox
