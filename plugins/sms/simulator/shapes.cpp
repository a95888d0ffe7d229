#include "shapes.h"

#include <utility>

#include "dates.h"
#include "json.h"
#include "sms/form.h"

namespace jackgw::sms::simulator {

namespace {

using Poco::Dynamic::Var;

const Var null;  // an empty Var is written as null

Var text_or_null(const std::string& text) {
    return text.empty() ? null : Var(text);
}

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

std::string Shapes::account() const {
    auto object = json_object();
    object.set("sid", account_sid_);
    object.set("friendly_name", "Simulated account");
    object.set("status", "active");
    object.set("type", "Full");
    object.set("owner_account_sid", account_sid_);
    object.set("date_created", to_rfc2822(Time{}));
    object.set("date_updated", to_rfc2822(Time{}));
    auto links = json_object();
    links.set("messages", base_ + "/Messages.json");
    links.set("incoming_phone_numbers", base_ + "/IncomingPhoneNumbers.json");
    object.set("subresource_uris", links);
    object.set("uri", base_ + ".json");
    return to_text(object);
}

std::string Shapes::phone_numbers(const std::set<std::string, std::less<>>& numbers) const {
    Poco::JSON::Array list;
    for (const auto& number : numbers) {
        // Numbers have no SID of their own here: the digits, filled up to the form, serve as one.
        const std::string digits = number.substr(1);
        const std::string sid = "PN" + std::string(32 - digits.size(), '0') + digits;
        auto capabilities = json_object();
        capabilities.set("sms", true);
        capabilities.set("mms", true);
        capabilities.set("voice", false);
        auto object = json_object();
        object.set("sid", sid);
        object.set("account_sid", account_sid_);
        object.set("phone_number", number);
        object.set("friendly_name", number);
        object.set("capabilities", capabilities);
        object.set("uri", base_ + "/IncomingPhoneNumbers/" + sid + ".json");
        list.add(object);
    }
    const std::string uri = base_ + "/IncomingPhoneNumbers.json";
    auto object = json_object();
    object.set("incoming_phone_numbers", list);
    object.set("start", 0);
    object.set("end", numbers.empty() ? 0 : numbers.size() - 1);
    object.set("page", 0);
    object.set("page_size", 50);
    object.set("first_page_uri", uri + "?PageSize=50&Page=0");
    object.set("next_page_uri", null);
    object.set("previous_page_uri", null);
    object.set("uri", uri);
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
