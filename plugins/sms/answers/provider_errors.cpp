#include "sms/answers/provider_errors.h"

#include <jackgw/ext/delivery.h>

#include "sms/text/utf8.h"

namespace jackgw::sms {

namespace {

constexpr std::size_t longest_message = 300;

constexpr ProviderError not_in_the_dictionary{
    ErrorClass::not_known, Concerns::unclear, "SEND_FAILED",
    "Twilio refused the message with a code that has no entry here.",
    "Look the code up at https://www.twilio.com/docs/api/errors."};

}  // namespace

ProviderError provider_error(std::int32_t code) {
    if (code == 0) return {ErrorClass::not_known, Concerns::unclear, unknown_error, {}, {}};
    for (const ProviderErrorRow& row : provider_error_table()) {
        if (code >= row.first && code <= row.last) return row.error;
    }
    return not_in_the_dictionary;
}

std::string describe_error(std::int32_t code, std::string_view message) {
    if (code == 0) return std::string(cut(message, longest_message));
    const ProviderError error = provider_error(code);
    std::string out(error.sentence);
    out.append(" ").append(error.advice).append(" (Twilio ").append(std::to_string(code));
    if (!message.empty()) out.append(": ").append(cut(message, longest_message));
    return out.append(")");
}

std::uint32_t failure_flags(std::int32_t code) {
    switch (provider_error(code).kind) {
        case ErrorClass::opted_out:
            return JACKGW_FAILURE_OPTED_OUT;
        case ErrorClass::for_now:
            return JACKGW_FAILURE_RETRYABLE;
        case ErrorClass::restricted:
            return JACKGW_FAILURE_RETRYABLE | JACKGW_FAILURE_ALERT;
        default:
            return 0;
    }
}

bool is_surely_undelivered(std::int32_t code) {
    return code == 30003;
}

bool is_daily_limit(std::int32_t code) {
    return code == 30023 || code == 30027;
}

}  // namespace jackgw::sms
