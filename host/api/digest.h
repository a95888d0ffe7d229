#pragma once

#include <array>
#include <string>
#include <string_view>

namespace jackgw::api {

using Digest = std::array<unsigned char, 32>;

Digest sha256(std::string_view bytes);
std::string to_hex(std::string_view bytes);
std::string to_hex(const Digest& digest);

/// Takes the same time wherever two digests differ.
bool equal_in_constant_time(const Digest& a, const Digest& b);

}  // namespace jackgw::api
