#include "outbox/queue/status.h"

#include "conversations/records/consent.h"
#include "conversations/records/dedup.h"
#include "conversations/records/event_data.h"
#include "conversations/records/event_log.h"
#include "conversations/records/messages.h"
#include "conversations/records/name_values.h"
#include "outbox/queue/attempts.h"
#include "outbox/queue/delivery.h"
#include "outbox/queue/queue.h"
#include "outbox/queue/resend.h"
#include "store/seam/words.h"

namespace jackgw::outbox {

namespace {

/// Whose report it is: the message, and the attempt if the report named one of its attempts.
struct Subject {
    Message message;
    std::optional<Attempt> attempt;
};

std::optional<Subject> find_subject(store::Session& session, const store::StatusUpdate& update) {
    if (!update.attempt_id.empty()) {
        if (const auto found = find_attempt(session, update.attempt_id)) {
            Message message = conversations::load_message(session, found->message_seq).value();
            if (message.channel == update.channel) return Subject{std::move(message), found->attempt};
        }
    }
    store::Statement row = session.query(
        "SELECT seq FROM messages WHERE direction = 'outbound' AND provider_message_id <> ''"
        " AND provider_message_id = ?1 AND channel = ?2 ORDER BY seq LIMIT 1",
        update.provider_message_id, update.channel);
    if (!row.step()) return std::nullopt;
    return Subject{conversations::load_message(session, row.integer(0)).value(), std::nullopt};
}

void keep_report(store::Transaction& transaction, const store::StatusUpdate& update, const Message* message) {
    conversations::append_event(
        transaction, {.type = "message.report",
                      .channel = update.channel,
                      .guest_id = message != nullptr ? message->guest_id : std::string{},
                      .conversation_id = message != nullptr ? message->conversation_id : std::string{},
                      .message_id = message != nullptr ? message->id : std::string{},
                      .data = conversations::event_data::message_report(update),
                      .at = update.received_at});
}

void keep_for_later(store::Transaction& transaction, const store::StatusUpdate& update) {
    const DeliveryReport& report = update.report;
    const std::optional<std::string_view> state =
        report.state ? std::optional{to_string(*report.state)} : std::nullopt;
    NameValues scopes;
    for (const std::string& scope : update.opt_out_scopes) scopes.emplace_back("scope", scope);
    transaction.db().run(
        "INSERT INTO early_reports (seq, channel, provider_message_id, state, provider_status, error_code,"
        " provider_error_code, error_message, retryable, opted_out, at, opt_out_scopes, resend_limit,"
        " resend_after) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
        transaction.next_seq(), update.channel, update.provider_message_id, state, report.provider_status,
        report.error_code, report.provider_error_code, report.error_message, report.retryable,
        update.opted_out, update.received_at, conversations::encode(scopes), update.resend.limit,
        update.resend.after.count());
}

/// The report proves that the provider has the message: the attempt that it names was accepted, whatever it
/// seemed to have come to, and the message leaves the outbox. An attempt in flight ends by its own answer.
void settle(store::Transaction& transaction, const Subject& subject, const store::StatusUpdate& update) {
    if (subject.attempt && subject.attempt->outcome) {
        const OutcomeKind kind = subject.attempt->outcome->kind;
        if (kind == OutcomeKind::unknown || kind == OutcomeKind::refused_for_now) {
            Outcome proven;
            proven.kind = OutcomeKind::accepted;
            proven.provider_message_id = update.provider_message_id;
            proven.provider_status = update.report.provider_status;
            proven.state = update.report.state;
            save_outcome(transaction, subject.attempt->id, proven, update.received_at);
        }
    }
    const auto row = find_outbox_row(transaction.db(), subject.message.seq);
    if (row && row->state != "in_flight") remove_from_outbox(transaction, *row, update.received_at);
}

/// The provider's word has failed the message, for the first time.
bool has_failed(const Delivery& before, const Delivery& after) {
    const auto failed = [](const Delivery& delivery) {
        return delivery.state == DeliveryState::failed && !delivery.concluded_by_us;
    };
    return failed(after) && !failed(before);
}

bool apply(store::Transaction& transaction, Message& message, const store::StatusUpdate& update) {
    const Delivery before = message.delivery;
    const bool learnt_id = message.provider_message_id.empty();
    message.provider_message_id = update.provider_message_id;
    message.delivery = apply_report(before, update.report);
    if (update.opted_out)
        conversations::write_opt_out(transaction, message, update.opt_out_scopes, update.received_at);
    if (message.delivery == before && !learnt_id) return false;
    save_delivery(transaction, message, update.received_at);
    if (has_failed(before, message.delivery)) resend(transaction, message, update.resend, update.received_at);
    return true;
}

}  // namespace

store::StatusResult apply_status(store::Transaction& transaction, const store::StatusUpdate& update) {
    const DeliveryReport& report = update.report;
    if (conversations::remember(transaction,
                                {"status", update.channel, update.provider_message_id, report.provider_status,
                                 report.error_code, std::to_string(report.provider_error_code)},
                                transaction.next_seq()))
        return store::StatusResult::duplicate;
    std::optional<Subject> subject = find_subject(transaction.db(), update);
    keep_report(transaction, update, subject ? &subject->message : nullptr);
    if (!subject) {
        keep_for_later(transaction, update);
        return store::StatusResult::no_message;
    }
    Message& message = subject->message;
    // Another id than the one that the provider gave in its answer: kept, but not this message's fate.
    if (!message.provider_message_id.empty() && message.provider_message_id != update.provider_message_id)
        return store::StatusResult::noted;
    const bool changed = apply(transaction, message, update);
    apply_early_reports(transaction, message, update.received_at);
    settle(transaction, *subject, update);
    return changed ? store::StatusResult::applied : store::StatusResult::noted;
}

void apply_early_reports(store::Transaction& transaction, Message& message, Timestamp now) {
    store::Session& db = transaction.db();
    std::vector<store::StatusUpdate> updates;
    {
        store::Statement row = db.query(
            "SELECT state, provider_status, error_code, provider_error_code, error_message, retryable, "
            "opted_out,"
            " opt_out_scopes, resend_limit, resend_after FROM early_reports WHERE provider_message_id = ?1 "
            "AND channel = ?2 ORDER BY seq",
            message.provider_message_id, message.channel);
        while (row.step()) {
            store::StatusUpdate update;
            update.provider_message_id = message.provider_message_id;
            if (!row.is_null(0)) update.report.state = store::known(parse_delivery_state, row.text(0));
            update.report.provider_status = row.text(1);
            update.report.error_code = row.text(2);
            update.report.provider_error_code = row.small(3);
            update.report.error_message = row.text(4);
            update.report.retryable = row.flag(5);
            update.opted_out = row.flag(6);
            for (auto& [name, scope] : conversations::decode_name_values(row.text(7)))
                update.opt_out_scopes.push_back(std::move(scope));
            update.resend = {row.small(8), std::chrono::microseconds{row.integer(9)}};
            update.received_at = now;
            updates.push_back(std::move(update));
        }
    }
    if (updates.empty()) return;
    for (const store::StatusUpdate& update : updates) apply(transaction, message, update);
    db.run("DELETE FROM early_reports WHERE provider_message_id = ?1 AND channel = ?2",
           message.provider_message_id, message.channel);
}

}  // namespace jackgw::outbox
