#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/time.h"

namespace jackgw::telemetry {

enum class Level { debug = 1, info = 2, warning = 3, error = 4 };  // the numbers of jackgw_log
enum class Format { text, json };

std::string_view to_string(Level level);
std::optional<Level> parse_level(std::string_view text);
std::optional<Format> parse_format(std::string_view text);

/// A named detail of a log line. Texts are redacted like the message; numbers and booleans stand as they are.
/// Views are borrowed for the call.
struct Field {
    using Value = std::variant<std::string_view, std::int64_t, std::uint64_t, double, bool>;

    Field(std::string_view field_name, std::string_view text) : name(field_name), value(text) {}
    Field(std::string_view field_name, const std::string& text)
        : name(field_name), value(std::string_view(text)) {}
    Field(std::string_view field_name, const char* text) : name(field_name), value(std::string_view(text)) {}
    Field(std::string_view field_name, bool flag) : name(field_name), value(flag) {}
    Field(std::string_view field_name, double number) : name(field_name), value(number) {}
    template <std::signed_integral T>
    Field(std::string_view field_name, T number) : name(field_name), value(std::int64_t{number}) {}
    template <std::unsigned_integral T>
    requires(!std::same_as<T, bool>) Field(std::string_view field_name, T number)
        : name(field_name), value(std::uint64_t{number}) {}

    std::string_view name;
    Value value;
};

class Redactor;

/// One log line without its newline, redacted. Text: `TIME LEVEL message name=value …`, values with blanks in
/// quotes. JSON: one object with time, level, message and the fields. Whatever the bytes are, the line is
/// valid UTF-8 without control characters.
std::string format_line(Format format, Timestamp time, Level level, std::string_view message,
                        std::span<const Field> fields, const Redactor& redactor);

}  // namespace jackgw::telemetry
