#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jackgw::sms {

enum class Encoding { gsm7, ucs2 };

/// "GSM-7" or "UCS-2".
std::string_view encoding_name(Encoding encoding);

/// GSM-7 if all of the text fits into it. National language tables are not used.
Encoding encoding_of(std::string_view text);

/// A text as it goes over the air.
struct Segmented {
    Encoding encoding = Encoding::gsm7;
    std::uint32_t units = 0;         ///< septets, or UTF-16 code units
    std::vector<std::string> parts;  ///< what each segment carries; none for the empty text

    /// What it costs; the empty text (with media) is sent all the same.
    std::uint32_t segments() const { return parts.empty() ? 1 : static_cast<std::uint32_t>(parts.size()); }
};

/// As Twilio's documentation of SMS segments has it: GSM-7 has room for 160 septets alone or 153 a part,
/// UCS-2 for 70 UTF-16 units alone or 67 a part. Graphemes are kept whole; one that no part could hold is
/// laid out by its code points. The two characters of a line's end "\r\n" may part.
Segmented segment(std::string_view text);

}  // namespace jackgw::sms
