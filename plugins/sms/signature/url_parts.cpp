#include "sms/signature/url_parts.h"

#include <algorithm>

namespace jackgw::sms {

std::optional<UrlParts> read_url(std::string_view url) {
    UrlParts parts;
    const std::size_t colon = url.find("://");
    parts.scheme = url.substr(0, std::min(colon, url.size()));
    if (colon == std::string_view::npos || (parts.scheme != "https" && parts.scheme != "http"))
        return std::nullopt;
    if (!std::ranges::all_of(url, [](char c) { return c > ' ' && c < 0x7f; })) return std::nullopt;

    const std::size_t begin = colon + 3;
    const std::size_t end = std::min(url.find_first_of("/?#", begin), url.size());
    parts.origin = url.substr(0, end);
    std::string_view authority = url.substr(begin, end - begin);
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        parts.user_info = authority.substr(0, at);
        authority.remove_prefix(at + 1);
    }
    const std::size_t host_end = authority.starts_with('[') ? authority.find(']') + 1
                                                            : std::min(authority.find(':'), authority.size());
    parts.host = authority.substr(0, host_end);
    parts.port = authority.substr(host_end);
    if (parts.host.empty()) return std::nullopt;
    if (!parts.port.empty()) {
        if (parts.port.front() != ':') return std::nullopt;
        parts.port.remove_prefix(1);
    }
    const std::string_view rest = url.substr(end);
    parts.path = rest.substr(0, std::min(rest.find_first_of("?#"), rest.size()));
    return parts;
}

bool has_user_info(std::string_view url) {
    const std::size_t slashes = url.find("//");
    if (slashes == std::string_view::npos) return false;
    const std::string_view rest = url.substr(slashes + 2);
    return rest.substr(0, rest.find_first_of("/?#")).find('@') != std::string_view::npos;
}

std::optional<std::string> follow(std::string_view url, std::string_view location) {
    const auto from = read_url(url);
    location = location.substr(0, std::min(location.find('#'), location.size()));
    if (!from || location.empty()) return std::nullopt;
    if (location.starts_with("//")) return std::string(from->scheme).append(":").append(location);
    if (location.starts_with('/')) return std::string(from->origin).append(location);
    if (!read_url(location)) return std::nullopt;
    return std::string(location);
}

std::string extension_of(std::string_view path) {
    const std::string_view name = path.substr(path.rfind('/') + 1);
    const std::size_t dot = name.rfind('.');
    if (dot == std::string_view::npos) return {};
    std::string extension(name.substr(dot + 1));
    std::ranges::transform(extension, extension.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return extension;
}

}  // namespace jackgw::sms
