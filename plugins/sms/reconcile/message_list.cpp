#include "sms/reconcile/message_list.h"

#include <utility>

#include "sms/answers/dates.h"
#include "sms/answers/json_body.h"

namespace jackgw::sms {

namespace {

std::optional<ListedMessage> read_message(const JsonBody& item) {
    ListedMessage message;
    message.sid = item.text("sid");
    message.account_sid = item.text("account_sid");
    message.direction = item.text("direction");
    message.from = item.text("from");
    message.to = item.text("to");
    message.service = item.text("messaging_service_sid");
    message.body = item.text("body");
    message.status = item.text("status");
    message.error_code = item.number("error_code");
    message.error_message = item.text("error_message");
    message.media = item.number("num_media");
    message.segments = item.number("num_segments");
    message.sent = read_rfc2822_date(item.text("date_sent"));
    const auto created = read_rfc2822_date(item.text("date_created"));
    // A redacted or a pictures-only message may have no body, and nobody asks for whom a guest's was.
    const bool told = !message.sid.empty() && !message.account_sid.empty() && !message.direction.empty() &&
                      !message.status.empty() && (message.is_inbound() || !message.to.empty());
    if (!created || !told) return std::nullopt;
    message.created = *created;
    return message;
}

}  // namespace

std::optional<ListPage> read_list_page(const std::string& body) {
    const JsonBody json(body);
    // Without a word on the next page it is open whether there is one.
    if (!json.has_list("messages") || !json.has("next_page_uri")) return std::nullopt;
    ListPage page;
    for (const JsonBody& item : json.list("messages")) {
        auto message = read_message(item);
        if (!message) return std::nullopt;
        page.messages.push_back(*std::move(message));
    }
    page.next = json.text("next_page_uri");
    return page;
}

}  // namespace jackgw::sms
