#include "sms/text/utf8.h"

namespace jackgw::sms {

namespace {

constexpr char32_t replacement = 0xfffd;

/// The bytes that a leading byte promises; 0 if it is none.
std::size_t promised_bytes(unsigned char lead) {
    if (lead < 0x80) return 1;
    if (lead >= 0xc2 && lead <= 0xdf) return 2;
    if (lead >= 0xe0 && lead <= 0xef) return 3;
    if (lead >= 0xf0 && lead <= 0xf4) return 4;
    return 0;
}

bool is_scalar(char32_t value, std::size_t bytes) {
    if (value >= 0xd800 && value <= 0xdfff) return false;
    if (bytes == 3) return value >= 0x800;
    if (bytes == 4) return value >= 0x10000 && value <= 0x10ffff;
    return true;
}

}  // namespace

CodePoint first_code_point(std::string_view text) {
    const auto lead = static_cast<unsigned char>(text.front());
    const std::size_t bytes = promised_bytes(lead);
    if (bytes == 1) return {lead, 1};
    if (bytes == 0 || text.size() < bytes) return {replacement, 1};
    char32_t value = lead & (0xffU >> (bytes + 1));
    for (std::size_t i = 1; i < bytes; ++i) {
        const auto byte = static_cast<unsigned char>(text[i]);
        if ((byte & 0xc0) != 0x80) return {replacement, 1};
        value = (value << 6) | (byte & 0x3f);
    }
    if (!is_scalar(value, bytes)) return {replacement, 1};
    return {value, bytes};
}

std::size_t utf16_length(std::string_view text) {
    std::size_t units = 0;
    while (!text.empty()) {
        const CodePoint point = first_code_point(text);
        units += point.utf16_units();
        text.remove_prefix(point.bytes);
    }
    return units;
}

std::size_t code_points(std::string_view text) {
    std::size_t count = 0;
    while (!text.empty()) {
        text.remove_prefix(first_code_point(text).bytes);
        ++count;
    }
    return count;
}

std::string_view cut(std::string_view text, std::size_t bytes) {
    if (text.size() <= bytes) return text;
    std::size_t end = bytes;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;
    return text.substr(0, end);
}

}  // namespace jackgw::sms
