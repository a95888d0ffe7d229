#include "shapes.h"

#include <utility>

#include "dates.h"
#include "json.h"
#include "sms/callback_url.h"
#include "sms/webhooks/form.h"

namespace jackgw::sms::simulator {

namespace {

using Poco::Dynamic::Var;

Poco::JSON::Object object_of(const Message& message, const std::string& account_sid,
                             const std::string& base) {
    const std::string uri = base + "/Messages/" + message.sid;
    // Which sender a service takes, and into how many segments that cuts the text, is known only later.
    const bool undecided = message.status == Status::accepted || message.status == Status::scheduled;
    auto object = json_object();
    object.set("account_sid", account_sid);
    object.set("api_version", "2010-04-01");
    object.set("body", message.body);
    object.set("date_created", to_rfc2822(message.created));
    object.set("date_sent", message.sent ? Var(to_rfc2822(*message.sent)) : null);
    object.set("date_updated", to_rfc2822(message.updated));
    object.set("direction", std::string(to_word(message.direction)));
    object.set("error_code", message.error_code ? Var(*message.error_code) : null);
    object.set("error_message", message.error_code ? Var(delivery_error_text(*message.error_code)) : null);
    object.set("from", text_or_null(message.from));
    object.set("messaging_service_sid", text_or_null(message.messaging_service_sid));
    object.set("num_media", std::to_string(message.media_urls.size()));
    object.set("num_segments", undecided ? "0" : std::to_string(message.segments));
    object.set("price", null);
    object.set("price_unit", "USD");
    object.set("sid", message.sid);
    object.set("status", std::string(to_word(message.status)));
    auto links = json_object();
    links.set("media", uri + "/Media.json");
    object.set("subresource_uris", links);
    object.set("to", message.to);
    object.set("uri", uri + ".json");
    return object;
}

/// Which attempt of the gateway's made the message: its callback URL says so.
std::string attempt_of_callback(const std::string& url) {
    const auto query = url.find('?');
    if (query == std::string::npos) return {};
    return attempt_of(std::string_view(url).substr(query + 1, url.find('#', query) - query - 1));
}

}  // namespace

Shapes::Shapes(std::string account_sid)
    : account_sid_(std::move(account_sid)), base_("/2010-04-01/Accounts/" + account_sid_) {}

std::string Shapes::message(const Message& message) const {
    return to_text(object_of(message, account_sid_, base_));
}

std::string Shapes::messages_with_media(const std::vector<Message>& messages) const {
    Poco::JSON::Array list;
    for (const Message& message : messages) {
        auto item = object_of(message, account_sid_, base_);
        item.set("media_urls", json_array(message.media_urls));
        item.set("status_callback", text_or_null(message.status_callback));
        item.set("attempt", text_or_null(attempt_of_callback(message.status_callback)));
        list.add(item);
    }
    auto object = json_object();
    object.set("messages", list);
    return to_text(object);
}

std::string Shapes::message_page(const MessagePage& page, const std::string& query, std::size_t page_size,
                                 std::size_t number) const {
    const auto uri = [&](std::size_t wanted, const std::string& token) {
        std::string text = base_ + "/Messages.json?" + query + (query.empty() ? "" : "&");
        text += "PageSize=" + std::to_string(page_size) + "&Page=" + std::to_string(wanted);
        return token.empty() ? text : text + "&PageToken=PA" + token;
    };
    Poco::JSON::Array messages;
    for (const Message& item : page.messages) messages.add(object_of(item, account_sid_, base_));
    const std::size_t start = number * page_size;
    auto object = json_object();
    object.set("end", start + (page.messages.empty() ? 0 : page.messages.size() - 1));
    object.set("first_page_uri", uri(0, {}));
    object.set("next_page_uri", page.more ? Var(uri(number + 1, page.messages.back().sid)) : null);
    object.set("page", number);
    object.set("page_size", page_size);
    object.set("previous_page_uri", null);
    object.set("messages", messages);
    object.set("start", start);
    object.set("uri", uri(number, {}));
    return to_text(object);
}

std::string Shapes::error(const ApiError& error) {
    auto object = json_object();
    object.set("code", error.code);
    object.set("message", error.message);
    object.set("more_info", "https://www.twilio.com/docs/errors/" + std::to_string(error.code));
    object.set("status", error.http_status);
    return to_text(object);
}

}  // namespace jackgw::sms::simulator
