#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "clock.h"
#include "errors.h"
#include "sms/webhooks/form.h"

namespace jackgw::sms::simulator {

/// The parameters of a request to create a message, as far as they are known here.
struct CreateRequest {
    std::string to, from, messaging_service_sid, body, content_sid;
    std::vector<std::string> media_urls;
    std::string status_callback, validity_period, schedule_type, send_at;
    std::string smart_encoded;  ///< "true": look-alikes are replaced before the text is cut into segments
};

/// Picks the known parameters out of the form; of a name given twice the last counts, except MediaUrl, which
/// is a list.
CreateRequest read_create_request(const Parameters& form);

/// Who may send: the account's numbers and messaging services.
struct Senders {
    std::set<std::string, std::less<>> numbers;
    std::set<std::string, std::less<>> services;
};

/// What the REST API would object to, or nothing (Twilio's documentation of the Messages resource, the magic
/// numbers of test credentials included). Opt-outs are no matter of the request's form: the account knows
/// them. Pure.
std::optional<ApiError> check(const CreateRequest& request, const Senders& senders, Time now);

/// True for +1500555…: the test credentials' numbers, for which no callbacks are made.
bool is_magic(std::string_view number);

}  // namespace jackgw::sms::simulator
