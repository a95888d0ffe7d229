#include "sms/webhooks/inbound.h"

#include <charconv>
#include <map>

#include "sms/recipient.h"
#include "sms/text/segments.h"

namespace jackgw::sms {

namespace {

constexpr std::string_view url_prefix = "MediaUrl";
constexpr std::string_view type_prefix = "MediaContentType";

std::optional<std::uint32_t> index_behind(std::string_view name, std::string_view prefix) {
    if (!name.starts_with(prefix)) return std::nullopt;
    return read_number(name.substr(prefix.size()));
}

/// In the order of their numbers; what NumMedia says is not needed.
std::vector<jackgw_media> read_media(const Parameters& parameters) {
    std::map<std::uint32_t, jackgw_media> by_index;
    for (const Parameter& parameter : parameters) {
        if (const auto url_index = index_behind(parameter.name, url_prefix)) {
            by_index[*url_index].url = plugin::str(parameter.value);
        } else if (const auto type_index = index_behind(parameter.name, type_prefix)) {
            by_index[*type_index].content_type = plugin::str(parameter.value);
        }
    }
    std::vector<jackgw_media> media;
    for (const auto& [index, item] : by_index) {
        if (item.url.length > 0) media.push_back(item);
    }
    return media;
}

std::string_view message_sid(const Parameters& parameters) {
    for (const std::string_view name : {"MessageSid", "SmsMessageSid", "SmsSid"}) {
        const std::string_view sid = value_of(parameters, name);
        if (!sid.empty()) return sid;
    }
    return {};
}

}  // namespace

std::optional<std::uint32_t> read_number(std::string_view text) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

std::optional<InboundMessage> read_inbound(const Parameters& parameters) {
    InboundMessage message;
    message.sid = message_sid(parameters);
    message.from = guest_address(value_of(parameters, "From"));
    if (message.sid.empty() || message.from.empty()) return std::nullopt;
    message.to = value_of(parameters, "To");
    message.service = value_of(parameters, "MessagingServiceSid");
    message.body = value_of(parameters, "Body");
    message.status = value_of(parameters, "SmsStatus");
    message.media = read_media(parameters);
    message.keyword = read_keyword(message.body, value_of(parameters, "OptOutType"), message.to);

    message.encoding = encoding_name(encoding_of(message.body));
    message.segments = read_number(value_of(parameters, "NumSegments")).value_or(0);
    if (message.segments == 0)
        message.segments = message.media.empty() ? segment(message.body).segments() : 1;
    return message;
}

}  // namespace jackgw::sms
