#include "http/wire/public_address.h"

#include <algorithm>
#include <array>

namespace jackgw::http {

namespace {

IpNetwork network(const char* text) {
    return IpNetwork::parse(text).value();
}

bool within_any(const auto& networks, const IpAddress& address) {
    return std::ranges::any_of(networks, [&](const IpNetwork& one) { return one.contains(address); });
}

bool is_public_v4(const IpAddress& address) {
    static const std::array special{
        network("0.0.0.0/8"),        // this network
        network("10.0.0.0/8"),       // private
        network("100.64.0.0/10"),    // shared by a provider's customers (CGNAT)
        network("127.0.0.0/8"),      // loopback
        network("169.254.0.0/16"),   // link-local, where clouds answer for a machine's credentials
        network("172.16.0.0/12"),    // private
        network("192.0.0.0/24"),     // protocol assignments
        network("192.0.2.0/24"),     // documentation
        network("192.88.99.0/24"),   // 6to4 relays
        network("192.168.0.0/16"),   // private
        network("198.18.0.0/15"),    // benchmarking
        network("198.51.100.0/24"),  // documentation
        network("203.0.113.0/24"),   // documentation
        network("224.0.0.0/4"),      // multicast
        network("240.0.0.0/4"),      // reserved, broadcast
    };
    return !within_any(special, address);
}

bool is_public_v6(const IpAddress& address) {
    // Global unicast is what IANA gives out; everything else is special or not given out yet.
    static const IpNetwork global = network("2000::/3");
    static const std::array special{
        network("2001::/23"),      // protocol assignments: Teredo, benchmarking, ORCHID
        network("2001:db8::/32"),  // documentation
        network("2002::/16"),      // 6to4: an IPv4 address in the middle
        network("3fff::/20"),      // documentation
    };
    return global.contains(address) && !within_any(special, address);
}

}  // namespace

bool is_public(const IpAddress& address) {
    static const IpNetwork nat64 =
        network("64:ff9b::/96");  // how a network without IPv4 reaches it (RFC 6052)
    if (address.is_v4()) return is_public_v4(address);
    if (nat64.contains(address)) return is_public_v4(address.last_four());
    return is_public_v6(address);
}

bool is_public_address(const std::string& text) {
    const auto address = IpAddress::parse(text);
    return address && is_public(*address);
}

}  // namespace jackgw::http
