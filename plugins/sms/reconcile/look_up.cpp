#include "sms/reconcile/look_up.h"

#include <array>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "sms/answers/json_body.h"
#include "sms/answers/provider_answer.h"
#include "sms/answers/provider_errors.h"
#include "sms/webhooks/form.h"

namespace jackgw::sms {

namespace {

using plugin::view;

/// What is kept of the resource: all that tells of the delivery, nothing of the text.
constexpr std::array kept{"sid",          "account_sid", "messaging_service_sid",
                          "status",       "error_code",  "error_message",
                          "num_segments", "date_sent",   "date_updated"};

}  // namespace

LookUp::LookUp(Options options, const plugin::HttpClient& client, const StatusReports& reports, Now now)
    : options_(std::move(options)), client_(client), reports_(reports), now_(std::move(now)) {}

void LookUp::run(const jackgw_sent_message& message) const {
    const Account& account = options_.account_of(view(message.from));
    const std::string url =
        account.url("/Messages/" + percent_encode(view(message.provider_message_id)) + ".json");
    const std::string authorization = account.authorization();
    const std::array headers{plugin::pair("Authorization", authorization),
                             plugin::pair("Accept", "application/json"),
                             plugin::pair("User-Agent", "jackgw-sms")};
    const plugin::HttpAnswer answer = client_.request({.method = "GET", .url = url, .headers = headers});
    if (const auto refusal = refusal_of(answer, account.sid)) throw *refusal;

    const JsonBody body(answer.body);
    std::vector<std::string> values;
    values.reserve(kept.size());
    for (const char* name : kept) {
        const std::int32_t number = body.number(name);
        std::string text = body.text(name);
        values.push_back(text.empty() && number != 0 ? std::to_string(number) : std::move(text));
    }
    std::vector<jackgw_pair> raw;
    for (std::size_t i = 0; i < kept.size(); ++i) raw.push_back(plugin::pair(kept[i], values[i]));

    const std::string word = body.text("status");
    const std::string text = body.text("error_message");
    const std::string from = body.text("from");
    const std::string service = body.text("messaging_service_sid");
    const plugin::Reported reported = reports_.report({.sid = view(message.provider_message_id),
                                                       .word = word,
                                                       .code = body.number("error_code"),
                                                       .message = text,
                                                       .from = from,
                                                       .service = service},
                                                      {}, plugin::pairs(raw), now_());
    if (!reported.ok())
        throw plugin::Failure("the host could not store it: " + reported.error, reported.status);
}

std::optional<plugin::Failure> refusal_of(const plugin::HttpAnswer& answer, std::string_view account_sid) {
    if (answer.result != JACKGW_OK)
        return plugin::Failure("No answer from Twilio: " + answer.error, JACKGW_E_UNAVAILABLE);
    if (answer.status == 200 && !JsonBody(answer.body).text("status").empty()) return std::nullopt;
    const auto said = said_error(answer);
    // Who isn't Twilio can't know: the way there is to be mended, and is no fault of this message's.
    if (!said)
        return plugin::Failure("Twilio does not tell what became of the message: " + describe_foreign(answer),
                               JACKGW_E_UNAVAILABLE);
    if (answer.status == 404)
        return plugin::Failure("Twilio knows no such message in account " + std::string(account_sid) +
                               ": it was deleted there, or another account has sent it");
    // Rate limits and Twilio's own faults pass; wrong credentials are mended by an operator.
    const bool for_now = answer.status == 401 || answer.status == 403 || answer.status == 408 ||
                         answer.status == 429 || answer.status >= 500;
    return plugin::Failure("Twilio does not tell what became of the message (HTTP " +
                               std::to_string(answer.status) + ": " +
                               describe_error(said->code, said->message) + ")",
                           for_now ? JACKGW_E_UNAVAILABLE : JACKGW_E_FAILED);
}

}  // namespace jackgw::sms
