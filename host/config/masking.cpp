#include "config/masking.h"

#include <algorithm>
#include <array>

namespace jackgw::config {

namespace {

constexpr std::size_t longest_shown = 120;

bool continues_character(char c) {
    return (static_cast<unsigned char>(c) & 0xc0) == 0x80;
}

}  // namespace

bool looks_secret(std::string_view key) {
    std::string name(key.substr(key.rfind('.') + 1));
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    constexpr std::array<std::string_view, 7> words{"token",   "secret",     "password", "passwd",
                                                    "api_key", "credential", "private"};
    return name.ends_with("_key") || std::any_of(words.begin(), words.end(), [&](std::string_view word) {
               return name.find(word) != std::string::npos;
           });
}

std::string hidden(std::string_view secret) {
    const auto characters =
        std::count_if(secret.begin(), secret.end(), [](char c) { return !continues_character(c); });
    return "(hidden, " + std::to_string(characters) + (characters == 1 ? " character)" : " characters)");
}

std::string without_url_password(std::string_view text) {
    std::string result;
    while (true) {
        const auto scheme = text.find("://");
        if (scheme == std::string_view::npos) return result += text;
        const auto start = scheme + 3;
        const auto end = std::min(text.find_first_of("/?# \"'", start), text.size());
        const auto at = text.substr(start, end - start).rfind('@');
        const auto colon = text.substr(start, end - start).find(':');
        if (at != std::string_view::npos && colon < at) {
            result += text.substr(0, start + colon + 1);
            result += "***";
            result += text.substr(start + at, end - start - at);
        } else {
            result += text.substr(0, end);
        }
        text.remove_prefix(end);
    }
}

std::string in_quotes(std::string_view text) {
    std::string shown = without_url_password(text);
    if (shown.size() > longest_shown) {
        std::size_t end = longest_shown;
        while (end > 0 && continues_character(shown[end])) --end;
        shown = shown.substr(0, end) + "…";
    }
    std::string result = "\"";
    for (const char c : shown) {
        constexpr std::string_view digits = "0123456789abcdef";
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            result += '\\';
            result += c;
        } else if (c == '\n') {
            result += "\\n";
        } else if (byte < 0x20 || byte == 0x7f) {
            result += "\\u00";
            result += digits[byte >> 4];
            result += digits[byte & 15];
        } else {
            result += c;
        }
    }
    return result + "\"";
}

}  // namespace jackgw::config
