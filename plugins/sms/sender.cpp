#include "sms/sender.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "sms/callback_url.h"
#include "sms/hmac.h"
#include "sms/phone.h"

namespace jackgw::sms {

namespace {

using plugin::view;
using std::chrono::seconds;

constexpr seconds connect_timeout{5};
constexpr seconds total_timeout{15};
constexpr std::uint64_t longest_answer = 262'144;
constexpr std::int64_t longest_validity_s = 36000;

Outcome expired() {
    Outcome outcome;
    outcome.kind = JACKGW_OUTCOME_REJECTED;
    outcome.error_code = "EXPIRED";
    outcome.error_message = "The message expired before it could be sent.";
    return outcome;
}

}  // namespace

Parameters message_form(const jackgw_outgoing& message, std::string_view callback_url,
                        std::int64_t validity_s) {
    Parameters form{{"To", std::string(view(message.to))}};
    const std::string_view from = view(message.from);
    form.push_back({is_messaging_service_sid(from) ? "MessagingServiceSid" : "From", std::string(from)});
    if (message.content.length > 0) form.push_back({"Body", std::string(view(message.content))});
    for (const jackgw_str url : view(message.media_urls))
        form.push_back({"MediaUrl", std::string(view(url))});
    if (!callback_url.empty()) form.push_back({"StatusCallback", std::string(callback_url)});
    if (validity_s > 0) form.push_back({"ValidityPeriod", std::to_string(validity_s)});
    return form;
}

Sender::Sender(const Options& options, std::string_view public_url, const plugin::HttpClient& client, Now now)
    : url_(options.api_base_url + "/2010-04-01/Accounts/" + options.account_sid + "/Messages.json"),
      authorization_("Basic " + base64(options.account_sid + ":" + options.auth_token)),
      callback_url_(options.status_callback_url),
      client_(client),
      now_(std::move(now)) {
    if (callback_url_.empty() && !public_url.empty()) {
        callback_url_ = std::string(public_url) + "/webhooks/twilio/status";
    }
}

Outcome Sender::send(const jackgw_outgoing& message) {
    std::int64_t validity_s = 0;
    if (message.expires_at > 0) {
        // Rounded down: Twilio must not send it when it is worth nothing any more.
        validity_s = (message.expires_at - now_()) / 1'000'000;
        if (validity_s < 1) return expired();
        validity_s = std::min(validity_s, longest_validity_s);
    }
    const std::string callback =
        callback_url_.empty() ? "" : callback_url(callback_url_, view(message.attempt_id));
    const std::string body = encode_form(message_form(message, callback, validity_s));
    const std::array headers{plugin::pair("Authorization", authorization_),
                             plugin::pair("Content-Type", "application/x-www-form-urlencoded"),
                             plugin::pair("Accept", "application/json"),
                             plugin::pair("User-Agent", "jackgw-sms")};
    Outcome outcome = classify(client_.request({.method = "POST",
                                                .url = url_,
                                                .headers = headers,
                                                .body = body,
                                                .connect_timeout = connect_timeout,
                                                .total_timeout = total_timeout,
                                                .max_response_body = longest_answer}));
    note(outcome);
    return outcome;
}

void Sender::note(const Outcome& outcome) {
    const std::lock_guard lock(mutex_);
    if (outcome.kind == JACKGW_OUTCOME_MISCONFIGURED) fault_ = outcome.error_message;
    if (outcome.kind == JACKGW_OUTCOME_ACCEPTED) fault_.clear();
}

std::string Sender::fault() const {
    const std::lock_guard lock(mutex_);
    return fault_;
}

}  // namespace jackgw::sms
