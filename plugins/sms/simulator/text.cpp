#include "text.h"

#include <Poco/UTF8Encoding.h>

#include <algorithm>
#include <cctype>
#include <vector>

namespace jackgw::sms::simulator {

namespace {

// GSM 03.38's basic table without the escape, and its extension table, as code points.
constexpr std::u32string_view basic_table =
    U"@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    U"¿abcdefghijklmnopqrstuvwxyzäöñüà";
constexpr std::u32string_view extension_table = U"\f^{}\\[~]|€";

/// How many bytes a character has that begins with this one.
std::size_t sequence_length(unsigned char lead) {
    return lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : lead >= 0xC0 ? 2 : 1;
}

/// Lenient decoding: a byte that fits nowhere stands for itself.
std::vector<char32_t> code_points(std::string_view utf8) {
    std::vector<char32_t> points;
    for (std::size_t i = 0; i < utf8.size();) {
        const auto lead = static_cast<unsigned char>(utf8[i]);
        const std::size_t length = sequence_length(lead);
        if (length == 1 || i + length > utf8.size()) {
            points.push_back(lead);
            ++i;
            continue;
        }
        char32_t point = lead & (0xFFU >> (length + 1));
        for (std::size_t k = 1; k < length; ++k) point = point << 6 | (utf8[i + k] & 0x3F);
        points.push_back(point);
        i += length;
    }
    return points;
}

/// Counts parts of at most `limit` units into which the characters' `sizes` go, none of them split.
unsigned parts_of(const std::vector<unsigned>& sizes, unsigned limit) {
    unsigned parts = 1;
    unsigned used = 0;
    for (const unsigned size : sizes) {
        if (used + size > limit) {
            ++parts;
            used = 0;
        }
        used += size;
    }
    return parts;
}

unsigned total(const std::vector<unsigned>& sizes) {
    unsigned sum = 0;
    for (const unsigned size : sizes) sum += size;
    return sum;
}

}  // namespace

std::string to_valid_utf8(std::string_view bytes) {
    std::string valid;
    for (std::size_t i = 0; i < bytes.size();) {
        const auto* begin = reinterpret_cast<const unsigned char*>(bytes.data() + i);
        const std::size_t length = sequence_length(*begin);
        if (i + length <= bytes.size() && Poco::UTF8Encoding::isLegal(begin, static_cast<int>(length))) {
            valid.append(bytes, i, length);
            i += length;
        } else {
            valid += "\xEF\xBF\xBD";
            ++i;
        }
    }
    return valid;
}

std::size_t utf16_units(std::string_view utf8) {
    std::size_t units = 0;
    for (const char32_t point : code_points(utf8)) units += point > 0xFFFF ? 2 : 1;
    return units;
}

unsigned segment_count(std::string_view utf8) {
    std::vector<unsigned> septets, units;
    bool gsm = true;
    for (const char32_t point : code_points(utf8)) {
        units.push_back(point > 0xFFFF ? 2 : 1);
        if (basic_table.find(point) != std::u32string_view::npos) {
            septets.push_back(1);
        } else if (extension_table.find(point) != std::u32string_view::npos) {
            septets.push_back(2);
        } else {
            gsm = false;
        }
    }
    if (gsm) return total(septets) <= 160 ? 1 : parts_of(septets, 153);
    return total(units) <= 70 ? 1 : parts_of(units, 67);
}

bool is_e164(std::string_view text) {
    if (text.size() < 3 || text.size() > 16 || text[0] != '+' || text[1] == '0') return false;
    return std::ranges::all_of(text.substr(1), [](unsigned char c) { return std::isdigit(c) != 0; });
}

bool is_callback_url(std::string_view url) {
    const auto scheme_end = url.find("://");
    if (scheme_end == std::string_view::npos) return false;
    const auto scheme = url.substr(0, scheme_end);
    if (scheme != "http" && scheme != "https") return false;
    auto authority = url.substr(scheme_end + 3);
    authority = authority.substr(0, authority.find_first_of("/?#"));
    if (const auto at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
    const auto host = authority.substr(0, authority.rfind(':'));
    if (host.empty() || url.find_first_of(" \t\r\n") != std::string_view::npos) return false;
    return std::ranges::all_of(host,
                               [](unsigned char c) { return std::isalnum(c) != 0 || c == '.' || c == '-'; });
}

}  // namespace jackgw::sms::simulator
