#include "telemetry/phone_mask.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace jackgw::telemetry {

namespace {

constexpr std::size_t least_digits = 7;
constexpr std::size_t most_digits = 15;  // E.164

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool is_letter(char c) {
    return lower(c) >= 'a' && lower(c) <= 'z';
}

/// Part of a word: ids are made of these. Bytes of multi-byte characters are letters too.
bool is_word(char c) {
    return is_digit(c) || is_letter(c) || c == '_';
}

std::string lowered(std::string_view text) {
    std::string result(text);
    std::transform(result.begin(), result.end(), result.begin(), lower);
    return result;
}

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::find(words.begin(), words.end(), word) != words.end();
}

/// How many digits the country code has at the front of an international number (ITU-T E.164, assigned
/// codes).
std::size_t country_code_length(std::string_view digits) {
    if (digits[0] == '1' || digits[0] == '7') return 1;
    constexpr std::array<std::string_view, 43> two{
        "20", "27", "30", "31", "32", "33", "34", "36", "39", "40", "41", "43", "44", "45", "46",
        "47", "48", "49", "51", "52", "53", "54", "55", "56", "57", "58", "60", "61", "62", "63",
        "64", "65", "66", "81", "82", "84", "86", "90", "91", "92", "93", "94", "95"};
    return contains(two, digits.substr(0, 2)) || digits.substr(0, 2) == "98" ? 2 : 3;
}

/// Four of the last digits are shown of a number of usual length, two of a short one.
std::string_view tail(std::string_view digits) {
    return digits.substr(digits.size() - (digits.size() >= 10 ? 4 : 2));
}

struct Number {
    std::string digits;
    std::size_t end;  ///< behind the last digit
};

/// The digits from `start` on: in one piece if that is long enough, else with up to three separators at a
/// stretch between them, at most as many as a number may have.
Number international(std::string_view text, std::size_t start) {
    constexpr std::string_view separators = " ().-/";
    Number number{{}, start};
    std::size_t gap = 0;
    for (std::size_t i = start; i < text.size() && gap <= 3; ++i) {
        if (is_digit(text[i])) {
            if (gap > 0 && number.digits.size() == most_digits) break;
            number.digits += text[i];
            number.end = i + 1;
            gap = 0;
        } else if (separators.find(text[i]) != std::string_view::npos) {
            const bool in_one_piece = number.end == start + number.digits.size();
            if (in_one_piece && number.digits.size() >= least_digits) break;
            ++gap;
        } else {
            break;
        }
    }
    return number;
}

bool is_joint(char c) {
    return c == '-' || c == '.' || c == ':' || c == ',';
}

/// True if the digits at begin…end are only a piece of something longer: a word, a UUID, a decimal, a time.
bool is_part(std::string_view text, std::size_t begin, std::size_t end) {
    if (begin > 0 && is_word(text[begin - 1])) return true;
    if (begin > 1 && is_joint(text[begin - 1]) && text[begin - 1] != ':' && is_word(text[begin - 2]))
        return true;
    if (begin > 1 && text[begin - 1] == ':' && is_digit(text[begin - 2])) return true;
    if (end < text.size() && is_word(text[end])) return true;
    return end + 1 < text.size() && is_joint(text[end]) && is_word(text[end + 1]);
}

/// A calendar date, with or without a time: 20261122, 20261122163814.
bool is_date(std::string_view digits) {
    if (digits.size() != 8 && digits.size() != 14) return false;
    const std::string_view month = digits.substr(4, 2);
    const std::string_view day = digits.substr(6, 2);
    const std::string_view century = digits.substr(0, 2);
    return (century == "19" || century == "20") && month >= "01" && month <= "12" && day >= "01" &&
           day <= "31";
}

/// The country code 1 is followed by exactly ten digits: other runs that begin with 1 are no international
/// numbers. POSIX times in seconds and milliseconds are such runs until 2033.
bool is_no_number(std::string_view digits) {
    return (digits[0] == '1' && digits.size() != 11) || is_date(digits);
}

bool has_unit(std::string_view text, std::size_t end) {
    if (end >= text.size() || text[end] != ' ') return false;
    std::size_t stop = end + 1;
    while (stop < text.size() && is_letter(text[stop])) ++stop;
    constexpr std::array<std::string_view, 15> units{"us",   "ms",    "ns",       "s",     "seconds",
                                                     "byte", "bytes", "kb",       "kib",   "mb",
                                                     "mib",  "rows",  "requests", "times", "messages"};
    return contains(units, lowered(text.substr(end + 1, stop - end - 1)));
}

/// The name in front of a value: "seq" before "seq=", "seq: ", "\"seq\":", "seq #".
std::string_view name_before(std::string_view text, std::size_t begin) {
    constexpr std::string_view between = "=:# \"'";
    std::size_t end = begin;
    while (end > 0 && begin - end < 4 && between.find(text[end - 1]) != std::string_view::npos) --end;
    if (end == begin) return {};
    std::size_t start = end;
    while (start > 0 && is_word(text[start - 1])) --start;
    return text.substr(start, end - start);
}

/// Where the number begins if a plus, also percent-encoded, stands at `position`.
std::optional<std::size_t> after_plus(std::string_view text, std::size_t position) {
    if (text[position] == '+') return position + 1;
    if (text[position] == '%' && position + 2 < text.size() && text[position + 1] == '2' &&
        lower(text[position + 2]) == 'b')
        return position + 3;
    return std::nullopt;
}

/// All digits from `start` on, without separators.
std::size_t end_of_digits(std::string_view text, std::size_t start) {
    while (start < text.size() && is_digit(text[start])) ++start;
    return start;
}

}  // namespace

bool names_a_quantity(std::string_view name) {
    constexpr std::array<std::string_view, 24> names{
        "id",         "seq",   "sequence", "bytes",     "size", "length", "limit",   "count",
        "total",      "pid",   "tid",      "port",      "line", "offset", "at",      "version",
        "generation", "units", "time",     "timestamp", "age",  "depth",  "attempt", "cursor"};
    constexpr std::array<std::string_view, 10> endings{"_us", "_ms",    "_ns",    "_s",   "_id",
                                                       "_at", "_bytes", "_count", "_seq", "_size"};
    if (name.ends_with("Id")) return true;
    const std::string lowered_name = lowered(name);
    return contains(names, lowered_name) ||
           std::any_of(endings.begin(), endings.end(),
                       [&](std::string_view ending) { return lowered_name.ends_with(ending); });
}

std::string mask_phone_numbers(std::string_view text) {
    std::string result;
    result.reserve(text.size());
    for (std::size_t i = 0; i < text.size();) {
        if (const auto start = after_plus(text, i)) {
            const Number number = international(text, *start);
            if (number.digits.size() >= least_digits) {
                result += text.substr(i, *start - i);
                result.append(number.digits, 0, country_code_length(number.digits));
                result += "***";
                result += tail(number.digits);
                i = number.end;
                continue;
            }
        }
        if (!is_digit(text[i])) {
            result += text[i++];
            continue;
        }
        const std::size_t end = end_of_digits(text, i);
        const std::string_view digits = text.substr(i, end - i);
        const bool masked = digits.size() >= least_digits && digits.size() <= most_digits &&
                            !is_part(text, i, end) && !is_no_number(digits) && !has_unit(text, end) &&
                            !names_a_quantity(name_before(text, i));
        if (masked) {
            result += "***";
            result += tail(digits);
        } else {
            result += digits;
        }
        i = end;
    }
    return result;
}

}  // namespace jackgw::telemetry
