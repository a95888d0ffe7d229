#include "sms/answers/dates.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

namespace jackgw::sms {

namespace {

using namespace std::chrono;

constexpr std::array<std::string_view, 7> days_short{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 7> days_long{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                    "Friday", "Saturday", "Sunday"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

/// Takes a date apart from its beginning; a step that doesn't fit spoils all that follow.
class Reader {
  public:
    explicit Reader(std::string_view text) : rest_(text) {}

    /// True if everything fitted and nothing is left.
    bool done() const { return good_ && rest_.empty(); }

    void literal(std::string_view text) {
        good_ = good_ && rest_.starts_with(text);
        if (good_) rest_.remove_prefix(text.size());
    }

    /// One of the words; its place in the list.
    template <std::size_t Count>
    unsigned word(const std::array<std::string_view, Count>& words) {
        const auto found = std::ranges::find_if(words, [&](auto one) { return rest_.starts_with(one); });
        good_ = good_ && found != words.end();
        if (!good_) return 0;
        rest_.remove_prefix(found->size());
        return static_cast<unsigned>(found - words.begin());
    }

    /// Exactly so many digits; a blank may stand for the first where `padded`.
    int number(std::size_t digits, bool padded = false) {
        std::string_view text = rest_.substr(0, digits);
        good_ = good_ && text.size() == digits;
        if (!good_) return 0;
        rest_.remove_prefix(digits);
        if (padded && text.front() == ' ') text.remove_prefix(1);
        good_ = std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
        int value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return value;
    }

    seconds time_of_day() {
        const int hour = number(2);
        literal(":");
        const int minute = number(2);
        literal(":");
        const int second = number(2);  // 60: a leap second
        good_ = good_ && hour < 24 && minute < 60 && second <= 60;
        return hours{hour} + minutes{minute} + seconds{second};
    }

    /// Minutes east of UTC, "-0800".
    minutes zone() {
        const bool west = rest_.starts_with('-');
        literal(west ? "-" : "+");
        const int hour = number(2);
        const int minute = number(2);
        good_ = good_ && hour < 24 && minute < 60;
        const minutes offset = hours{hour} + minutes{minute};
        return west ? -offset : offset;
    }

  private:
    std::string_view rest_;
    bool good_ = true;
};

std::optional<std::int64_t> to_micros(const Reader& reader, int year_number, unsigned month_index,
                                      int day_number, seconds since_midnight) {
    const year_month_day date{year{year_number}, month{month_index + 1},
                              day{static_cast<unsigned>(day_number)}};
    if (!reader.done() || !date.ok()) return std::nullopt;
    return microseconds{sys_days{date}.time_since_epoch() + since_midnight}.count();
}

std::optional<std::int64_t> read_imf_date(std::string_view text) {
    Reader reader(text);
    reader.word(days_short);
    reader.literal(", ");
    const int day = reader.number(2);
    reader.literal(" ");
    const unsigned month = reader.word(months);
    reader.literal(" ");
    const int year = reader.number(4);
    reader.literal(" ");
    const seconds time = reader.time_of_day();
    reader.literal(" GMT");
    return to_micros(reader, year, month, day, time);
}

std::optional<std::int64_t> read_rfc850_date(std::string_view text, std::int64_t now) {
    Reader reader(text);
    reader.word(days_long);
    reader.literal(", ");
    const int day = reader.number(2);
    reader.literal("-");
    const unsigned month = reader.word(months);
    reader.literal("-");
    const int year_of_century = reader.number(2);
    reader.literal(" ");
    const seconds time = reader.time_of_day();
    reader.literal(" GMT");
    const int this_year{year_month_day{floor<days>(sys_time<microseconds>{microseconds{now}})}.year()};
    int full = this_year - this_year % 100 + year_of_century;
    if (full > this_year + 50) full -= 100;
    return to_micros(reader, full, month, day, time);
}

std::optional<std::int64_t> read_asctime_date(std::string_view text) {
    Reader reader(text);
    reader.word(days_short);
    reader.literal(" ");
    const unsigned month = reader.word(months);
    reader.literal(" ");
    const int day = reader.number(2, true);
    reader.literal(" ");
    const seconds time = reader.time_of_day();
    reader.literal(" ");
    const int year = reader.number(4);
    return to_micros(reader, year, month, day, time);
}

/// The law of 2007: from 2:00 standard time on the second Sunday of March to 2:00 summer time on the first of
/// November.
bool is_pacific_summer(sys_seconds time) {
    const year_month_day date{floor<days>(time)};
    const sys_seconds begin = sys_days{date.year() / March / Sunday[2]} + hours{10};
    const sys_seconds end = sys_days{date.year() / November / Sunday[1]} + hours{9};
    return time >= begin && time < end;
}

}  // namespace

std::optional<std::int64_t> read_http_date(std::string_view text, std::int64_t now) {
    if (const auto date = read_imf_date(text)) return date;
    if (const auto date = read_rfc850_date(text, now)) return date;
    return read_asctime_date(text);
}

std::optional<std::int64_t> read_rfc2822_date(std::string_view text) {
    Reader reader(text);
    reader.word(days_short);
    reader.literal(", ");
    const int day = reader.number(2);
    reader.literal(" ");
    const unsigned month = reader.word(months);
    reader.literal(" ");
    const int year = reader.number(4);
    reader.literal(" ");
    const seconds time = reader.time_of_day();
    reader.literal(" ");
    const minutes zone = reader.zone();
    return to_micros(reader, year, month, day, time - zone);
}

std::optional<std::int64_t> read_retry_after(std::string_view text, std::int64_t now) {
    constexpr std::int64_t longest = milliseconds{hours{24}}.count();
    if (!text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; })) {
        std::int64_t value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        return error == std::errc{} && value < longest / 1000 ? value * 1000 : longest;
    }
    const auto date = read_http_date(text, now);
    if (!date) return std::nullopt;
    return std::clamp<std::int64_t>((*date - now + 999) / 1000, 0, longest);
}

std::int64_t until_pacific_midnight(std::int64_t now) {
    const sys_time<milliseconds> time{milliseconds{now / 1000}};
    const auto offset = [](sys_time<milliseconds> at) {
        return is_pacific_summer(floor<seconds>(at)) ? hours{7} : hours{8};
    };
    // A day on which the clocks change is as long as its next midnight says.
    const auto next_day = floor<days>(time - offset(time)) + days{1};
    sys_time<milliseconds> midnight = next_day + hours{8};
    if (is_pacific_summer(floor<seconds>(next_day + hours{7}))) midnight = next_day + hours{7};
    return (midnight + minutes{1} - time).count();
}

}  // namespace jackgw::sms
