// What a plugin says about an attempt whose outcome is unknown.

#include <cstddef>

#include "base/utf8.h"
#include "plugins/contract/boundary.h"
#include "plugins/contract/call.h"
#include "plugins/contract/delivery_words.h"
#include "plugins/contract/plugin_sender.h"

/// The answer sink's target as the plugin sees it.
struct jackgw_reconciled_target {
    std::optional<jackgw::ReconcileResult> result;
    int puts = 0;
};

namespace jackgw::plugins {

namespace {

std::string text(jackgw_str source) {
    return repair_utf8(view(source));
}

ReconcileResult cant_tell(std::string reason) {
    return {Reconciliation::cant_tell, {}, std::move(reason)};
}

ReconcileResult taken(const jackgw_reconciled& source) {
    ReconcileResult result{Reconciliation::taken, {}, {}};
    Outcome& outcome = result.outcome;
    outcome.kind = OutcomeKind::accepted;
    outcome.provider_message_id = text(source.provider_message_id);
    outcome.provider_status = text(source.provider_status);
    outcome.state = delivery_state(source.delivery);
    outcome.error_code = text(source.error_code);
    outcome.provider_error_code = source.provider_error_code;
    outcome.error_message = text(source.error_message);
    outcome.segments = source.segments;
    outcome.retryable = (source.flags & JACKGW_FAILURE_RETRYABLE) != 0;
    if (outcome.provider_message_id.empty())
        return cant_tell("the plugin says that the provider has it, but not under which id");
    return result;
}

void put(jackgw_reconciled_target* target, const jackgw_reconciled* source) noexcept {
    try {
        ++target->puts;
        if (source == nullptr ||
            !covers(source->struct_size, offsetof(jackgw_reconciled, reason) + sizeof(source->reason)))
            return;
        if (source->kind == JACKGW_RECONCILED_TAKEN) {
            target->result = taken(*source);
        } else if (source->kind == JACKGW_RECONCILED_ABSENT) {
            target->result = ReconcileResult{Reconciliation::absent, {}, {}};
        } else {
            target->result = cant_tell(text(source->reason));
        }
    } catch (...) {
        target->result.reset();
    }
}

}  // namespace

ReconcileResult PluginSender::reconcile(const DoubtfulAttempt& attempt) {
    const jackgw_reconciler* reconciler = lease_->registrations().reconciler;
    if (reconciler == nullptr) return {Reconciliation::not_supported, {}, {}};
    std::vector<jackgw_str> media;
    media.reserve(attempt.media_urls.size());
    for (const std::string& url : attempt.media_urls) media.push_back(to_c(url));
    jackgw_doubtful_attempt doubtful{};
    doubtful.struct_size = sizeof(doubtful);
    doubtful.message_id = to_c(attempt.message_id);
    doubtful.attempt_id = to_c(attempt.attempt_id);
    doubtful.from = to_c(attempt.from);
    doubtful.to = to_c(attempt.to);
    doubtful.content = to_c(attempt.content);
    doubtful.media_urls = {media.data(), media.size()};
    doubtful.started_at = to_micros(attempt.started_at);
    doubtful.ended_at = to_micros(attempt.ended_at);

    jackgw_reconciled_target target;
    const CallResult call = call_plugin(reconciler->reconcile, lease_->instance(),
                                        static_cast<const jackgw_doubtful_attempt*>(&doubtful),
                                        jackgw_reconciled_sink{&target, &put});
    const std::string error = call.error.empty() ? "the plugin gave no answer" : repair_utf8(call.error);
    if (call.status == JACKGW_E_UNAVAILABLE) return {Reconciliation::unavailable, {}, error};
    if (!call.ok()) return cant_tell(error);
    if (target.puts > 1) return cant_tell("the plugin gave more than one answer");
    return target.result ? std::move(*target.result) : cant_tell(error);
}

}  // namespace jackgw::plugins
