#include "outbox/deliveries/status.h"

#include "conversations/records/consent.h"
#include "conversations/records/dedup.h"
#include "conversations/records/event_data.h"
#include "conversations/records/event_log.h"
#include "conversations/records/messages.h"
#include "outbox/deliveries/delivery.h"
#include "outbox/deliveries/doubts.h"
#include "outbox/deliveries/early_reports.h"
#include "outbox/deliveries/repeats.h"
#include "outbox/deliveries/resend.h"
#include "outbox/queue/attempts.h"
#include "outbox/queue/queue.h"

namespace jackgw::outbox {

namespace {

/// Whose report it is: the message, and the attempt if the report named one of its attempts.
struct Subject {
    Message message;
    std::optional<Attempt> attempt;
};

std::optional<Subject> find_subject(store::Transaction& transaction, const store::StatusUpdate& update) {
    if (!update.attempt_id.empty()) {
        if (const auto found = find_attempt(transaction, update.attempt_id)) {
            Message message = conversations::lock_message(transaction, found->message_seq).value();
            if (message.channel == update.channel) return Subject{std::move(message), found->attempt};
        }
    }
    store::Statement row = transaction.db().query(
        "SELECT seq FROM messages WHERE direction = 'outbound' AND provider_message_id <> ''"
        " AND provider_message_id = ?1 AND channel = ?2 ORDER BY seq LIMIT 1",
        update.provider_message_id, update.channel);
    if (!row.step()) return std::nullopt;
    return Subject{conversations::lock_message(transaction, row.integer(0)).value(), std::nullopt};
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
            save_outcome(transaction, subject.attempt->id, proven);
        }
    }
    const auto row = find_outbox_row(transaction, subject.message.seq);
    if (!row || row->state == "in_flight") return;
    end_doubts(transaction, subject.message.seq);
    remove_from_outbox(transaction, *row);
}

/// The provider's word has failed the message, for the first time.
bool has_failed(const Delivery& before, const Delivery& after) {
    const auto failed = [](const Delivery& delivery) {
        return delivery.state == DeliveryState::failed && !delivery.concluded_by_us;
    };
    return failed(after) && !failed(before);
}

/// It had failed, and the provider says now that it has the message, or that the guest does.
bool has_gone_after_all(const Delivery& before, const Delivery& after) {
    return before.state == DeliveryState::failed && after.state != DeliveryState::failed &&
           after.state != DeliveryState::canceled;
}

bool apply(store::Transaction& transaction, Message& message, const store::StatusUpdate& update) {
    const Delivery before = message.delivery;
    const bool learnt_id = message.provider_message_id.empty();
    message.provider_message_id = update.provider_message_id;
    message.delivery = apply_report(before, update.report);
    if (update.opted_out)
        conversations::write_opt_out(transaction, message, update.opt_out_scopes, update.received_at);
    if (message.delivery == before && !learnt_id) return false;
    save_delivery(transaction, message);
    if (has_failed(before, message.delivery)) resend(transaction, message, update.resend);
    if (has_gone_after_all(before, message.delivery)) withdraw_repeats(transaction, message);
    return true;
}

}  // namespace

store::StatusResult apply_status(store::Transaction& transaction, const store::StatusUpdate& update) {
    const DeliveryReport& report = update.report;
    lock_provider_message(transaction, update.channel, update.provider_message_id);
    const bool known =
        conversations::remember(transaction,
                                {"status", update.channel, update.provider_message_id, report.provider_status,
                                 report.error_code, std::to_string(report.provider_error_code)},
                                transaction.next_seq())
            .has_value();
    // A provider may report the same word twice, only once naming the attempt: then the second one tells
    // whose the first was, which nobody could know.
    if (known && update.attempt_id.empty()) return store::StatusResult::duplicate;
    std::optional<Subject> subject = find_subject(transaction, update);
    if (known && (!subject || !subject->message.provider_message_id.empty()))
        return store::StatusResult::duplicate;
    keep_report(transaction, update, subject ? &subject->message : nullptr);
    if (!subject) {
        keep_early_report(transaction, update);
        return store::StatusResult::no_message;
    }
    Message& message = subject->message;
    // Another id than the one that the provider gave in its answer: kept, but not this message's fate.
    if (!message.provider_message_id.empty() && message.provider_message_id != update.provider_message_id)
        return store::StatusResult::noted;
    const bool changed = apply(transaction, message, update);
    apply_early_reports(transaction, message);
    settle(transaction, *subject, update);
    return changed ? store::StatusResult::applied : store::StatusResult::noted;
}

void apply_early_reports(store::Transaction& transaction, Message& message) {
    for (const store::StatusUpdate& update :
         take_early_reports(transaction, message.channel, message.provider_message_id))
        apply(transaction, message, update);
}

}  // namespace jackgw::outbox
