#include "http/outgoing/url.h"

#include <algorithm>

#include "http/wire/ip_address.h"
#include "http/wire/syntax.h"

namespace jackgw::http {

namespace {

constexpr std::uint16_t plain_port = 80;
constexpr std::uint16_t secure_port = 443;

bool is_host_name(std::string_view name) {
    return !name.empty() && name.size() <= 253 && name.front() != '.' && name.front() != '-' &&
           std::all_of(name.begin(), name.end(), [](char c) {
               return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_';
           });
}

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return result;
}

// Splits "host:port" or "[v6]:port"; false if malformed.
bool parse_authority(std::string_view authority, Url& url) {
    std::string_view port;
    if (!authority.empty() && authority.front() == '[') {
        const auto end = authority.find(']');
        if (end == std::string_view::npos) return false;
        url.host = lower(authority.substr(1, end - 1));
        if (url.host.find(':') == std::string::npos || !IpAddress::parse(url.host)) return false;
        port = authority.substr(end + 1);
    } else {
        const auto colon = authority.find(':');
        url.host = lower(authority.substr(0, colon));
        if (!is_host_name(url.host)) return false;
        if (colon != std::string_view::npos) port = authority.substr(colon);
    }
    if (port.empty()) return true;
    const auto number = parse_decimal(port.substr(1));
    if (port.front() != ':' || !number || *number == 0 || *number > 65535) return false;
    url.port = static_cast<std::uint16_t>(*number);
    return true;
}

}  // namespace

std::string Url::connection_key() const {
    return (secure ? "https://" : "http://") + host + " " + std::to_string(port);
}

std::optional<Url> parse_url(std::string_view text, std::string& fault) {
    const auto refuse = [&](std::string why) {
        fault = std::move(why);
        return std::nullopt;
    };
    Url url;
    const auto scheme = text.substr(0, text.find("://"));
    if (equals_ignoring_case(scheme, "https")) {
        url.port = secure_port;
    } else if (equals_ignoring_case(scheme, "http")) {
        url.secure = false;
        url.port = plain_port;
    } else {
        return refuse("the URL is neither https:// nor http://");
    }
    const bool printable =
        std::all_of(text.begin(), text.end(), [](unsigned char c) { return c > 0x20 && c < 0x7f; });
    if (!printable)
        return refuse("the URL holds a space, a control or a non-ASCII character; escape it as %XX");
    if (text.find('#') != std::string_view::npos) return refuse("the URL has a fragment");

    const auto rest = text.substr(std::min(text.size(), scheme.size() + 3));
    const auto end = rest.find_first_of("/?");
    const auto authority = rest.substr(0, end);
    if (authority.find('@') != std::string_view::npos) return refuse("the URL holds a user name or password");
    if (!parse_authority(authority, url)) return refuse("the URL's host or port is malformed");

    const auto address = IpAddress::parse(url.host);
    if (!url.secure && url.host != "localhost" && !(address && address->is_loopback())) {
        return refuse("plain http is allowed to this machine only, not to " + url.host + "; use https");
    }
    url.target = end == std::string_view::npos ? "/" : std::string(rest.substr(end));
    if (url.target.front() == '?') url.target.insert(0, "/");

    const bool v6 = url.host.find(':') != std::string::npos;
    url.authority = v6 ? "[" + url.host + "]" : url.host;
    if (url.port != (url.secure ? secure_port : plain_port)) url.authority += ":" + std::to_string(url.port);
    return url;
}

}  // namespace jackgw::http
