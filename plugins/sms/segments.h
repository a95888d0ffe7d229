#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace jackgw::sms {

enum class Encoding { gsm7, ucs2 };

/// "GSM-7" or "UCS-2".
std::string_view encoding_name(Encoding encoding);

/// A text as it goes over the air.
struct Segmented {
    Encoding encoding = Encoding::gsm7;
    std::uint32_t units = 0;         ///< septets, or UTF-16 code units
    std::vector<std::string> parts;  ///< what each segment carries; none for the empty text

    /// What it costs; the empty text (with media) is sent all the same.
    std::uint32_t segments() const { return parts.empty() ? 1 : static_cast<std::uint32_t>(parts.size()); }
};

/// GSM-7 if all of the text fits into it, 160 septets alone or 153 a part; else UCS-2, 70 UTF-16 units alone
/// or 67 a part. A character is never split between parts. National language tables are not used.
Segmented segment(std::string_view text);

}  // namespace jackgw::sms
