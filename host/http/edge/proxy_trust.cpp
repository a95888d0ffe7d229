#include "http/edge/proxy_trust.h"

#include <algorithm>

#include "base/errors.h"
#include "http/wire/syntax.h"

namespace jackgw::http {

namespace {

// An entry as proxies write it: an address, with a port behind it ("1.2.3.4:56", "[::1]:56") or none.
std::optional<IpAddress> parse_entry(std::string_view entry) {
    if (!entry.empty() && entry.front() == '[') {
        const auto end = entry.find(']');
        return end == std::string_view::npos ? std::nullopt : IpAddress::parse(entry.substr(1, end - 1));
    }
    if (std::count(entry.begin(), entry.end(), ':') == 1) entry = entry.substr(0, entry.find(':'));
    return IpAddress::parse(entry);
}

}  // namespace

ProxyTrust::ProxyTrust(const std::vector<std::string>& trusted) {
    for (const auto& text : trusted) {
        const auto network = IpNetwork::parse(text);
        if (!network) {
            throw Error("trusted_proxies: '" + text +
                        "' is neither an IP address nor a CIDR block such as 10.0.0.0/8");
        }
        trusted_.push_back(*network);
    }
}

bool ProxyTrust::trusts(const IpAddress& address) const {
    return std::any_of(trusted_.begin(), trusted_.end(),
                       [&](const auto& network) { return network.contains(address); });
}

std::string ProxyTrust::client_address(std::string_view peer, const std::vector<Header>& headers) const {
    if (trusted_.empty()) return std::string(peer);
    auto client = IpAddress::parse(peer);
    if (!client) return std::string(peer);

    // Several headers are one list in their order, so the walk goes backwards through both.
    for (auto header = headers.rbegin(); header != headers.rend(); ++header) {
        if (!equals_ignoring_case(header->name, "X-Forwarded-For")) continue;
        std::string_view list = header->value;
        while (!list.empty()) {
            if (!trusts(*client)) return client->to_string();
            const auto comma = list.rfind(',');
            const auto entry = trim(comma == std::string_view::npos ? list : list.substr(comma + 1));
            list = comma == std::string_view::npos ? std::string_view{} : list.substr(0, comma);
            const auto address = parse_entry(entry);
            if (!address) return client->to_string();
            client = address;
        }
    }
    return client->to_string();
}

}  // namespace jackgw::http
