#include "dates.h"

#include <array>
#include <cstdio>
#include <regex>

namespace jackgw::sms::simulator {

namespace {

using namespace std::chrono;

struct Parts {
    year_month_day date;
    weekday day;
    hh_mm_ss<seconds> clock;
};

Parts split(Time time) {
    const auto day = floor<days>(time);
    return {year_month_day{day}, weekday{day}, hh_mm_ss{floor<seconds>(time - day)}};
}

int number(const std::csub_match& match) {
    return std::stoi(match.str());
}

}  // namespace

std::string to_rfc2822(Time time) {
    static constexpr std::array day_names{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    static constexpr std::array month_names{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const Parts parts = split(time);
    std::array<char, 64> text{};
    std::snprintf(
        text.data(), text.size(), "%s, %02u %s %04d %02d:%02d:%02d +0000", day_names[parts.day.c_encoding()],
        static_cast<unsigned>(parts.date.day()), month_names[static_cast<unsigned>(parts.date.month()) - 1],
        static_cast<int>(parts.date.year()), static_cast<int>(parts.clock.hours().count()),
        static_cast<int>(parts.clock.minutes().count()), static_cast<int>(parts.clock.seconds().count()));
    return text.data();
}

std::string to_http_date(Time time) {
    const std::string text = to_rfc2822(time);
    return text.substr(0, text.size() - std::string_view("+0000").size()) + "GMT";
}

std::string to_receipt_date(Time time) {
    const Parts parts = split(time);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%02d%02u%02u%02d%02d", static_cast<int>(parts.date.year()) % 100,
                  static_cast<unsigned>(parts.date.month()), static_cast<unsigned>(parts.date.day()),
                  static_cast<int>(parts.clock.hours().count()),
                  static_cast<int>(parts.clock.minutes().count()));
    return text.data();
}

std::optional<Time> parse_date(std::string_view text) {
    static const std::regex form(R"((\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d):(\d\d)(?:\.\d{1,9})?Z)?)");
    std::cmatch match;
    if (!std::regex_match(text.data(), text.data() + text.size(), match, form)) return std::nullopt;
    const year_month_day date{year{number(match[1])}, month{static_cast<unsigned>(number(match[2]))},
                              day{static_cast<unsigned>(number(match[3]))}};
    if (!date.ok()) return std::nullopt;
    Time time{sys_days{date}};
    if (match[4].matched) {
        const int hour = number(match[4]), minute = number(match[5]), second = number(match[6]);
        if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
        time += hours{hour} + minutes{minute} + seconds{second};
    }
    return time;
}

bool is_whole_day(std::string_view text) {
    return text.find('T') == std::string_view::npos;
}

}  // namespace jackgw::sms::simulator
