#include <algorithm>
#include <chrono>
#include <cstddef>

#include "plugins/contract/boundary.h"
#include "plugins/contract/delivery_words.h"
#include "plugins/contract/extensions.h"

namespace jackgw::plugins {

namespace {

NameValues copy_pairs(jackgw_pairs pairs) {
    NameValues copy;
    copy.reserve(pairs.count);
    for (std::uint64_t i = 0; i < pairs.count; ++i)
        copy.emplace_back(view(pairs.items[i].name), view(pairs.items[i].value));
    return copy;
}

std::optional<ConsentKind> consent_kind(std::int32_t kind) {
    switch (kind) {
        case JACKGW_CONSENT_OPT_OUT:
            return ConsentKind::opt_out;
        case JACKGW_CONSENT_OPT_IN:
            return ConsentKind::opt_in;
        case JACKGW_CONSENT_HELP:
            return ConsentKind::help;
        default:
            return std::nullopt;
    }
}

/// Nothing if the plugin's struct says nothing that the ledger could keep.
std::optional<Consent> copy_consent(const jackgw_host& host, const jackgw_consent& source) {
    const auto kind = consent_kind(source.kind);
    if (!kind || source.address.length == 0 || source.scopes.count == 0) return std::nullopt;
    Consent consent;
    consent.kind = *kind;
    consent.channel = host.channel;
    consent.address = view(source.address);
    consent.scopes = copy_texts(source.scopes);
    consent.source = view(source.source);
    consent.keyword = view(source.keyword);
    if (covers(source.struct_size, offsetof(jackgw_consent, flags) + sizeof(source.flags)))
        consent.ambiguous = (source.flags & JACKGW_CONSENT_AMBIGUOUS) != 0;
    return consent;
}

/// Hands a stored report's result on, or says what the report lacks.
template <typename Result, typename Accept>
jackgw_status answer(const std::variant<Result, conversations::BadReport>& result, jackgw_sink error,
                     Accept accept) {
    if (const auto* bad = std::get_if<conversations::BadReport>(&result))
        return refuse(error, JACKGW_E_INVALID_ARGUMENT, bad->message);
    accept(std::get<Result>(result));
    return JACKGW_OK;
}

jackgw_status set_mapper(jackgw_host* host, const jackgw_mapper* mapper, jackgw_sink error) noexcept {
    return guarded(error, [&] {
        if (const auto status = check_registering(*host, error); status != JACKGW_OK) return status;
        if (mapper == nullptr ||
            !covers(mapper->struct_size, offsetof(jackgw_mapper, map) + sizeof(mapper->map)) ||
            mapper->map == nullptr || mapper->normalize_address == nullptr)
            return refuse(error, JACKGW_E_INVALID_ARGUMENT, "the mapper lacks a function");
        if (host->registrations.mapper != nullptr)
            return refuse(error, JACKGW_E_CONFLICT, "the channel has a mapper already");
        host->registrations.mapper = mapper;
        return jackgw_status{JACKGW_OK};
    });
}

jackgw_status receive(jackgw_host* host, const jackgw_inbound* message, jackgw_received* out,
                      jackgw_sink error) noexcept {
    return guarded(error, [&] {
        if (const auto status = check_running(*host, error); status != JACKGW_OK) return status;
        if (message == nullptr || out == nullptr ||
            !covers(message->struct_size,
                    offsetof(jackgw_inbound, received_at) + sizeof(message->received_at)))
            return refuse(error, JACKGW_E_INVALID_ARGUMENT, "the message is incomplete");
        InboundMessage inbound;
        inbound.channel = host->channel;
        inbound.provider_message_id = view(message->provider_message_id);
        inbound.from = view(message->from);
        inbound.to = view(message->to);
        inbound.content = view(message->content);
        inbound.encoding = view(message->encoding);
        inbound.provider_status = view(message->provider_status);
        inbound.segments = static_cast<std::int32_t>(message->segments);
        for (std::uint64_t i = 0; i < message->media_count; ++i)
            inbound.media.push_back({std::string(view(message->media[i].url)),
                                     std::string(view(message->media[i].content_type))});
        inbound.raw = copy_pairs(message->raw);
        if (message->consent != nullptr) {
            inbound.consent = copy_consent(*host, *message->consent);
            if (!inbound.consent)
                return refuse(error, JACKGW_E_INVALID_ARGUMENT, "the consent is incomplete");
        }
        inbound.received_at = from_micros(message->received_at);
        if (covers(message->struct_size, offsetof(jackgw_inbound, reply_from) + sizeof(message->reply_from)))
            inbound.reply_from = view(message->reply_from);
        return answer(host->services.reports.receive(std::move(inbound)), error,
                      [&](const store::ReceiveResult& result) {
                          out->result = result.duplicate ? JACKGW_DUPLICATE : JACKGW_STORED;
                      });
    });
}

std::int32_t to_c_result(store::StatusResult result) {
    switch (result) {
        case store::StatusResult::applied:
            return JACKGW_STATUS_APPLIED;
        case store::StatusResult::noted:
            return JACKGW_STATUS_NOTED;
        case store::StatusResult::duplicate:
            return JACKGW_STATUS_DUPLICATE;
        case store::StatusResult::no_message:
            return JACKGW_STATUS_NO_MESSAGE;
    }
    return JACKGW_STATUS_NOTED;
}

/// As the plugin asks for it, within the host's limits.
store::ResendRule resend_rule(const jackgw_status_update& source) {
    constexpr std::uint32_t most = 10;
    constexpr std::int64_t longest_ms = std::chrono::milliseconds{std::chrono::days{7}}.count();
    return {
        .limit = static_cast<std::int32_t>(std::min(source.resend_limit, most)),
        .after = std::chrono::milliseconds{std::clamp<std::int64_t>(source.resend_after_ms, 0, longest_ms)}};
}

jackgw_status apply_status(jackgw_host* host, const jackgw_status_update* source, jackgw_status_result* out,
                           jackgw_sink error) noexcept {
    return guarded(error, [&] {
        if (const auto status = check_running(*host, error); status != JACKGW_OK) return status;
        if (source == nullptr || out == nullptr ||
            !covers(source->struct_size,
                    offsetof(jackgw_status_update, received_at) + sizeof(source->received_at)))
            return refuse(error, JACKGW_E_INVALID_ARGUMENT, "the status update is incomplete");
        store::StatusUpdate update;
        update.channel = host->channel;
        update.attempt_id = view(source->attempt_id);
        update.provider_message_id = view(source->provider_message_id);
        update.report.state = delivery_state(source->delivery);
        update.report.provider_status = view(source->provider_status);
        update.report.error_code = view(source->error_code);
        update.report.provider_error_code = source->provider_error_code;
        update.report.error_message = view(source->error_message);
        update.report.retryable = (source->flags & JACKGW_FAILURE_RETRYABLE) != 0;
        update.opted_out = (source->flags & JACKGW_FAILURE_OPTED_OUT) != 0;
        if (covers(source->struct_size,
                   offsetof(jackgw_status_update, opt_out_scopes) + sizeof(source->opt_out_scopes)))
            update.opt_out_scopes = copy_texts(source->opt_out_scopes);
        if (covers(source->struct_size,
                   offsetof(jackgw_status_update, resend_after_ms) + sizeof(source->resend_after_ms)))
            update.resend = resend_rule(*source);
        update.raw = copy_pairs(source->raw);
        update.received_at = from_micros(source->received_at);
        return answer(host->services.reports.apply_status(std::move(update)), error,
                      [&](store::StatusResult result) { out->result = to_c_result(result); });
    });
}

jackgw_status record_consent(jackgw_host* host, const jackgw_consent_report* source, jackgw_received* out,
                             jackgw_sink error) noexcept {
    return guarded(error, [&] {
        if (const auto status = check_running(*host, error); status != JACKGW_OK) return status;
        if (source == nullptr || out == nullptr || source->consent == nullptr ||
            !covers(source->struct_size,
                    offsetof(jackgw_consent_report, received_at) + sizeof(source->received_at)))
            return refuse(error, JACKGW_E_INVALID_ARGUMENT, "the consent report is incomplete");
        auto consent = copy_consent(*host, *source->consent);
        if (!consent) return refuse(error, JACKGW_E_INVALID_ARGUMENT, "the consent is incomplete");
        store::ConsentReport report;
        report.consent = std::move(*consent);
        report.dedup_key = view(source->dedup_key);
        report.raw = copy_pairs(source->raw);
        report.received_at = from_micros(source->received_at);
        return answer(host->services.reports.record_consent(std::move(report)), error,
                      [&](bool recorded) { out->result = recorded ? JACKGW_STORED : JACKGW_DUPLICATE; });
    });
}

}  // namespace

const jackgw_conversations conversations_extension = {
    sizeof(jackgw_conversations), 0, &set_mapper, &receive, &apply_status, &record_consent,
};

}  // namespace jackgw::plugins
