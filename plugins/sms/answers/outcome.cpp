#include "sms/answers/outcome.h"

#include <algorithm>
#include <optional>

#include "sms/answers/dates.h"
#include "sms/answers/json_body.h"
#include "sms/answers/provider_answer.h"
#include "sms/webhooks/statuses.h"

namespace jackgw::sms {

namespace {

using plugin::HttpAnswer;

/// What Twilio didn't say itself concerns the way to it: any message would meet the same.
Outcome of_channel(std::int32_t kind, std::string why) {
    Outcome outcome;
    outcome.kind = kind;
    outcome.concerns = Concerns::channel;
    outcome.error_code = unknown_error;
    outcome.error_message = std::move(why);
    return outcome;
}

Outcome without_answer(const HttpAnswer& answer) {
    // A request that the client refuses to make is wrong by configuration, and would be the next time.
    const std::int32_t kind = answer.written                               ? JACKGW_OUTCOME_UNKNOWN
                              : answer.result == JACKGW_E_INVALID_ARGUMENT ? JACKGW_OUTCOME_MISCONFIGURED
                                                                           : JACKGW_OUTCOME_REFUSED_FOR_NOW;
    return of_channel(kind, "No answer from Twilio: " + answer.error);
}

Outcome created(const HttpAnswer& answer) {
    const JsonBody body(answer.body);
    const std::string sid = body.text("sid");
    if (sid.empty()) {
        return of_channel(JACKGW_OUTCOME_UNKNOWN, "No message's SID came: " + describe_foreign(answer));
    }
    Outcome outcome;
    outcome.kind = JACKGW_OUTCOME_ACCEPTED;
    outcome.provider_message_id = sid;
    outcome.provider_status = body.text("status");
    outcome.delivery = delivery_of(outcome.provider_status);
    if (outcome.delivery == JACKGW_DELIVERY_UNCHANGED) outcome.delivery = JACKGW_DELIVERY_PENDING;
    outcome.segments = body.number("num_segments");
    if (const std::int32_t code = body.number("error_code"); code != 0) {
        outcome.error_code = provider_error(code).name;
        outcome.provider_error_code = code;
        outcome.flags = failure_flags(code);
        outcome.error_message = describe_error(code, body.text("error_message"));
    }
    return outcome;
}

/// True where the status alone leaves it open whether the message was taken, whoever answers.
bool is_doubtful(std::int32_t status) {
    return status < 300 || status == 408 || status >= 500;
}

Outcome foreign(const HttpAnswer& answer) {
    const std::int32_t kind = is_doubtful(answer.status) ? JACKGW_OUTCOME_UNKNOWN
                              : answer.status == 429     ? JACKGW_OUTCOME_REFUSED_FOR_NOW
                                                         : JACKGW_OUTCOME_MISCONFIGURED;
    return of_channel(kind, describe_foreign(answer));
}

/// What a class of errors makes of a message that a send was refused for.
std::int32_t kind_of(ErrorClass kind) {
    switch (kind) {
        case ErrorClass::opted_out:
        case ErrorClass::permanent:
        case ErrorClass::restricted:
        case ErrorClass::expired:
            return JACKGW_OUTCOME_REJECTED;
        case ErrorClass::for_now:
        case ErrorClass::not_known:
            return JACKGW_OUTCOME_REFUSED_FOR_NOW;
        case ErrorClass::configuration:
            return JACKGW_OUTCOME_MISCONFIGURED;
        case ErrorClass::unknown_outcome:
            break;
    }
    return JACKGW_OUTCOME_UNKNOWN;
}

Outcome refused(std::int32_t status, const SaidError& said) {
    const ProviderError error = provider_error(said.code);
    Outcome outcome;
    outcome.error_code = error.name;
    outcome.provider_error_code = said.code;
    outcome.error_message = describe_error(said.code, said.message);
    if (is_doubtful(status)) {  // whatever the code says
        outcome.kind = JACKGW_OUTCOME_UNKNOWN;
        outcome.concerns = Concerns::channel;
    } else if (status == 429 && error.kind != ErrorClass::for_now) {
        // Surely not processed, whatever the code says; it is the account that is counted.
        outcome.kind = JACKGW_OUTCOME_REFUSED_FOR_NOW;
        outcome.concerns = Concerns::account;
        outcome.flags = JACKGW_FAILURE_RETRYABLE;
    } else {
        outcome.kind = kind_of(error.kind);
        outcome.concerns = error.concerns;
        outcome.flags = error.kind == ErrorClass::not_known ? JACKGW_FAILURE_RETRYABLE | JACKGW_FAILURE_ALERT
                                                            : failure_flags(said.code);
    }
    return outcome;
}

}  // namespace

Outcome classify(const HttpAnswer& answer, std::int64_t now) {
    if (answer.result != JACKGW_OK) return without_answer(answer);
    if (answer.status >= 200 && answer.status < 300) return created(answer);
    const auto said = said_error(answer);
    Outcome outcome = said ? refused(answer.status, *said) : foreign(answer);
    if (const auto header = answer.header("Retry-After"))
        outcome.retry_after_ms = read_retry_after(*header, now).value_or(-1);
    if (outcome.kind == JACKGW_OUTCOME_REFUSED_FOR_NOW && is_daily_limit(outcome.provider_error_code))
        outcome.retry_after_ms = std::max(outcome.retry_after_ms, until_pacific_midnight(now));
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
    raw.concerns =
        kind == JACKGW_OUTCOME_ACCEPTED ? JACKGW_CONCERNS_UNSET : static_cast<std::int32_t>(concerns);
    sink.put(sink.target, &raw);
}

}  // namespace jackgw::sms
