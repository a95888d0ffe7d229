#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace jackgw::sms {

/// What a reader takes for one character: an extended grapheme cluster (Unicode Standard Annex 29), such as a
/// letter with its accents, a flag or a family joined from four emoji.
struct Grapheme {
    std::string_view text;
    std::size_t units = 0;  ///< UTF-16 code units
};

/// The graphemes of a text in their order, as ICU knows them; "\r\n" is one. One of more than `most_units`
/// units comes as its code points, since it would fit nowhere as a whole. The views are into `text`. Safe
/// from any thread.
std::vector<Grapheme> graphemes(std::string_view text, std::size_t most_units);

}  // namespace jackgw::sms
