#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace jackgw::sms::simulator {

/// How many UTF-16 units the text has: what the limit of 1600 counts. Malformed bytes count as one unit each.
std::size_t utf16_units(std::string_view utf8);

/// Into how many parts the text is cut (Twilio's documentation of SMS segments), at least 1. The plugin
/// counts for itself; this is the provider's side of the same rule, written apart so that the two can be held
/// against each other.
unsigned segment_count(std::string_view utf8);

/// Replaces bytes that are no well-formed UTF-8 by U+FFFD: what is answered as JSON has to be valid.
std::string to_valid_utf8(std::string_view bytes);

/// `+` and 2…15 digits, the first not 0.
bool is_e164(std::string_view text);

/// An absolute http or https URL whose host has only letters, digits, dots and hyphens (an underscore is
/// refused).
bool is_callback_url(std::string_view url);

}  // namespace jackgw::sms::simulator
