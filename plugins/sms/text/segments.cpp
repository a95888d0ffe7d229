#include "sms/text/segments.h"

#include "sms/text/graphemes.h"
#include "sms/text/gsm7.h"
#include "sms/text/utf8.h"

namespace jackgw::sms {

namespace {

struct Capacity {
    std::size_t alone;
    std::size_t part;  // less, since each part carries a header that says which one it is
};

constexpr Capacity gsm7_capacity{160, 153};
constexpr Capacity ucs2_capacity{70, 67};

/// What stays together, with its length in the encoding.
struct Element {
    std::size_t bytes;
    std::size_t units;
};

std::size_t septets(std::string_view text) {
    std::size_t total = 0;
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        total += gsm7_septets(point.value);
        text.remove_prefix(point.bytes);
    }
    return total;
}

/// No two characters of the GSM alphabet form a grapheme, but for "\r\n", which may part.
std::vector<Element> gsm7_elements(std::string_view text) {
    std::vector<Element> elements;
    elements.reserve(text.size());
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        elements.push_back({point.bytes, gsm7_septets(point.value)});
        text.remove_prefix(point.bytes);
    }
    return elements;
}

std::vector<Element> ucs2_elements(std::string_view text) {
    std::vector<Element> elements;
    for (const Grapheme& grapheme : graphemes(text, ucs2_capacity.part)) {
        if (grapheme.text == "\r\n") {
            elements.insert(elements.end(), 2, {1, 1});
        } else {
            elements.push_back({grapheme.text.size(), grapheme.units});
        }
    }
    return elements;
}

std::vector<std::string> lay_out(std::string_view text, const std::vector<Element>& elements,
                                 std::size_t limit) {
    std::vector<std::string> parts;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t filled = 0;
    for (const Element& element : elements) {
        if (filled + element.units > limit) {
            parts.emplace_back(text.substr(begin, end - begin));
            begin = end;
            filled = 0;
        }
        end += element.bytes;
        filled += element.units;
    }
    parts.emplace_back(text.substr(begin));
    return parts;
}

}  // namespace

std::string_view encoding_name(Encoding encoding) {
    return encoding == Encoding::gsm7 ? "GSM-7" : "UCS-2";
}

Encoding encoding_of(std::string_view text) {
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        if (gsm7_septets(point.value) == 0) return Encoding::ucs2;
        text.remove_prefix(point.bytes);
    }
    return Encoding::gsm7;
}

Segmented segment(std::string_view text) {
    Segmented result;
    result.encoding = encoding_of(text);
    const bool gsm7 = result.encoding == Encoding::gsm7;
    const Capacity capacity = gsm7 ? gsm7_capacity : ucs2_capacity;
    result.units = static_cast<std::uint32_t>(gsm7 ? septets(text) : utf16_length(text));
    if (text.empty()) return result;
    if (result.units <= capacity.alone) {
        result.parts.emplace_back(text);
    } else {
        result.parts = lay_out(text, gsm7 ? gsm7_elements(text) : ucs2_elements(text), capacity.part);
    }
    return result;
}

}  // namespace jackgw::sms
