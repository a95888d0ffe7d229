#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jackgw::http {

/// Where an outgoing request goes.
struct Url {
    bool secure = true;
    std::string host;  ///< lower case; an IPv6 address without its brackets
    std::uint16_t port = 443;
    std::string authority;  ///< the Host header: the port left out if it is the scheme's own
    std::string target;     ///< path and query, "/" at least

    /// Requests with the same key may share a connection.
    std::string connection_key() const;
};

/// Reads an absolute URL by the rules for requests to providers: https, or http to "localhost" or a loopback
/// address in figures, since plain text must not leave the machine; no user name or password; no fragment.
/// Nothing if it isn't allowed; `fault` then says why, without the URL's path and query.
std::optional<Url> parse_url(std::string_view text, std::string& fault);

}  // namespace jackgw::http
