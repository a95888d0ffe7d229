#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"
#include "http/wire/ip_address.h"

namespace jackgw::http {

/// Whose word about the client's address is taken. Immutable, safe from any thread.
class ProxyTrust {
  public:
    /// Addresses and CIDR blocks. Throws Error that names the entry that is neither.
    explicit ProxyTrust(const std::vector<std::string>& trusted);

    /// The client's address for a request that came from `peer`: the peer itself unless it is a trusted
    /// proxy; else the right-most entry of X-Forwarded-For that isn't one, since everything to the left of it
    /// may be invented by the client. An entry that isn't an address ends the search at the proxy that
    /// reported it.
    std::string client_address(std::string_view peer, const std::vector<Header>& headers) const;

  private:
    bool trusts(const IpAddress& address) const;

    std::vector<IpNetwork> trusted_;
};

}  // namespace jackgw::http
