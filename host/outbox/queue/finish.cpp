#include "outbox/queue/finish.h"

#include <algorithm>
#include <vector>

#include "base/assert.h"
#include "conversations/records/consent.h"
#include "conversations/records/messages.h"
#include "outbox/deliveries/delivery.h"
#include "outbox/deliveries/doubts.h"
#include "outbox/deliveries/early_reports.h"
#include "outbox/deliveries/status.h"
#include "outbox/holds/hold_changes.h"
#include "outbox/holds/hold_events.h"
#include "outbox/holds/holds.h"
#include "outbox/holds/suspicions.h"
#include "outbox/queue/attempts.h"
#include "outbox/queue/queue.h"

namespace jackgw::outbox {

namespace {

DeliveryReport to_report(const Outcome& outcome, std::optional<DeliveryState> state) {
    return {.state = state,
            .provider_status = outcome.provider_status,
            .error_code = outcome.error_code,
            .provider_error_code = outcome.provider_error_code,
            .error_message = outcome.error_message,
            .retryable = outcome.retryable};
}

/// The provider has the message, by its answer, by its list or by a report that was faster.
void finish_accepted(store::Transaction& transaction, Message& message, const OutboxRow& row,
                     const Outcome& outcome) {
    if (message.provider_message_id.empty()) message.provider_message_id = outcome.provider_message_id;
    message.delivery = apply_report(message.delivery, to_report(outcome, outcome.state));
    if (message.delivery.provider_status.empty()) message.delivery.provider_status = outcome.provider_status;
    if (outcome.segments > 0) message.segments = outcome.segments;
    save_delivery(transaction, message);
    apply_early_reports(transaction, message);
    remove_from_outbox(transaction, row);
}

void finish_rejected(store::Transaction& transaction, Message& message, const OutboxRow& row,
                     const Outcome& outcome) {
    message.delivery = apply_report(message.delivery, to_report(outcome, DeliveryState::failed));
    save_delivery(transaction, message);
    remove_from_outbox(transaction, row);
}

void finish_refused(store::Transaction& transaction, Message& message, const OutboxRow& row,
                    const store::AttemptFinish& finish) {
    if (finish.retry_after) {
        // Never beyond its expiry, at which it is failed and lets its recipient's queue go on.
        const Moment& now = transaction.now();
        const StoreTime end = std::max(row.expiry.on_store_clock(now), now.store);
        return_to_queue(transaction, row, std::min(now.store + *finish.retry_after, end), row.tries + 1);
        return;
    }
    // That there are no more attempts is our decision; the refusals were temporary, so a new message may
    // work.
    Outcome last = finish.outcome;
    last.retryable = true;
    message.delivery = apply_report(message.delivery, to_report(last, DeliveryState::failed));
    message.delivery.concluded_by_us = true;
    save_delivery(transaction, message);
    remove_from_outbox(transaction, row);
}

void finish_unknown(store::Transaction& transaction, Message& message, const OutboxRow& row,
                    std::int64_t attempt_seq, const store::AttemptFinish& finish) {
    const Outcome& outcome = finish.outcome;
    message.delivery.state = DeliveryState::unknown;
    message.delivery.concluded_by_us = true;
    message.delivery.error_code = outcome.error_code;
    message.delivery.provider_error_code = outcome.provider_error_code;
    message.delivery.error_message = outcome.error_message;
    save_delivery(transaction, message);
    hold_for_settling(transaction, row, finish.settle_for);
    begin_doubt(transaction, attempt_seq, row.channel,
                finish.settle_for.value_or(std::chrono::microseconds{0}));
}

/// A report that came before the answer has shown that the provider has the message: an outcome that doubts
/// it, or that would send it again, is set right.
Outcome as_proven(const Outcome& outcome, const Message& message) {
    const bool doubts = outcome.kind == OutcomeKind::unknown ||
                        outcome.kind == OutcomeKind::refused_for_now ||
                        outcome.kind == OutcomeKind::misconfigured;
    if (message.provider_message_id.empty() || !doubts) return outcome;
    Outcome proven;
    proven.kind = OutcomeKind::accepted;
    proven.provider_message_id = message.provider_message_id;
    proven.provider_status = message.delivery.provider_status;
    return proven;
}

/// The attempt was taken for lost, and its answer comes all the same: that the provider has it ends the
/// doubt.
bool take_late_answer(store::Transaction& transaction, const AttemptRow& attempt, Message& message,
                      const std::optional<OutboxRow>& row, const Outcome& outcome) {
    const bool in_doubt = attempt.attempt.outcome->kind == OutcomeKind::unknown && row && row->in_doubt();
    if (!in_doubt || outcome.kind != OutcomeKind::accepted || !message.provider_message_id.empty())
        return false;
    lock_provider_message(transaction, message.channel, outcome.provider_message_id);
    settle_as_taken(transaction, attempt.attempt.id, message, *row, outcome);
    return true;
}

}  // namespace

void settle_as_taken(store::Transaction& transaction, std::string_view attempt_id, Message& message,
                     const OutboxRow& row, const Outcome& outcome) {
    end_doubts(transaction, message.seq);
    save_outcome(transaction, attempt_id, outcome);
    finish_accepted(transaction, message, row, outcome);
}

store::FinishResult finish_attempt(store::Transaction& transaction, const store::AttemptFinish& finish) {
    const std::optional<AttemptRow> found = find_attempt(transaction, finish.attempt_id);
    if (!found) return {};
    Message message = conversations::lock_message(transaction, found->message_seq).value();
    const std::optional<OutboxRow> row = find_outbox_row(transaction, found->message_seq);
    if (found->attempt.outcome)
        return {.recorded = take_late_answer(transaction, *found, message, row, finish.outcome),
                .stays_due = false,
                .changes = {}};
    JACKGW_ASSERT(row && row->state == "in_flight", "a message whose attempt has no outcome is in flight");
    if (!finish.outcome.provider_message_id.empty())
        lock_provider_message(transaction, message.channel, finish.outcome.provider_message_id);

    const HeldAttempt attempt{found->seq, {row->channel, row->sender}, finish.account, row->recipient};
    Outcome outcome = as_proven(finish.outcome, message);
    outcome.concern = settle_concern(transaction, attempt, outcome);
    save_outcome(transaction, finish.attempt_id, outcome);
    if (finish.outcome.opted_out)
        conversations::write_opt_out(transaction, message, finish.outcome.opt_out_scopes,
                                     transaction.now().wall);
    store::FinishResult result{
        .recorded = true, .stays_due = false, .concern = outcome.concern, .changes = {}};
    result.changes = apply_to_holds(transaction, attempt, outcome, finish.pauses);
    for (const store::HoldChange& change : result.changes) log_hold(transaction, change);
    if (outcome.kind == OutcomeKind::accepted) {
        finish_accepted(transaction, message, *row, outcome);
    } else if (outcome.kind == OutcomeKind::unknown) {
        finish_unknown(transaction, message, *row, found->seq, finish);
    } else if (is_outside(outcome.concern)) {
        return_to_end(transaction, *row);
        result.stays_due = true;
    } else if (outcome.kind == OutcomeKind::refused_for_now) {
        finish_refused(transaction, message, *row, finish);
        result.stays_due = finish.retry_after.has_value();
    } else {
        finish_rejected(transaction, message, *row, outcome);
    }
    return result;
}

std::int64_t recover(store::Transaction& transaction, std::chrono::microseconds settle_for) {
    std::vector<std::string> left;
    {
        store::Statement row =
            transaction.db().query(sql::left_attempts, transaction.now().store, store::Outbox::max_recovered);
        while (row.step()) left.push_back(row.text(0));
    }
    store::AttemptFinish finish;
    finish.outcome.kind = OutcomeKind::unknown;
    finish.outcome.error_code = "UNKNOWN";
    finish.outcome.error_message = "the gateway stopped before the provider's answer was recorded";
    finish.settle_for = settle_for;
    for (std::string& id : left) {
        finish.attempt_id = std::move(id);
        finish_attempt(transaction, finish);
    }
    return static_cast<std::int64_t>(left.size());
}

}  // namespace jackgw::outbox
