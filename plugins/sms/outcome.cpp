#include "sms/outcome.h"

#include <algorithm>
#include <optional>

#include "sms/inbound.h"
#include "sms/json_body.h"
#include "sms/provider_errors.h"
#include "sms/statuses.h"

namespace jackgw::sms {

namespace {

using plugin::HttpAnswer;

Outcome unknown(std::string why) {
    Outcome outcome;
    outcome.kind = JACKGW_OUTCOME_UNKNOWN;
    outcome.error_code = unknown_error;
    outcome.error_message = std::move(why);
    return outcome;
}

void note_error(Outcome& outcome, std::int32_t code, const std::string& message) {
    outcome.error_code = provider_error(code).name;
    outcome.provider_error_code = code;
    outcome.flags = failure_flags(code);
    outcome.error_message = describe_error(code, message);
}

Outcome without_answer(const HttpAnswer& answer) {
    Outcome outcome = unknown("No answer from Twilio: " + answer.error);
    if (answer.written) return outcome;
    // A request that the client refuses to make is wrong by configuration, and would be the next time.
    outcome.kind = answer.result == JACKGW_E_INVALID_ARGUMENT ? JACKGW_OUTCOME_MISCONFIGURED
                                                              : JACKGW_OUTCOME_REFUSED_FOR_NOW;
    return outcome;
}

Outcome created(const HttpAnswer& answer, const JsonBody& body) {
    const std::string sid = body.text("sid");
    if (sid.empty()) {
        return unknown("Twilio answered " + std::to_string(answer.status) + " without the message's SID");
    }
    Outcome outcome;
    outcome.kind = JACKGW_OUTCOME_ACCEPTED;
    outcome.provider_message_id = sid;
    outcome.provider_status = body.text("status");
    outcome.delivery = delivery_of(outcome.provider_status);
    if (outcome.delivery == JACKGW_DELIVERY_UNCHANGED) outcome.delivery = JACKGW_DELIVERY_PENDING;
    outcome.segments = body.number("num_segments");
    if (const std::int32_t code = body.number("error_code"); code != 0) {
        note_error(outcome, code, body.text("error_message"));
    }
    return outcome;
}

std::int32_t kind_of(std::int32_t status, std::int32_t code) {
    // Surely not processed, whatever the body says; and unsure, whatever the body says.
    if (status == 429) return JACKGW_OUTCOME_REFUSED_FOR_NOW;
    if (status >= 500 || status == 408) return JACKGW_OUTCOME_UNKNOWN;
    if (code == 0 && status == 401) return JACKGW_OUTCOME_MISCONFIGURED;
    switch (provider_error(code).kind) {
        case ErrorClass::for_now:
            return JACKGW_OUTCOME_REFUSED_FOR_NOW;
        case ErrorClass::unknown_outcome:
            return JACKGW_OUTCOME_UNKNOWN;
        case ErrorClass::configuration:
            return JACKGW_OUTCOME_MISCONFIGURED;
        case ErrorClass::opted_out:
        case ErrorClass::permanent:
        case ErrorClass::expired:
            break;
    }
    return JACKGW_OUTCOME_REJECTED;
}

/// Milliseconds of a Retry-After in seconds; its other form, a date, is not used by Twilio.
std::int64_t retry_after(const HttpAnswer& answer) {
    const auto seconds = read_number(answer.header("Retry-After").value_or(std::string_view{}));
    return seconds ? std::int64_t{*seconds} * 1000 : -1;
}

/// Milliseconds until it is midnight Pacific time for certain: 8:00 UTC, which is an hour later in summer.
std::int64_t until_next_day(std::int64_t now) {
    constexpr std::int64_t hour = 3'600'000;
    constexpr std::int64_t day = 24 * hour;
    const std::int64_t since = (now / 1000 - 8 * hour) % day;
    return day - since;
}

}  // namespace

Outcome classify(const HttpAnswer& answer, std::int64_t now) {
    if (answer.result != JACKGW_OK) return without_answer(answer);
    const JsonBody body(answer.body);
    if (answer.status >= 200 && answer.status < 300) return created(answer, body);
    if (answer.status < 400) {
        return unknown("Twilio answered " + std::to_string(answer.status) + ": check api_base_url");
    }
    const std::int32_t code = body.number("code");
    Outcome outcome;
    outcome.kind = kind_of(answer.status, code);
    note_error(outcome, code, body.message());
    if (code == 0) {
        const std::string status =
            "HTTP " + std::to_string(answer.status) + " without an error code of Twilio's";
        outcome.error_message =
            outcome.error_message.empty() ? status : status + ": " + outcome.error_message;
    }
    if (outcome.kind == JACKGW_OUTCOME_REFUSED_FOR_NOW) {
        outcome.retry_after_ms = retry_after(answer);
        if (is_daily_limit(code))
            outcome.retry_after_ms = std::max(outcome.retry_after_ms, until_next_day(now));
    }
    return outcome;
}

void Outcome::put(jackgw_outcome_sink sink) const {
    const auto scopes = plugin::views(opt_out_scopes);
    jackgw_outcome raw{};
    raw.struct_size = sizeof raw;
    raw.kind = kind;
    raw.provider_message_id = plugin::str(provider_message_id);
    raw.provider_status = plugin::str(provider_status);
    raw.delivery = delivery;
    raw.flags = flags;
    raw.error_code = plugin::str(error_code);
    raw.provider_error_code = provider_error_code;
    raw.segments = segments;
    raw.error_message = plugin::str(error_message);
    raw.retry_after_ms = retry_after_ms;
    raw.opt_out_scopes = plugin::strs(scopes);
    sink.put(sink.target, &raw);
}

}  // namespace jackgw::sms
