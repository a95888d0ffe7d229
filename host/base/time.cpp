#include "base/time.h"

#include <time.h>

#include <array>
#include <cstdio>
#include <fstream>

namespace jackgw {

Timestamp SystemClock::now() const {
    return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

BootTime SystemClock::boot_now() const {
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    return BootTime{std::chrono::seconds{now.tv_sec} + std::chrono::duration_cast<std::chrono::microseconds>(
                                                           std::chrono::nanoseconds{now.tv_nsec})};
}

std::string SystemClock::boot_id() const {
    std::ifstream file("/proc/sys/kernel/random/boot_id");
    std::string id;
    std::getline(file, id);
    return id;
}

SteadyTime SystemClock::steady_now() const {
    return std::chrono::steady_clock::now();
}

std::int64_t to_micros(Timestamp time) {
    return time.time_since_epoch().count();
}

Timestamp from_micros(std::int64_t micros) {
    return Timestamp{std::chrono::microseconds{micros}};
}

std::int64_t to_micros(StoreTime time) {
    return time.time_since_epoch().count();
}

StoreTime store_time_from_micros(std::int64_t micros) {
    return StoreTime{std::chrono::microseconds{micros}};
}

std::string to_iso8601(Timestamp time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    std::array<char, 64> buffer{};
    const int length = std::snprintf(
        buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%06dZ", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return {buffer.data(), static_cast<std::size_t>(length)};
}

namespace {

/// Takes a fixed number of digits, or a fixed character, from the front of a text; remembers whether all of
/// it fitted.
class Scanner {
  public:
    explicit Scanner(std::string_view text) : rest_(text) {}

    int digits(std::size_t count) {
        int value = 0;
        if (rest_.size() < count) return fail();
        for (std::size_t i = 0; i < count; ++i) {
            if (rest_[i] < '0' || rest_[i] > '9') return fail();
            value = value * 10 + (rest_[i] - '0');
        }
        rest_.remove_prefix(count);
        return value;
    }

    void expect(char wanted) {
        if (!accept(wanted)) fail();
    }

    bool accept(char wanted) {
        if (rest_.empty() || rest_.front() != wanted) return false;
        rest_.remove_prefix(1);
        return true;
    }

    /// Digits after the point as microseconds: one to six.
    int fraction() {
        int value = 0;
        int count = 0;
        for (; count < 6 && !rest_.empty() && rest_.front() >= '0' && rest_.front() <= '9'; ++count) {
            value = value * 10 + (rest_.front() - '0');
            rest_.remove_prefix(1);
        }
        if (count == 0) return fail();
        for (; count < 6; ++count) value *= 10;
        return value;
    }

    bool complete() const { return ok_ && rest_.empty(); }

  private:
    int fail() {
        ok_ = false;
        return 0;
    }

    std::string_view rest_;
    bool ok_ = true;
};

}  // namespace

std::optional<Timestamp> parse_iso8601(std::string_view text) {
    using namespace std::chrono;
    Scanner scan(text);
    const int year_number = scan.digits(4);
    scan.expect('-');
    const int month_number = scan.digits(2);
    scan.expect('-');
    const int day_number = scan.digits(2);
    scan.expect('T');
    const int hour = scan.digits(2);
    scan.expect(':');
    const int minute = scan.digits(2);
    scan.expect(':');
    const int second = scan.digits(2);
    const int micros = scan.accept('.') ? scan.fraction() : 0;
    minutes offset{0};
    if (!scan.accept('Z')) {
        const bool ahead = scan.accept('+');
        if (!ahead) scan.expect('-');
        const int offset_hours = scan.digits(2);
        scan.expect(':');
        const int offset_minutes = scan.digits(2);
        if (offset_hours > 23 || offset_minutes > 59) return std::nullopt;
        offset = hours{offset_hours} + minutes{offset_minutes};
        if (!ahead) offset = -offset;
    }
    const year_month_day date{year{year_number}, month{static_cast<unsigned>(month_number)},
                              day{static_cast<unsigned>(day_number)}};
    if (!scan.complete() || !date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    return sys_days{date} + hours{hour} + minutes{minute} + seconds{second} + microseconds{micros} - offset;
}

}  // namespace jackgw
