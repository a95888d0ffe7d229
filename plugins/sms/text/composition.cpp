#include "sms/text/composition.h"

#include <utility>

#include "sms/text/utf8.h"

namespace jackgw::sms {

namespace {

/// As the phone gets it.
Segmented as_sent(std::string_view content, bool has_media, bool smart_encoding) {
    const std::string text = smart_encoding ? smart_encode(content).text : std::string(content);
    Segmented sent = segment(text);
    if (has_media && sent.parts.size() > 1) sent.parts = {text};
    return sent;
}

void add(Segmented& whole, const Segmented& piece) {
    if (piece.encoding == Encoding::ucs2) whole.encoding = Encoding::ucs2;
    whole.units += piece.units;
    whole.parts.insert(whole.parts.end(), piece.parts.begin(), piece.parts.end());
}

std::string was_cut(std::size_t length) {
    return "the text has " + std::to_string(length) + " UTF-16 code units, at most " +
           std::to_string(longest_content) + " can be sent: the rest was left out";
}

}  // namespace

Composed compose(std::string_view content, bool has_media, const TextRules& rules) {
    Composed composed;
    composed.content = content;
    const std::size_t length = utf16_length(content);
    if (length > longest_content && rules.long_text == LongText::truncate) {
        composed.content = truncate(content, longest_content);
        composed.truncated = true;
        composed.warnings.push_back(was_cut(length));
    }
    if (rules.smart_encoding) composed.replacements = smart_encode(composed.content).replacements;
    if (length > longest_content && rules.long_text == LongText::split) {
        for (std::string& piece : split_numbered(content, longest_content)) {
            Segmented text = as_sent(piece, has_media && composed.pieces.empty(), rules.smart_encoding);
            add(composed.text, text);
            composed.pieces.push_back({std::move(piece), std::move(text)});
        }
    } else {
        composed.text = as_sent(composed.content, has_media, rules.smart_encoding);
    }
    return composed;
}

}  // namespace jackgw::sms
