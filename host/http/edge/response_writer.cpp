#include "http/edge/response_writer.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "http/answers.h"
#include "http/wire/syntax.h"

namespace jackgw::http {

namespace {

constexpr std::array<std::string_view, 5> own_headers{"Content-Length", "Connection", "Transfer-Encoding",
                                                      "Date", "Keep-Alive"};

bool is_own(std::string_view name) {
    return std::any_of(own_headers.begin(), own_headers.end(),
                       [&](auto own) { return equals_ignoring_case(own, name); });
}

// "Sun, 22 Nov 2026 16:38:14 GMT" (RFC 9110, 5.6.7).
void append_date(Timestamp now, std::string& out) {
    static constexpr std::array days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto day = std::chrono::floor<std::chrono::days>(now);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(std::chrono::floor<std::chrono::seconds>(now - day));
    char text[64];
    const int length =
        std::snprintf(text, sizeof text, "%s, %02u %s %04d %02d:%02d:%02d GMT",
                      days[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
                      months[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
                      static_cast<int>(time.hours().count()), static_cast<int>(time.minutes().count()),
                      static_cast<int>(time.seconds().count()));
    out.append(text, static_cast<std::size_t>(length));
}

bool has_content(int status) {
    return status != 204 && status != 304;
}

}  // namespace

bool is_sendable(const Response& response) {
    return response.status >= 200 && response.status <= 599 &&
           std::all_of(response.headers.begin(), response.headers.end(), [](const auto& header) {
               return is_token(header.name) && is_field_value(header.value);
           });
}

bool sends_body(const Response& response, const Framing& framing) {
    return !framing.head_request && has_content(response.status);
}

void write_response_head(const Response& response, std::uint64_t length, const Framing& framing,
                         Timestamp now, std::string& out) {
    out.assign("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    out.append(reason_phrase(response.status)).append("\r\nDate: ");
    append_date(now, out);
    out.append("\r\n");
    for (const auto& [name, value] : response.headers) {
        if (!is_own(name)) out.append(name).append(": ").append(value).append("\r\n");
    }
    if (has_content(response.status)) {
        if (!framing.chunked) {
            out.append("Content-Length: ").append(std::to_string(length)).append("\r\n");
        } else if (!framing.http_1_0) {
            out.append("Transfer-Encoding: chunked\r\n");
        }
    }
    if (framing.close) {
        out.append("Connection: close\r\n");
    } else if (framing.http_1_0) {
        out.append("Connection: keep-alive\r\n");
    }
    out.append("\r\n");
}

}  // namespace jackgw::http
