#include "store/sqlite/name_values.h"

namespace jackgw::store::sqlite {

namespace {

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '*';
}

void append_encoded(std::string& out, std::string_view bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (is_plain(c)) {
            out += c;
        } else if (c == ' ') {
            out += '+';
        } else {
            out += '%';
            out += digits[byte >> 4];
            out += digits[byte & 0xf];
        }
    }
}

unsigned hex_value(char c) {
    return static_cast<unsigned>(c >= 'A' ? c - 'A' + 10 : c - '0');
}

std::string decode(std::string_view text) {
    std::string bytes;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '%' && i + 2 < text.size()) {
            bytes += static_cast<char>((hex_value(text[i + 1]) << 4) | hex_value(text[i + 2]));
            i += 2;
        } else {
            bytes += text[i] == '+' ? ' ' : text[i];
        }
    }
    return bytes;
}

}  // namespace

std::string encode(const NameValues& values) {
    std::string text;
    for (const auto& [name, value] : values) {
        if (!text.empty()) text += '&';
        append_encoded(text, name);
        text += '=';
        append_encoded(text, value);
    }
    return text;
}

NameValues decode_name_values(std::string_view text) {
    NameValues values;
    while (!text.empty()) {
        const std::string_view pair = text.substr(0, text.find('&'));
        text.remove_prefix(pair.size() < text.size() ? pair.size() + 1 : pair.size());
        const std::size_t equals = pair.find('=');
        values.emplace_back(decode(pair.substr(0, equals)), decode(pair.substr(equals + 1)));
    }
    return values;
}

}  // namespace jackgw::store::sqlite
