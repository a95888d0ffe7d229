#include "sms/segments.h"

#include <algorithm>

#include "sms/gsm7.h"
#include "sms/utf8.h"

namespace jackgw::sms {

namespace {

struct Capacity {
    std::size_t alone;
    std::size_t part;  // less, since each part carries a header that says which one it is
};

constexpr Capacity gsm7_capacity{160, 153};
constexpr Capacity ucs2_capacity{70, 67};

struct Character {
    std::size_t bytes;
    std::size_t units;
};

/// The characters with their lengths in the encoding that the text needs.
std::vector<Character> measure(std::string_view text, Encoding& encoding) {
    std::vector<CodePoint> points;
    points.reserve(text.size());
    while (!text.empty()) {
        points.push_back(first_code_point(text));
        text.remove_prefix(points.back().bytes);
    }
    const bool fits = std::all_of(points.begin(), points.end(),
                                  [](const CodePoint& point) { return gsm7_septets(point.value) > 0; });
    encoding = fits ? Encoding::gsm7 : Encoding::ucs2;
    std::vector<Character> characters;
    characters.reserve(points.size());
    for (const CodePoint& point : points) {
        characters.push_back({point.bytes, fits ? gsm7_septets(point.value) : point.utf16_units()});
    }
    return characters;
}

}  // namespace

std::string_view encoding_name(Encoding encoding) {
    return encoding == Encoding::gsm7 ? "GSM-7" : "UCS-2";
}

Segmented segment(std::string_view text) {
    Segmented result;
    const std::vector<Character> characters = measure(text, result.encoding);
    const Capacity capacity = result.encoding == Encoding::gsm7 ? gsm7_capacity : ucs2_capacity;
    std::size_t units = 0;
    for (const Character& character : characters) units += character.units;
    result.units = static_cast<std::uint32_t>(units);
    if (text.empty()) return result;

    const std::size_t limit = units <= capacity.alone ? capacity.alone : capacity.part;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t filled = 0;
    for (const Character& character : characters) {
        if (filled + character.units > limit) {
            result.parts.emplace_back(text.substr(begin, end - begin));
            begin = end;
            filled = 0;
        }
        end += character.bytes;
        filled += character.units;
    }
    result.parts.emplace_back(text.substr(begin));
    return result;
}

}  // namespace jackgw::sms
