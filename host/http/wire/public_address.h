#pragma once

#include <string>

#include "http/wire/ip_address.h"

namespace jackgw::http {

/// True if an address belongs to the public internet, by IANA's registries of special-purpose addresses (RFC
/// 6890): not this machine, a private, shared or local network, multicast, documentation or measurement. An
/// IPv6 address that stands for an IPv4 one is judged by that one; what is no address is not public.
bool is_public(const IpAddress& address);

/// The same for an address in figures.
bool is_public_address(const std::string& text);

}  // namespace jackgw::http
