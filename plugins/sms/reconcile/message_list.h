#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jackgw::sms {

/// A message as the account's list shows it. Times are microseconds since 1970, UTC.
struct ListedMessage {
    std::string sid;
    std::string account_sid;
    std::string direction;  ///< "outbound-api" if it was made by a request such as ours
    std::string from;       ///< empty while a messaging service hasn't chosen yet
    std::string to;
    std::string service;  ///< the messaging service that it was sent by; may be empty
    std::string body;
    std::string status;
    std::int32_t error_code = 0;
    std::string error_message;
    std::int32_t media = 0;
    std::int32_t segments = 0;
    std::int64_t created = 0;
    std::optional<std::int64_t> sent{};  ///< nothing while it is queued

    bool is_inbound() const { return direction == "inbound"; }
};

struct ListPage {
    std::vector<ListedMessage> messages;  ///< latest first
    std::string next;  ///< path and query of the page that follows; empty: this is the last
};

/// A page of GET Messages.json (Twilio's documentation of the Messages resource). Nothing: it isn't one, or
/// lacks something of a message that tells it from others. Pure.
std::optional<ListPage> read_list_page(const std::string& body);

}  // namespace jackgw::sms
