#pragma once

#include <cstddef>
#include <string_view>

namespace jackgw::sms {

/// A character and the bytes it takes in the text.
struct CodePoint {
    char32_t value = 0;
    std::size_t bytes = 0;

    /// UTF-16 code units: 2 for what lies beyond the Basic Multilingual Plane.
    std::size_t utf16_units() const { return value > 0xffff ? 2 : 1; }
};

/// The first character of a text that isn't empty. An ill-formed byte counts as one U+FFFD.
CodePoint first_code_point(std::string_view text);

/// Length in UTF-16 code units, in which the provider's limit of 1600 is counted.
std::size_t utf16_length(std::string_view text);

/// Length in Unicode code points.
std::size_t code_points(std::string_view text);

/// The longest beginning of the text that has at most `bytes` bytes and cuts no character.
std::string_view cut(std::string_view text, std::size_t bytes);

}  // namespace jackgw::sms
