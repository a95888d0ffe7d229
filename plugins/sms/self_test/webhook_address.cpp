#include "sms/self_test/webhook_address.h"

#include <algorithm>

#include "sms/webhooks/form.h"
#include "sms/webhooks/inbound.h"

namespace jackgw::sms::self_test {

namespace {

struct Address {
    std::string scheme;
    std::string host;  ///< with the port, unless it is the scheme's own
    std::string path;
};

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    return out;
}

Address read_address(std::string_view url) {
    Address address;
    url = url.substr(0, url.find_first_of("?#"));
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return {{}, {}, std::string(url)};
    address.scheme = lower(url.substr(0, scheme));
    url.remove_prefix(scheme + 3);
    const std::size_t end = std::min(url.find('/'), url.size());
    address.path = end == url.size() ? "/" : std::string(url.substr(end));
    const std::string_view authority = url.substr(0, end);
    const std::size_t user = authority.rfind('@');
    address.host = lower(user == std::string_view::npos ? authority : authority.substr(user + 1));
    const std::string_view own_port = address.scheme == "https" ? ":443" : ":80";
    if (address.host.ends_with(own_port)) address.host.resize(address.host.size() - own_port.size());
    return address;
}

}  // namespace

bool same_address(std::string_view url, std::string_view other) {
    const Address left = read_address(url);
    const Address right = read_address(other);
    return left.scheme == right.scheme && left.host == right.host && left.path == right.path;
}

std::string shown(std::string_view url) {
    const Address address = read_address(url);
    return address.scheme.empty() ? address.path : address.scheme + "://" + address.host + address.path;
}

bool asks_for_retries(std::string_view url) {
    const std::size_t fragment = url.find('#');
    if (fragment == std::string_view::npos) return false;
    const Parameters overrides = parse_form(url.substr(fragment + 1));
    const std::string policy = "," + std::string(value_of(overrides, "rp")) + ",";
    const auto has = [&](std::string_view word) {
        return policy.find("," + std::string(word) + ",") != std::string::npos;
    };
    return read_number(value_of(overrides, "rc")).value_or(0) >= 1 &&
           (has("all") || (has("5xx") && has("rt")));
}

}  // namespace jackgw::sms::self_test
