#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace jackgw::sms {

/// An absolute http or https URL, taken apart. Views into the text that it was read from.
struct UrlParts {
    std::string_view scheme;     ///< "https" or "http"
    std::string_view origin;     ///< scheme, host and port as written
    std::string_view user_info;  ///< before '@'
    std::string_view host;       ///< without port; an IPv6 address with its brackets
    std::string_view port;       ///< digits; empty: the scheme's own
    std::string_view path;       ///< with its slash, without the query; may be empty
};

/// Nothing for what is no absolute http or https URL in visible ASCII. Scheme and host must be in lower case,
/// as providers write them.
std::optional<UrlParts> read_url(std::string_view url);

/// True if a user name or password stands in it, also where it is no URL otherwise.
bool has_user_info(std::string_view url);

/// Where a Location of an answer to `url` leads: absolute URLs, those without a scheme and those without a
/// host. Nothing for others.
std::optional<std::string> follow(std::string_view url, std::string_view location);

/// The last part of a path behind its dot, in lower case; empty: it has none.
std::string extension_of(std::string_view path);

}  // namespace jackgw::sms
