#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace jackgw::sms {

/// What becomes of a text that is too long for one message.
enum class LongText { truncate, split, reject };

/// The longest beginning that fits into `limit` UTF-16 units together with the "..." behind it. No grapheme
/// is cut, unless a single one is longer than that: then no code point is.
std::string truncate(std::string_view text, std::size_t limit);

/// The text in pieces of at most `limit` (100 or more) UTF-16 units, each with its number before it: "(1/3)
/// ". Put together they give the whole text. A piece ends behind a white space that lies in its second half,
/// else as truncate() cuts.
std::vector<std::string> split_numbered(std::string_view text, std::size_t limit);

}  // namespace jackgw::sms
