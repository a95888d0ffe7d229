#include "config/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

namespace jackgw::config {

namespace {

bool is_address(int family, const std::string& text) {
    std::array<unsigned char, sizeof(in6_addr)> bytes{};
    return inet_pton(family, text.c_str(), bytes.data()) == 1;
}

std::optional<std::uint16_t> parse_number(std::string_view text) {
    std::uint16_t port = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
    return port;
}

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_host_name(std::string_view text) {
    return !text.empty() && text.size() <= 253 && is_alphanumeric(text.front()) && text.front() != '.' &&
           std::all_of(text.begin(), text.end(),
                       [](char c) { return is_alphanumeric(c) || c == '-' || c == '.'; });
}

/// What RFC 3986 allows in paths, queries and fragments, delimiters included.
bool is_url_character(char c) {
    return is_alphanumeric(c) ||
           std::string_view("-._~:/?#[]@!$&'()*+,;=%").find(c) != std::string_view::npos;
}

/// Host and port, e.g. "api.example.com", "10.0.0.1:81", "[::1]:8080".
bool parse_authority(std::string_view text, Url& url) {
    std::string_view port;
    bool has_port = false;
    if (text.starts_with('[')) {
        const auto close = text.find(']');
        if (close == std::string_view::npos) return false;
        url.host = text.substr(1, close - 1);
        if (!is_address(AF_INET6, url.host)) return false;
        const std::string_view rest = text.substr(close + 1);
        has_port = !rest.empty();
        if (has_port && rest.front() != ':') return false;
        if (has_port) port = rest.substr(1);
    } else {
        const auto colon = text.find(':');
        has_port = colon != std::string_view::npos;
        url.host = text.substr(0, colon);
        if (has_port) port = text.substr(colon + 1);
        if (!is_host_name(url.host)) return false;
    }
    if (!has_port) return true;
    const auto number = parse_number(port);
    if (!number || *number == 0) return false;
    url.port = *number;
    return true;
}

}  // namespace

std::string to_string(const ListenAddress& address) {
    const bool is_v6 = address.host.find(':') != std::string::npos;
    return (is_v6 ? "[" + address.host + "]" : address.host) + ":" + std::to_string(address.port);
}

std::optional<ListenAddress> parse_listen_address(std::string_view text) {
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos) return std::nullopt;
    const auto port = parse_number(text.substr(colon + 1));
    std::string host(text.substr(0, colon));
    if (!port) return std::nullopt;
    if (host.starts_with('[') && host.ends_with(']')) {
        host = host.substr(1, host.size() - 2);
        if (!is_address(AF_INET6, host)) return std::nullopt;
    } else if (host != "localhost" && !is_address(AF_INET, host)) {
        return std::nullopt;
    }
    return ListenAddress{host, *port};
}

bool is_loopback(const ListenAddress& address) {
    if (address.host == "localhost") return true;
    in_addr v4{};
    if (inet_pton(AF_INET, address.host.c_str(), &v4) == 1) return ntohl(v4.s_addr) >> 24 == 127;
    in6_addr v6{};
    return inet_pton(AF_INET6, address.host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

bool is_address_block(const std::string& text) {
    const auto slash = text.find('/');
    const std::string address = text.substr(0, slash);
    const bool is_v4 = is_address(AF_INET, address);
    if (!is_v4 && !is_address(AF_INET6, address)) return false;
    if (slash == std::string::npos) return true;
    const auto bits = parse_number(std::string_view(text).substr(slash + 1));
    return bits && *bits <= (is_v4 ? 32 : 128);
}

std::optional<Url> parse_url(std::string_view text) {
    if (text.size() > 2048 || !std::all_of(text.begin(), text.end(), is_url_character)) return std::nullopt;
    const auto separator = text.find("://");
    if (separator == std::string_view::npos) return std::nullopt;
    Url url;
    url.scheme = text.substr(0, separator);
    std::transform(url.scheme.begin(), url.scheme.end(), url.scheme.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    if (url.scheme != "http" && url.scheme != "https") return std::nullopt;

    std::string_view rest = text.substr(separator + 3);
    const auto end = std::min(rest.find_first_of("/?#"), rest.size());
    std::string_view authority = rest.substr(0, end);
    rest.remove_prefix(end);
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) {
        url.has_user_info = true;
        url.user_info = authority.substr(0, at);
        authority.remove_prefix(at + 1);
    }
    if (!parse_authority(authority, url)) return std::nullopt;

    const auto fragment = rest.find('#');
    url.has_fragment = fragment != std::string_view::npos;
    rest = rest.substr(0, fragment);
    const auto query = rest.find('?');
    url.has_query = query != std::string_view::npos;
    url.path = rest.substr(0, query);
    return url;
}

}  // namespace jackgw::config
