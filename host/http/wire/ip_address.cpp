#include "http/wire/ip_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

#include "http/wire/syntax.h"

namespace jackgw::http {

namespace {
constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr unsigned mapped_bits = 96;
}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    if (text.size() >= INET6_ADDRSTRLEN) return std::nullopt;
    const std::string terminated(text);
    IpAddress address;
    if (in6_addr v6{}; inet_pton(AF_INET6, terminated.c_str(), &v6) == 1) {
        std::memcpy(address.bytes_.data(), &v6, sizeof v6);
        return address;
    }
    if (in_addr v4{}; inet_pton(AF_INET, terminated.c_str(), &v4) == 1) {
        std::copy(mapped.begin(), mapped.end(), address.bytes_.begin());
        std::memcpy(address.bytes_.data() + mapped.size(), &v4, sizeof v4);
        return address;
    }
    return std::nullopt;
}

std::string IpAddress::to_string() const {
    char text[INET6_ADDRSTRLEN] = "";
    if (is_v4()) {
        inet_ntop(AF_INET, bytes_.data() + mapped.size(), text, sizeof text);
    } else {
        inet_ntop(AF_INET6, bytes_.data(), text, sizeof text);
    }
    return text;
}

bool IpAddress::is_v4() const {
    return std::equal(mapped.begin(), mapped.end(), bytes_.begin());
}

bool IpAddress::is_loopback() const {
    if (is_v4()) return bytes_[12] == 127;
    return std::all_of(bytes_.begin(), bytes_.end() - 1, [](auto byte) { return byte == 0; }) &&
           bytes_.back() == 1;
}

IpAddress IpAddress::last_four() const {
    IpAddress address = *this;
    std::copy(mapped.begin(), mapped.end(), address.bytes_.begin());
    return address;
}

std::optional<IpNetwork> IpNetwork::parse(std::string_view text) {
    const auto slash = text.find('/');
    const auto address = IpAddress::parse(text.substr(0, slash));
    if (!address) return std::nullopt;
    IpNetwork network;
    network.base_ = *address;
    if (slash == std::string_view::npos) return network;

    const bool short_form = address->is_v4() && text.find(':') == std::string_view::npos;
    const auto bits = parse_decimal(text.substr(slash + 1));
    if (!bits || *bits > (short_form ? 32U : 128U)) return std::nullopt;
    network.prefix_ = static_cast<unsigned>(*bits) + (short_form ? mapped_bits : 0);
    return network;
}

bool IpNetwork::contains(const IpAddress& address) const {
    const std::size_t whole = prefix_ / 8;
    if (!std::equal(base_.bytes_.begin(), base_.bytes_.begin() + static_cast<std::ptrdiff_t>(whole),
                    address.bytes_.begin())) {
        return false;
    }
    const unsigned rest = prefix_ % 8;
    if (rest == 0) return true;
    const auto mask = static_cast<std::uint8_t>(0xff << (8 - rest));
    return (base_.bytes_[whole] & mask) == (address.bytes_[whole] & mask);
}

}  // namespace jackgw::http
