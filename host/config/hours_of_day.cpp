#include <cctype>

#include "config/config.h"

namespace jackgw::config {

namespace {

/// "07:30"
std::optional<std::chrono::minutes> parse_time(std::string_view text) {
    const auto digit = [&](std::size_t i) { return std::isdigit(static_cast<unsigned char>(text[i])) != 0; };
    if (text.size() != 5 || text[2] != ':' || !digit(0) || !digit(1) || !digit(3) || !digit(4))
        return std::nullopt;
    const int hours = (text[0] - '0') * 10 + (text[1] - '0');
    const int minutes = (text[3] - '0') * 10 + (text[4] - '0');
    if (hours > 23 || minutes > 59) return std::nullopt;
    return std::chrono::minutes{hours * 60 + minutes};
}

}  // namespace

std::optional<HoursOfDay> parse_hours(const std::string& text) {
    if (text.size() != 11 || text[5] != '-') return std::nullopt;
    const auto from = parse_time(std::string_view(text).substr(0, 5));
    const auto to = parse_time(std::string_view(text).substr(6));
    if (!from || !to || *from == *to) return std::nullopt;
    return HoursOfDay{*from, *to};
}

}  // namespace jackgw::config
