#include "sms/answers/provider_answer.h"

#include <algorithm>

#include "sms/answers/json_body.h"

namespace jackgw::sms {

namespace {

/// The media type alone, as far as it looks like one: the header is a stranger's.
std::string content_type(const plugin::HttpAnswer& answer) {
    constexpr std::size_t longest = 60;
    std::string_view type = answer.header("Content-Type").value_or(std::string_view{});
    type = type.substr(0, type.find_first_of("; "));
    const bool plain = !type.empty() && type.size() <= longest && std::ranges::all_of(type, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '/' ||
               c == '-' || c == '+' || c == '.';
    });
    return plain ? std::string(type) : "no content type";
}

}  // namespace

std::optional<SaidError> said_error(const plugin::HttpAnswer& answer) {
    // Twilio's codes have five digits; more are left to the future, fewer are HTTP statuses and others'
    // codes.
    constexpr std::int64_t least_code = 10'000;
    constexpr std::int64_t most_code = 9'999'999;
    if (answer.result != JACKGW_OK || answer.status < 400) return std::nullopt;
    const JsonBody body(answer.body);
    const auto code = body.integer("code");
    if (!code || *code < least_code || *code > most_code) return std::nullopt;
    const bool has_status = body.integer("status").has_value();
    const bool classic = body.has_text("message") && (has_status || body.has_text("more_info"));
    const bool problem_details = body.has_text("title") && (has_status || body.has_text("type"));
    if (!classic && !problem_details) return std::nullopt;
    return SaidError{static_cast<std::int32_t>(*code), body.message()};
}

std::string describe_foreign(const plugin::HttpAnswer& answer) {
    return "HTTP " + std::to_string(answer.status) + " (" + content_type(answer) + ", " +
           std::to_string(answer.body.size()) +
           " bytes) is no answer of Twilio's: check api_base_url, proxies and captive portals";
}

}  // namespace jackgw::sms
