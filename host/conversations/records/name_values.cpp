#include "conversations/records/name_values.h"

#include <algorithm>
#include <numeric>

namespace jackgw::conversations {

namespace {

bool is_plain(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.' || c == '*';
}

// Most of a text is plain: that is copied in one piece.
void append_encoded(std::string& out, std::string_view bytes) {
    constexpr std::string_view digits = "0123456789ABCDEF";
    for (auto rest = bytes.begin(); rest != bytes.end(); ++rest) {
        const auto plain_end = std::find_if_not(rest, bytes.end(), is_plain);
        out.append(rest, plain_end);
        rest = plain_end;
        if (rest == bytes.end()) return;
        if (*rest == ' ') {
            out += '+';
        } else {
            const auto byte = static_cast<unsigned char>(*rest);
            const char escaped[] = {'%', digits[byte >> 4], digits[byte & 0xf]};
            out.append(escaped, sizeof escaped);
        }
    }
}

std::size_t plain_size(const NameValues& values) {
    return std::accumulate(values.begin(), values.end(), std::size_t{0},
                           [](std::size_t sum, const auto& value) {
                               return sum + value.first.size() + value.second.size() + 2;
                           });
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
    text.reserve(plain_size(values) * 9 / 8);  // some characters are escaped
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

}  // namespace jackgw::conversations
