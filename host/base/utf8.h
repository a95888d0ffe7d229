#pragma once

#include <string>
#include <string_view>

namespace jackgw {

/// True if the bytes are well-formed UTF-8 (Unicode 15, table 3-7: no surrogates, no overlong forms, at most
/// U+10FFFF).
bool is_valid_utf8(std::string_view bytes);

/// Replaces NUL and every maximal ill-formed subpart by U+FFFD; valid text comes back as it is.
std::string repair_utf8(std::string_view bytes);

}  // namespace jackgw
