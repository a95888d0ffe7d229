#include "http/edge/request_head.h"

#include <algorithm>

#include "http/wire/fields.h"
#include "http/wire/syntax.h"

namespace jackgw::http {

namespace {

// Escapes must be whole, and NUL is nothing that a path can hold.
bool is_path(std::string_view path) {
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] != '%') continue;
        if (i + 2 >= path.size() || hex_value(path[i + 1]) < 0 || hex_value(path[i + 2]) < 0) return false;
        if (path[i + 1] == '0' && path[i + 2] == '0') return false;
    }
    return true;
}

bool parse_target(std::string_view target, Request& request) {
    const bool printable = std::all_of(target.begin(), target.end(),
                                       [](unsigned char c) { return c > 0x20 && c < 0x7f && c != '#'; });
    if (target.empty() || !printable) return false;
    if (target.substr(0, 7) == "http://" || target.substr(0, 8) == "https://") {
        // The absolute form, which a server must take: authority and path are apart.
        const auto path = target.find('/', target.find("//") + 2);
        target = path == std::string_view::npos ? std::string_view("/") : target.substr(path);
    }
    const bool asterisk = target == "*" && request.method == "OPTIONS";
    if (target.front() != '/' && !asterisk) return false;
    const auto question = target.find('?');
    request.target = target;
    request.path = target.substr(0, question);
    if (question != std::string_view::npos) request.query = target.substr(question + 1);
    return is_path(request.path);
}

int parse_first_line(std::string_view line, RequestHead& out) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return 400;
    const auto method = line.substr(0, first);
    const auto version = line.substr(last + 1);
    if (!is_token(method)) return 400;
    out.request.method = method;
    if (!parse_target(line.substr(first + 1, last - first - 1), out.request)) return 400;

    if (version == "HTTP/1.1") return 0;
    out.keep_alive = false;
    out.http_1_0 = version == "HTTP/1.0";
    if (out.http_1_0) return 0;
    return version.substr(0, 5) == "HTTP/" ? 505 : 400;
}

bool is_host(std::string_view host) {
    return std::all_of(host.begin(), host.end(), [](unsigned char c) {
        return c > 0x20 && c < 0x7f &&
               std::string_view("/\\?#@,\"<>").find(static_cast<char>(c)) == std::string_view::npos;
    });
}

// The headers that say where the request ends and what becomes of the connection.
int parse_framing(RequestHead& out) {
    std::size_t hosts = 0;
    std::size_t encodings = 0;
    std::size_t lengths = 0;
    for (const auto& [name, value] : out.request.headers) {
        if (equals_ignoring_case(name, "Host")) {
            ++hosts;
            if (!is_host(value)) return 400;
        } else if (equals_ignoring_case(name, "Content-Length")) {
            ++lengths;
            out.length = parse_decimal(value);
            if (!out.length) return 400;
        } else if (equals_ignoring_case(name, "Transfer-Encoding")) {
            ++encodings;
            out.chunked = equals_ignoring_case(value, "chunked");
        } else if (equals_ignoring_case(name, "Connection")) {
            if (list_contains(value, "close")) {
                out.keep_alive = false;
            } else if (out.http_1_0 && list_contains(value, "keep-alive")) {
                out.keep_alive = true;
            }
        } else if (equals_ignoring_case(name, "Expect")) {
            if (!equals_ignoring_case(value, "100-continue")) return 417;
            out.expects_continue = !out.http_1_0;
        }
    }
    if (hosts > 1 || (hosts == 0 && !out.http_1_0)) return 400;
    if (lengths > 1 || encodings > 1 || (lengths > 0 && encodings > 0)) return 400;
    if (encodings > 0 && out.http_1_0) return 400;
    if (encodings > 0 && !out.chunked) return 501;
    return 0;
}

}  // namespace

int parse_request_head(std::string_view head, RequestHead& out) {
    const auto end = head.find("\r\n");
    if (end == std::string_view::npos) return 400;
    if (const int status = parse_first_line(head.substr(0, end), out); status != 0) return status;

    out.request.headers.reserve(16);
    switch (parse_fields(head.substr(end + 2), out.request.headers)) {
        case FieldFault::malformed:
            return 400;
        case FieldFault::too_many:
            return 431;
        case FieldFault::none:
            break;
    }
    if (const int status = parse_framing(out); status != 0) return status;

    const auto& method = out.request.method;
    const bool carries_body = method == "POST" || method == "PUT" || method == "PATCH";
    return carries_body && !out.length && !out.chunked ? 411 : 0;
}

}  // namespace jackgw::http
