#include "http/outgoing/request_text.h"

#include <algorithm>
#include <array>

#include "http/wire/syntax.h"

namespace jackgw::http {

namespace {

constexpr std::chrono::milliseconds longest{60'000};

// They say where the request goes and ends and what becomes of the connection.
constexpr std::array<std::string_view, 9> own_headers{
    "Host",    "Content-Length", "Connection", "Transfer-Encoding", "Keep-Alive", "TE",
    "Trailer", "Upgrade",        "Expect"};

bool in_range(std::chrono::milliseconds timeout) {
    return timeout.count() > 0 && timeout <= longest;
}

}  // namespace

std::string request_fault(const ClientRequest& request) {
    if (!is_token(request.method) || request.method == "CONNECT" || request.method == "TRACE") {
        return "the method is malformed or not allowed";
    }
    if (!in_range(request.connect_timeout) || !in_range(request.total_timeout)) {
        return "a time-out is outside of 1…60000 ms";
    }
    for (const auto& [name, value] : request.headers) {
        if (!is_token(name)) return "a header's name is malformed";
        if (!is_field_value(value))
            return "the header " + name + " holds a line break or another control character";
        const bool own = std::any_of(own_headers.begin(), own_headers.end(), [&header = name](auto other) {
            return equals_ignoring_case(header, other);
        });
        if (own) return "the header " + name + " is set by the host";
    }
    return {};
}

std::string request_text(const ClientRequest& request, const Url& url, std::string_view user_agent) {
    std::string text;
    text.reserve(512 + url.target.size() + request.body.size());
    text.append(request.method)
        .append(" ")
        .append(url.target)
        .append(" HTTP/1.1\r\nHost: ")
        .append(url.authority);
    text.append("\r\n");
    if (!user_agent.empty() && !find_header(request.headers, "User-Agent")) {
        text.append("User-Agent: ").append(user_agent).append("\r\n");
    }
    for (const auto& [name, value] : request.headers)
        text.append(name).append(": ").append(value).append("\r\n");
    const bool carries_body =
        request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (carries_body || !request.body.empty()) {
        text.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
    }
    return text.append("\r\n").append(request.body);
}

}  // namespace jackgw::http
