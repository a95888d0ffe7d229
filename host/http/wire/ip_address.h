#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jackgw::http {

/// An IPv4 or IPv6 address as a value. IPv4 is kept in its IPv6-mapped form, so that both notations of one
/// address are equal.
class IpAddress {
  public:
    /// Dotted quad or IPv6 text without brackets, port or zone; the short forms of inet_aton ("127.1") are
    /// refused.
    static std::optional<IpAddress> parse(std::string_view text);

    std::string to_string() const;
    bool is_v4() const;
    bool is_loopback() const;  ///< 127.0.0.0/8 or ::1

    /// The IPv4 address that the last four bytes are.
    IpAddress last_four() const;

    bool operator==(const IpAddress&) const = default;

  private:
    friend class IpNetwork;
    std::array<std::uint8_t, 16> bytes_{};
};

/// A single address or a block in CIDR notation ("10.0.0.0/8", "fd00::/8").
class IpNetwork {
  public:
    static std::optional<IpNetwork> parse(std::string_view text);
    bool contains(const IpAddress& address) const;

  private:
    IpAddress base_;
    unsigned prefix_ = 128;  // bits of the 16-byte form
};

}  // namespace jackgw::http
