#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "sms/text/long_text.h"
#include "sms/text/segments.h"
#include "sms/text/smart_encoding.h"

namespace jackgw::sms {

/// The longest text of one message, in UTF-16 code units (error 21617).
inline constexpr std::uint32_t longest_content = 1600;

/// What the operator has chosen for texts.
struct TextRules {
    LongText long_text = LongText::truncate;
    bool smart_encoding = false;
};

/// One message of several.
struct Piece {
    std::string content;
    Segmented text;
};

/// What is sent for a text.
struct Composed {
    std::string content;                    ///< as written, cut where it was too long for one message
    bool truncated = false;                 ///< it was cut
    Segmented text;                         ///< all that is sent, as it is sent; with pieces the sum of them
    std::vector<Piece> pieces;              ///< the messages, where it takes several; else none
    std::vector<Replacement> replacements;  ///< by smart encoding
    std::vector<std::string> warnings;      ///< for whoever sends it
};

/// Makes a text fit to be sent. With media it travels as MMS, which is one message however long its text; of
/// several pieces the first one takes them along. `LongText::reject` is up to the caller: a long text stays
/// as it is.
Composed compose(std::string_view content, bool has_media, const TextRules& rules);

}  // namespace jackgw::sms
