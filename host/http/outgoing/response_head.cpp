#include "http/outgoing/response_head.h"

#include "http/wire/fields.h"
#include "http/wire/syntax.h"

namespace jackgw::http {

namespace {

// "HTTP/1.1 200 OK", the reason may be missing.
bool parse_status_line(std::string_view line, ResponseHead& out) {
    if (line.substr(0, 7) != "HTTP/1." || line.size() < 12 || line[8] != ' ') return false;
    if (line[7] != '0' && line[7] != '1') return false;
    out.keep_alive = line[7] == '1';
    const auto status = parse_decimal(line.substr(9, 3));
    if (!status || *status < 100 || *status > 599 || (line.size() > 12 && line[12] != ' ')) return false;
    out.status = static_cast<int>(*status);
    return true;
}

// "timeout=5, max=100"
std::optional<std::chrono::seconds> parse_keep_alive(std::string_view value) {
    constexpr std::string_view key = "timeout=";
    const auto at = value.find(key);
    if (at == std::string_view::npos) return std::nullopt;
    const auto rest = value.substr(at + key.size());
    const auto seconds = parse_decimal(trim(rest.substr(0, rest.find_first_of(",;"))));
    if (!seconds || *seconds > 86'400) return std::nullopt;
    return std::chrono::seconds{*seconds};
}

bool parse_framing(ResponseHead& out, bool bodiless) {
    std::optional<std::uint64_t> length;
    bool encoded = false;
    for (const auto& [name, value] : out.headers) {
        if (equals_ignoring_case(name, "Content-Length")) {
            const auto announced = parse_decimal(value);
            if (!announced || (length && *length != *announced)) return false;
            length = announced;
        } else if (equals_ignoring_case(name, "Transfer-Encoding")) {
            if (encoded || !equals_ignoring_case(value, "chunked")) return false;
            encoded = true;
        } else if (equals_ignoring_case(name, "Connection")) {
            if (list_contains(value, "close")) {
                out.keep_alive = false;
            } else if (list_contains(value, "keep-alive")) {
                out.keep_alive = true;
            }
        } else if (equals_ignoring_case(name, "Keep-Alive")) {
            out.idle_limit = parse_keep_alive(value);
        }
    }
    if (bodiless) return true;
    if (encoded) {
        out.body = ResponseHead::Body::chunked;
        if (length)
            out.keep_alive = false;  // RFC 9112, 6.3: take the chunks, trust the connection no further
    } else if (length) {
        out.body = ResponseHead::Body::sized;
        out.length = *length;
    } else {
        out.body = ResponseHead::Body::until_close;
        out.keep_alive = false;
    }
    return true;
}

}  // namespace

std::optional<ResponseHead> parse_response_head(std::string_view head, std::string_view method) {
    const auto end = head.find("\r\n");
    ResponseHead out;
    if (end == std::string_view::npos || !parse_status_line(head.substr(0, end), out)) return std::nullopt;
    if (parse_fields(head.substr(end + 2), out.headers, 200) != FieldFault::none) return std::nullopt;
    if (out.status == 101) return std::nullopt;  // another protocol, which nobody asked for
    const bool bodiless = out.is_interim() || out.status == 204 || out.status == 304 || method == "HEAD";
    if (!parse_framing(out, bodiless)) return std::nullopt;
    return out;
}

}  // namespace jackgw::http
