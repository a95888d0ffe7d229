#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/defaults.h"

namespace jackgw::config {

/// Where a server listens: a numeric IP address or "localhost", and a port.
struct ListenAddress {
    std::string host = defaults::listen_host;  ///< IPv6 without brackets
    std::uint16_t port = 8080;                 ///< 0: the system chooses one

    bool operator==(const ListenAddress&) const = default;
};

/// "127.0.0.1:8080", "[::1]:8080".
std::string to_string(const ListenAddress& address);

/// Nothing unless the text is ADDRESS:PORT with a numeric IPv4 address, an IPv6 address in brackets, or
/// localhost.
std::optional<ListenAddress> parse_listen_address(std::string_view text);

/// True if only programs on this machine can reach it.
bool is_loopback(const ListenAddress& address);

/// True for a numeric IPv4 or IPv6 address, or a block of them in CIDR form ("10.0.0.0/8").
bool is_address_block(const std::string& text);

/// The parts of an absolute URL. `port` is -1 where the URL names none.
struct Url {
    std::string scheme;  ///< in lower case
    std::string user_info;
    std::string host;  ///< IPv6 without brackets
    int port = -1;
    std::string path;  ///< with its leading slash; empty: none
    bool has_user_info = false;
    bool has_query = false;
    bool has_fragment = false;
};

/// Nothing unless the text is an absolute http or https URL (RFC 3986) with a host.
std::optional<Url> parse_url(std::string_view text);

}  // namespace jackgw::config
