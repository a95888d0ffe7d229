#include "config/key.h"

#include <array>
#include <charconv>
#include <cmath>

#include "config/masking.h"

namespace jackgw::config {

namespace {

std::string shortest(double value) {
    std::array<char, 32> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, std::chars_format::fixed);
    return {buffer.data(), end.ptr};
}

template <class T, class Format>
std::string list_text(const std::vector<T>& values, Format format) {
    std::string text = "[";
    for (const T& value : values) text += (text.size() > 1 ? ", " : "") + format(value);
    return text + "]";
}

}  // namespace

std::string toml_text(bool value) {
    return value ? "true" : "false";
}

std::string toml_text(std::int64_t value) {
    return std::to_string(value);
}

std::string toml_text(double value) {
    const std::string text = shortest(value);
    return text.find('.') == std::string::npos ? text + ".0" : text;
}

std::string toml_text(const std::string& value) {
    return value.empty() ? "" : in_quotes(value);
}

std::string toml_text(const ListenAddress& value) {
    return in_quotes(to_string(value));
}

std::string toml_text(const std::filesystem::path& value) {
    return toml_text(value.string());
}

std::string toml_text(const std::vector<std::string>& values) {
    return list_text(values, [](const std::string& value) { return in_quotes(value); });
}

std::string toml_text(Duration value, Duration unit) {
    return shortest(static_cast<double>(value.count()) / static_cast<double>(unit.count()));
}

std::string toml_text(const std::vector<Duration>& values, Duration unit) {
    return list_text(values, [unit](Duration value) { return toml_text(value, unit); });
}

std::optional<double> as_number(const Value& value) {
    if (const double* number = value.as<double>()) return *number;
    if (const std::int64_t* integer = value.as<std::int64_t>()) return static_cast<double>(*integer);
    return std::nullopt;
}

std::optional<Duration> as_duration(const Value& value, Duration unit, double minimum, double maximum) {
    const auto number = as_number(value);
    if (!number || !(*number >= minimum && *number <= maximum)) return std::nullopt;
    return Duration{std::llround(*number * static_cast<double>(unit.count()))};
}

std::string expected_range(const std::string& kind, double minimum, double maximum) {
    return kind + " from " + shortest(minimum) + " to " + shortest(maximum);
}

std::string expected_choice(const std::vector<std::string>& words) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
        text += in_quotes(words[i]);
    }
    return text;
}

}  // namespace jackgw::config
