#include "plugins/contract/plugin_sender.h"

#include <cstddef>

#include "base/utf8.h"
#include "plugins/contract/boundary.h"
#include "plugins/contract/call.h"
#include "plugins/contract/delivery_words.h"
#include "plugins/contract/sending_lease.h"

/// The outcome sink's target as the plugin sees it.
struct jackgw_outcome_target {
    std::optional<jackgw::Outcome> outcome;
    int puts = 0;
};

namespace jackgw::plugins {

namespace {

std::optional<OutcomeKind> outcome_kind(std::int32_t kind) {
    switch (kind) {
        case JACKGW_OUTCOME_ACCEPTED:
            return OutcomeKind::accepted;
        case JACKGW_OUTCOME_REJECTED:
            return OutcomeKind::rejected;
        case JACKGW_OUTCOME_REFUSED_FOR_NOW:
            return OutcomeKind::refused_for_now;
        case JACKGW_OUTCOME_MISCONFIGURED:
            return OutcomeKind::misconfigured;
        case JACKGW_OUTCOME_UNKNOWN:
            return OutcomeKind::unknown;
        default:
            return std::nullopt;
    }
}

Concern concern_of(std::int32_t concerns, OutcomeKind kind) {
    switch (concerns) {
        case JACKGW_CONCERNS_RECIPIENT:
            return Concern::recipient;
        case JACKGW_CONCERNS_PAIR:
            return Concern::pair;
        case JACKGW_CONCERNS_SENDER:
            return Concern::sender;
        case JACKGW_CONCERNS_ACCOUNT:
            return Concern::account;
        case JACKGW_CONCERNS_CHANNEL:
            return Concern::channel;
        case JACKGW_CONCERNS_UNCLEAR:
            return Concern::unclear;
        case JACKGW_CONCERNS_UNSET:
            return kind == OutcomeKind::misconfigured ? Concern::sender : Concern::message;
        default:
            return Concern::message;
    }
}

std::string text(jackgw_str source) {
    return repair_utf8(view(source));
}

void put(jackgw_outcome_target* target, const jackgw_outcome* source) noexcept {
    try {
        ++target->puts;
        if (source == nullptr ||
            source->struct_size < offsetof(jackgw_outcome, retry_after_ms) + sizeof(source->retry_after_ms))
            return;
        const auto kind = outcome_kind(source->kind);
        if (!kind) return;
        Outcome outcome;
        outcome.kind = *kind;
        outcome.provider_message_id = text(source->provider_message_id);
        outcome.provider_status = text(source->provider_status);
        outcome.state = delivery_state(source->delivery);
        outcome.error_code = text(source->error_code);
        outcome.provider_error_code = source->provider_error_code;
        outcome.error_message = text(source->error_message);
        outcome.segments = source->segments;
        if (source->retry_after_ms >= 0) outcome.retry_after_ms = source->retry_after_ms;
        outcome.opted_out = (source->flags & JACKGW_FAILURE_OPTED_OUT) != 0;
        if (source->struct_size >= offsetof(jackgw_outcome, opt_out_scopes) + sizeof(source->opt_out_scopes))
            outcome.opt_out_scopes = copy_texts(source->opt_out_scopes);
        outcome.retryable = (source->flags & JACKGW_FAILURE_RETRYABLE) != 0;
        outcome.alert = (source->flags & JACKGW_FAILURE_ALERT) != 0;
        const bool tells_concern =
            source->struct_size >= offsetof(jackgw_outcome, concerns) + sizeof(source->concerns);
        outcome.concern = concern_of(tells_concern ? source->concerns : JACKGW_CONCERNS_UNSET, *kind);
        target->outcome = std::move(outcome);
    } catch (...) {
        target->outcome.reset();  // out of memory: what was meant is not known
    }
}

Outcome unknown(std::string reason) {
    Outcome outcome;
    outcome.kind = OutcomeKind::unknown;
    outcome.error_code = "UNKNOWN";
    outcome.error_message = std::move(reason);
    return outcome;
}

}  // namespace

Outcome PluginSender::send(const Outgoing& message) {
    std::vector<jackgw_str> media;
    media.reserve(message.media_urls.size());
    for (const std::string& url : message.media_urls) media.push_back(to_c(url));
    jackgw_outgoing outgoing{};
    outgoing.struct_size = sizeof(outgoing);
    outgoing.message_id = to_c(message.message_id);
    outgoing.attempt_id = to_c(message.attempt_id);
    outgoing.from = to_c(message.from);
    outgoing.to = to_c(message.to);
    outgoing.content = to_c(message.content);
    outgoing.media_urls = {media.data(), media.size()};
    outgoing.expires_at = to_micros(message.expires_at);

    jackgw_outcome_target target;
    const SendingLease lease(message.lease_ends);
    const CallResult result =
        call_plugin(lease_->registrations().sender->send, lease_->instance(),
                    static_cast<const jackgw_outgoing*>(&outgoing), jackgw_outcome_sink{&target, &put});
    if (target.outcome && target.puts == 1) {
        Outcome outcome = std::move(*target.outcome);
        if (outcome.kind != OutcomeKind::accepted || !outcome.provider_message_id.empty()) return outcome;
        return unknown("the plugin reported the message accepted but gave no provider message id");
    }
    if (target.puts > 1) return unknown("the plugin gave more than one outcome for one attempt");
    return unknown(result.error.empty() ? "the plugin gave no outcome" : repair_utf8(result.error));
}

LookUpResult PluginSender::look_up(const SentMessage& message) {
    const jackgw_sender& sender = *lease_->registrations().sender;
    if (!covers(sender.struct_size, offsetof(jackgw_sender, look_up) + sizeof(sender.look_up)) ||
        sender.look_up == nullptr)
        return {LookUp::not_supported, {}};
    jackgw_sent_message sent{};
    sent.struct_size = sizeof(sent);
    sent.message_id = to_c(message.message_id);
    sent.provider_message_id = to_c(message.provider_message_id);
    sent.from = to_c(message.from);
    sent.to = to_c(message.to);
    const CallResult result =
        call_plugin(sender.look_up, lease_->instance(), static_cast<const jackgw_sent_message*>(&sent));
    if (result.ok()) return {LookUp::answered, {}};
    const bool for_now = result.status == JACKGW_E_UNAVAILABLE;
    return {for_now ? LookUp::unavailable : LookUp::failed,
            result.error.empty() ? "the plugin gave no reason" : repair_utf8(result.error)};
}

std::string PluginSender::account_of(std::string_view sender) {
    const jackgw_sender& table = *lease_->registrations().sender;
    if (!covers(table.struct_size, offsetof(jackgw_sender, account_of) + sizeof(table.account_of)) ||
        table.account_of == nullptr)
        return {};
    TextSink account;
    try {
        table.account_of(lease_->instance(), to_c(sender), account.sink());
    } catch (...) {
        return {};  // the contract forbids it: then the channel has one account
    }
    return repair_utf8(account.text());
}

}  // namespace jackgw::plugins
