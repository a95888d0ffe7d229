#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace jackgw::sms {

/// A character that the provider sends as others.
struct Replacement {
    std::string written;
    std::string_view sent;  ///< lives for ever; empty: it is left out

    bool operator==(const Replacement&) const = default;
};

/// A text as the provider sends it where smart encoding is asked for.
struct SmartEncoded {
    std::string text;
    std::vector<Replacement> replacements;  ///< each once, in the order of their first appearance
};

/// Replaces what looks like a character of the GSM alphabet by that character, one code point at a time,
/// whether or not all of the text fits into the alphabet then. The list is that of the provider's own
/// calculator.
SmartEncoded smart_encode(std::string_view text);

}  // namespace jackgw::sms
