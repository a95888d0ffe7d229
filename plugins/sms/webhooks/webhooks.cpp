#include "sms/webhooks/webhooks.h"

#include <vector>

#include "sms/callback_url.h"
#include "sms/recipient.h"
#include "sms/webhooks/inbound.h"

namespace jackgw::sms {

namespace {

using plugin::str;
using plugin::view;

// To the letter: application/xml would do, text/plain would be sent to the guest.
const plugin::Response empty_twiml{200, "text/xml",
                                   R"(<?xml version="1.0" encoding="UTF-8"?><Response></Response>)"};

plugin::Response empty(std::int32_t status) {
    return {status, {}, {}};
}

/// What Twilio sent: the query of a GET, else the form. A body of another type has no parameters.
Parameters parameters_of(const jackgw_request& request) {
    if (request.method == JACKGW_METHOD_GET) return parse_form(view(request.query));
    if (!is_form(header_of(request, "Content-Type"))) return {};
    return parse_form(view(request.body));
}

std::vector<jackgw_pair> as_pairs(const Parameters& parameters) {
    std::vector<jackgw_pair> out;
    out.reserve(parameters.size());
    for (const Parameter& parameter : parameters) {
        out.push_back(plugin::pair(parameter.name, parameter.value));
    }
    return out;
}

std::vector<jackgw_str> as_strs(const std::vector<std::string_view>& texts) {
    std::vector<jackgw_str> out;
    out.reserve(texts.size());
    for (const std::string_view text : texts) out.push_back(str(text));
    return out;
}

jackgw_consent consent_of(const Keyword& keyword, std::string_view address,
                          const std::vector<jackgw_str>& scopes, std::string_view source) {
    jackgw_consent consent{};
    consent.struct_size = sizeof consent;
    consent.kind = keyword.kind;
    consent.address = str(address);
    consent.scopes = plugin::strs(scopes);
    consent.source = str(source);
    consent.keyword = str(keyword.word);
    if (keyword.ambiguous) consent.flags = JACKGW_CONSENT_AMBIGUOUS;
    return consent;
}

}  // namespace

Webhooks::Webhooks(const Options& options, const plugin::Conversations& conversations, const plugin::Log& log,
                   Faults& faults)
    : senders_(options.senders),
      authenticator_(options.accounts),
      status_callback_url_(options.status_callback_url),
      status_reports_(options, conversations, log, faults),
      conversations_(conversations),
      log_(log) {}

bool Webhooks::is_authentic(const jackgw_request& request, const Parameters& form,
                            std::string_view other_url) const {
    const std::string refusal = authenticator_.refusal(request, form, other_url);
    if (!refusal.empty()) log_.warning(refusal);
    return refusal.empty();
}

plugin::Response Webhooks::answer(const plugin::Reported& reported, std::string_view what) const {
    if (reported.ok()) return empty_twiml;
    log_.error("could not store " + std::string(what) + ": " + reported.error);
    // Twilio comes again where the webhook's URL has #rc=3&rp=all.
    return empty(reported.status == JACKGW_E_UNAVAILABLE ? 503 : 500);
}

plugin::Response Webhooks::inbound(const jackgw_request& request) const {
    const Parameters form = parameters_of(request);
    if (!is_authentic(request, form)) return empty(403);
    const auto message = read_inbound(form);
    if (!message) {
        log_.warning("refused a signed message without MessageSid or From");
        return empty(400);
    }
    const auto raw = as_pairs(form);
    const auto scopes =
        as_strs(senders_.scopes(message->to, message->service, authenticator_.account_of(form)));
    jackgw_consent consent{};
    if (message->keyword) consent = consent_of(*message->keyword, message->from, scopes, "keyword");

    jackgw_inbound report{};
    report.struct_size = sizeof report;
    report.segments = message->segments;
    report.provider_message_id = str(message->sid);
    report.from = str(message->from);
    report.to = message->to.empty() ? scopes.front() : str(message->to);
    report.reply_from = str(senders_.reply_from(message->to, message->service));
    report.content = str(message->body);
    report.encoding = str(message->encoding);
    report.provider_status = str(message->status);
    report.media = message->media.data();
    report.media_count = message->media.size();
    report.raw = plugin::pairs(raw);
    report.consent = message->keyword ? &consent : nullptr;
    report.received_at = request.received_at;
    return answer(conversations_.receive(report), "a guest's message");
}

plugin::Response Webhooks::status(const jackgw_request& request) const {
    const Parameters form = parameters_of(request);
    const std::string attempt = attempt_of(view(request.query));
    // It may lead here from another public name; then that is what Twilio has signed.
    const std::string other_url =
        status_callback_url_.empty() ? std::string{} : callback_url(status_callback_url_, attempt);
    if (!is_authentic(request, form, other_url)) return empty(403);
    const std::string_view sid = find(form, "MessageSid").value_or(value_of(form, "SmsSid"));
    const std::string_view word = find(form, "MessageStatus").value_or(value_of(form, "SmsStatus"));
    if (sid.empty() || word.empty()) {
        log_.warning("refused a signed status report without MessageSid or MessageStatus");
        return empty(400);
    }
    const auto raw = as_pairs(form);
    const auto code = static_cast<std::int32_t>(read_number(value_of(form, "ErrorCode")).value_or(0));
    const plugin::Reported reported =
        status_reports_.report({.sid = sid,
                                .word = word,
                                .code = code,
                                .message = value_of(form, "ChannelStatusMessage"),
                                .from = value_of(form, "From"),
                                .service = value_of(form, "MessagingServiceSid")},
                               attempt, plugin::pairs(raw), request.received_at);
    return answer(reported, "a status report");
}

plugin::Response Webhooks::opt_out(const jackgw_request& request) const {
    const Parameters form = parameters_of(request);
    if (!is_authentic(request, form)) return empty(403);
    const std::string address = guest_address(value_of(form, "From"));
    const std::string_view to = value_of(form, "To");
    const auto scopes =
        as_strs(senders_.scopes(to, value_of(form, "MessagingServiceSid"), authenticator_.account_of(form)));
    // Toll-free numbers know fewer words, named or not.
    const auto keyword = read_keyword(value_of(form, "Body"), value_of(form, "OptOutType"),
                                      to.empty() ? view(scopes.front()) : to);
    if (address.empty() || !keyword) {
        log_.warning("refused a signed opt-out report without From or OptOutType (STOP, START or HELP)");
        return empty(400);
    }
    const auto raw = as_pairs(form);
    const jackgw_consent consent = consent_of(*keyword, address, scopes, "provider");

    // A repetition names the same message, or else the same idempotency token. Without either it is recorded
    // again, which does no harm; taking a second STOP for a repetition would.
    std::string key(value_of(form, "MessageSid"));
    if (key.empty()) key = header_of(request, "I-Twilio-Idempotency-Token");
    if (!key.empty()) key = "optout:" + key + ":" + std::to_string(keyword->kind);

    jackgw_consent_report report{};
    report.struct_size = sizeof report;
    report.consent = &consent;
    report.dedup_key = str(key);
    report.raw = plugin::pairs(raw);
    report.received_at = request.received_at;
    return answer(conversations_.record_consent(report), "an opt-out");
}

}  // namespace jackgw::sms
