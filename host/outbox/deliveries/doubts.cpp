#include "outbox/deliveries/doubts.h"

#include <optional>
#include <utility>
#include <vector>

#include "base/assert.h"
#include "conversations/records/messages.h"
#include "outbox/deliveries/delivery.h"
#include "outbox/deliveries/early_reports.h"
#include "outbox/queue/attempts.h"
#include "outbox/queue/finish.h"
#include "outbox/queue/queue.h"

namespace jackgw::outbox {

namespace {

using store::DoubtChange;

struct DoubtRow {
    std::int64_t attempt_seq = 0;
    std::optional<StoreTime> absent_since;
};

std::optional<DoubtRow> find_doubt(store::Transaction& transaction, std::int64_t attempt_seq) {
    store::Statement row = transaction.db().query(
        "SELECT attempt_seq, absent_since FROM doubts WHERE attempt_seq = ?1 FOR UPDATE", attempt_seq);
    if (!row.step()) return std::nullopt;
    return DoubtRow{row.integer(0), row.optional_store_time(1)};
}

void end_doubt(store::Transaction& transaction, std::int64_t attempt_seq) {
    transaction.db().run("DELETE FROM doubts WHERE attempt_seq = ?1", attempt_seq);
}

/// It is asked about again. `absent_since` begins or ends the time in which it isn't found.
DoubtChange ask_again(store::Transaction& transaction, const DoubtRow& doubt, std::chrono::microseconds after,
                      std::optional<StoreTime> absent_since) {
    transaction.db().run(
        "UPDATE doubts SET next_at = ?2, asked = asked + 1, absent_since = ?3 WHERE attempt_seq = ?1",
        doubt.attempt_seq, transaction.now().store + after, absent_since);
    transaction.outbox_changed();
    return DoubtChange::noted;
}

/// The provider took no question: nothing is known that wasn't before.
DoubtChange put_off_question(store::Transaction& transaction, const DoubtRow& doubt,
                             std::chrono::microseconds after) {
    transaction.db().run("UPDATE doubts SET next_at = ?2 WHERE attempt_seq = ?1", doubt.attempt_seq,
                         transaction.now().store + after);
    transaction.outbox_changed();
    return DoubtChange::noted;
}

/// The message goes back as if the attempt had been refused; a report that names the attempt all the same
/// still settles it.
DoubtChange send_again(store::Transaction& transaction, const AttemptRow& attempt, Message& message,
                       const OutboxRow& row) {
    Outcome refused;
    refused.kind = OutcomeKind::refused_for_now;
    refused.error_code = attempt.attempt.outcome->error_code;
    refused.error_message = "the provider's list shows that it was not taken";
    save_outcome(transaction, attempt.attempt.id, refused);
    message.delivery.state = DeliveryState::pending;
    message.delivery.error_code.clear();
    message.delivery.provider_error_code = 0;
    message.delivery.error_message.clear();
    save_delivery(transaction, message);
    return_from_doubt(transaction, row);
    return DoubtChange::due_again;
}

}  // namespace

void begin_doubt(store::Transaction& transaction, std::int64_t attempt_seq, std::string_view channel,
                 std::chrono::microseconds settle_for) {
    transaction.db().run(
        "INSERT INTO doubts (attempt_seq, channel, next_at, asked, absent_since) VALUES (?1, ?2, ?3, 0, NULL)"
        " ON CONFLICT DO NOTHING",
        attempt_seq, channel, transaction.now().store + settle_for);
}

void end_doubts(store::Transaction& transaction, std::int64_t message_seq) {
    transaction.db().run(
        "DELETE FROM doubts WHERE attempt_seq IN (SELECT seq FROM attempts WHERE message_seq = ?1)",
        message_seq);
}

store::DueDoubts due_doubts(store::Session& session, std::string_view channel, std::size_t limit,
                            const Moment& now) {
    store::DueDoubts due;
    store::Statement row = session.query(sql::due_doubts, channel, now.store, limit);
    while (row.step()) {
        Message message = conversations::load_message(session, row.integer(2)).value();
        DoubtfulAttempt attempt{.message_id = std::move(message.id),
                                .attempt_id = row.text(1),
                                .from = std::move(message.from),
                                .to = std::move(message.to),
                                .content = std::move(message.content),
                                .media_urls = {},
                                .started_at = row.time(3),
                                .ended_at = row.time(4)};
        for (Media& media : message.media) attempt.media_urls.push_back(std::move(media.url));
        due.items.push_back({std::move(attempt), std::string(channel), row.small(0)});
    }
    store::Statement next = session.query(sql::next_doubt, channel);
    if (next.step() && !next.is_null(0)) due.next_due_in = next.store_time(0) - now.store;
    return due;
}

DoubtChange note_doubt(store::Transaction& transaction, const store::DoubtAnswer& answer) {
    const std::optional<AttemptRow> attempt = find_attempt(transaction, answer.attempt_id);
    if (!attempt || !attempt->attempt.outcome || attempt->attempt.outcome->kind != OutcomeKind::unknown)
        return DoubtChange::none;
    const std::optional<DoubtRow> doubt = find_doubt(transaction, attempt->seq);
    if (!doubt) return DoubtChange::none;
    Message message = conversations::lock_message(transaction, attempt->message_seq).value();
    const std::optional<OutboxRow> row = find_outbox_row(transaction, attempt->message_seq);
    if (!row || !row->in_doubt() || !message.provider_message_id.empty()) {
        end_doubt(transaction, attempt->seq);
        return DoubtChange::none;
    }
    switch (answer.result.kind) {
        case Reconciliation::taken: {
            const Outcome& outcome = answer.result.outcome;
            lock_provider_message(transaction, message.channel, outcome.provider_message_id);
            // Since it was asked another attempt may have become known as its owner.
            if (provider_message_owner(transaction.db(), message.channel, outcome.provider_message_id))
                return ask_again(transaction, *doubt, answer.again_after.value_or(std::chrono::minutes{1}),
                                 {});
            settle_as_taken(transaction, attempt->attempt.id, message, *row, outcome);
            return DoubtChange::taken;
        }
        case Reconciliation::absent: {
            const StoreTime now = transaction.now().store;
            const auto again_after = answer.again_after.value_or(std::chrono::minutes{1});
            if (!doubt->absent_since || now - *doubt->absent_since < again_after)
                return ask_again(transaction, *doubt, again_after, doubt->absent_since.value_or(now));
            end_doubt(transaction, attempt->seq);
            return send_again(transaction, *attempt, message, *row);
        }
        case Reconciliation::cant_tell:
        case Reconciliation::unavailable:
        case Reconciliation::not_supported:
            break;
    }
    if (answer.again_after && answer.result.kind == Reconciliation::unavailable)
        return put_off_question(transaction, *doubt, *answer.again_after);
    if (answer.again_after) return ask_again(transaction, *doubt, *answer.again_after, {});
    end_doubt(transaction, attempt->seq);
    return DoubtChange::given_up;
}

}  // namespace jackgw::outbox
