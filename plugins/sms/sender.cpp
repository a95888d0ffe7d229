#include "sms/sender.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>

#include "sms/callback_url.h"
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

Sender::Sender(Options options, std::string_view public_url, const plugin::HttpClient& client, Now now)
    : options_(std::move(options)),
      callback_url_(options_.status_callback_url),
      client_(client),
      now_(std::move(now)) {
    if (callback_url_.empty() && !public_url.empty()) {
        // Without the fragment Twilio reports once, whatever the answer (Twilio's documentation of messaging
        // webhooks).
        callback_url_ = std::string(public_url) + "/webhooks/twilio/status#rc=3&rp=all";
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
    Parameters form = message_form(message, callback, validity_s);
    if (options_.text.smart_encoding) form.push_back({"SmartEncoded", "true"});
    const std::string body = encode_form(form);
    const Account& account = options_.account_of(view(message.from));
    const std::string url = account.url("/Messages.json");
    const std::string authorization = account.authorization();
    const std::array headers{plugin::pair("Authorization", authorization),
                             plugin::pair("Content-Type", "application/x-www-form-urlencoded"),
                             plugin::pair("Accept", "application/json"),
                             plugin::pair("User-Agent", "jackgw-sms")};
    Outcome outcome = classify(client_.request({.method = "POST",
                                                .url = url,
                                                .headers = headers,
                                                .body = body,
                                                .connect_timeout = connect_timeout,
                                                .total_timeout = total_timeout,
                                                .max_response_body = longest_answer}),
                               now_());
    if ((outcome.flags & JACKGW_FAILURE_OPTED_OUT) != 0) {
        for (const std::string_view scope : options_.senders.scopes(view(message.from), {}, account.sid))
            outcome.opt_out_scopes.emplace_back(scope);
    }
    note(view(message.from), account, outcome);
    return outcome;
}

void Sender::note(std::string_view from, const Account& account, const Outcome& outcome) {
    // Whoever else is refused, it is Twilio that answers again.
    const bool reached = outcome.kind == JACKGW_OUTCOME_ACCEPTED || outcome.concerns != Concerns::channel;
    if (reached) faults_.clear(FaultScope::channel, {});
    if (outcome.kind == JACKGW_OUTCOME_ACCEPTED) {
        faults_.clear(FaultScope::account, account.sid);
        faults_.clear(FaultScope::sender, from);
    }
    const bool is_fault = outcome.kind == JACKGW_OUTCOME_MISCONFIGURED ||
                          (outcome.kind == JACKGW_OUTCOME_REFUSED_FOR_NOW && !reached);
    if (!is_fault) return;
    if (outcome.concerns == Concerns::channel) {
        faults_.note(FaultScope::channel, {}, outcome.error_message);
    } else if (outcome.concerns == Concerns::account) {
        faults_.note(FaultScope::account, account.sid,
                     "account " + account.sid + ": " + outcome.error_message);
    } else {
        faults_.note(FaultScope::sender, from,
                     std::string(from) + " of account " + account.sid + ": " + outcome.error_message);
    }
}

}  // namespace jackgw::sms
