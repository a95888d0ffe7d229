#include "config/time_zone.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <string_view>

namespace jackgw::config {

namespace {

constexpr std::size_t longest_name = 64;  // twice what the longest has

bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}

bool is_word(std::string_view text) {
    return !text.empty() && is_capital(text.front()) && std::all_of(text.begin(), text.end(), [](char c) {
        return is_capital(c) || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == '+';
    });
}

bool has_database(const std::filesystem::path& database) {
    std::error_code error;
    return std::filesystem::is_directory(database, error) && !std::filesystem::is_empty(database, error);
}

}  // namespace

bool is_time_zone_name(const std::string& text) {
    if (text.size() > longest_name) return false;
    std::string_view rest = text;
    while (true) {
        const auto slash = rest.find('/');
        if (!is_word(rest.substr(0, slash))) return false;
        if (slash == std::string_view::npos) return true;
        rest.remove_prefix(slash + 1);
    }
}

bool is_known_time_zone(const std::string& name, const std::filesystem::path& database) {
    if (!is_time_zone_name(name)) return false;
    if (!has_database(database)) return true;
    std::error_code error;
    const auto file = database / name;
    if (!std::filesystem::is_regular_file(file, error)) return false;  // opening a pipe would wait
    constexpr std::string_view magic = "TZif";
    std::array<char, magic.size()> head{};
    std::ifstream in(file, std::ios::binary);
    return in.read(head.data(), head.size()) && std::string_view(head.data(), head.size()) == magic;
}

}  // namespace jackgw::config
