#include "telemetry/log_line.h"

#include <array>
#include <charconv>
#include <cmath>

#include "base/utf8.h"
#include "telemetry/phone_mask.h"
#include "telemetry/redactor.h"

namespace jackgw::telemetry {

namespace {

/// Appends with quotes, backslashes and control characters escaped as in JSON.
void append_escaped(std::string& out, std::string_view text) {
    constexpr std::string_view digits = "0123456789abcdef";
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            out += '\\';
            out += c;
        } else if (c == '\n') {
            out += "\\n";
        } else if (c == '\r') {
            out += "\\r";
        } else if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte == 0x7f) {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        } else {
            out += c;
        }
    }
}

void append_quoted(std::string& out, std::string_view text) {
    out += '"';
    append_escaped(out, text);
    out += '"';
}

/// A message in a text line: only what would break the line is escaped.
void append_plain(std::string& out, std::string_view text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte < 0x20 || byte == 0x7f) {
            append_escaped(out, std::string_view(&c, 1));
        } else {
            out += c;
        }
    }
}

bool is_bare(std::string_view text) {
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte == 0x7f || c == '"' || c == '=' || c == '\\') return false;
    }
    return !text.empty();
}

std::string clean(const Field& field, std::string_view text, const Redactor& redactor) {
    return repair_utf8(names_a_quantity(field.name) ? redactor.scrub(text) : redactor.redact(text));
}

/// Numbers and booleans as JSON has them; infinities and NaN, which it hasn't, as text.
std::string number_text(const Field::Value& value) {
    std::array<char, 32> buffer{};
    char* const end = buffer.data() + buffer.size();
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const auto* number = std::get_if<double>(&value)) {
        if (!std::isfinite(*number))
            return std::isnan(*number) ? "\"nan\"" : *number > 0 ? "\"inf\"" : "\"-inf\"";
        return {buffer.data(), std::to_chars(buffer.data(), end, *number).ptr};
    }
    if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
    return std::to_string(std::get<std::uint64_t>(value));
}

void append_json_field(std::string& out, const Field& field, const Redactor& redactor) {
    const bool reserved = field.name == "time" || field.name == "level" || field.name == "message";
    out += ',';
    append_quoted(out, repair_utf8(field.name) + (reserved ? "_" : ""));
    out += ':';
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
        append_quoted(out, clean(field, *text, redactor));
    } else {
        out += number_text(field.value);
    }
}

void append_text_field(std::string& out, const Field& field, const Redactor& redactor) {
    out += ' ';
    append_plain(out, repair_utf8(field.name));
    out += '=';
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
        const std::string value = clean(field, *text, redactor);
        is_bare(value) ? static_cast<void>(out += value) : append_quoted(out, value);
    } else {
        out += number_text(field.value);
    }
}

}  // namespace

std::string_view to_string(Level level) {
    switch (level) {
        case Level::debug:
            return "debug";
        case Level::info:
            return "info";
        case Level::warning:
            return "warning";
        case Level::error:
            break;
    }
    return "error";
}

std::optional<Level> parse_level(std::string_view text) {
    for (const Level level : {Level::debug, Level::info, Level::warning, Level::error}) {
        if (text == to_string(level)) return level;
    }
    return std::nullopt;
}

std::optional<Format> parse_format(std::string_view text) {
    if (text == "text") return Format::text;
    if (text == "json") return Format::json;
    return std::nullopt;
}

std::string format_line(Format format, Timestamp time, Level level, std::string_view message,
                        std::span<const Field> fields, const Redactor& redactor) {
    const std::string clean_message = repair_utf8(redactor.redact(message));
    std::string line;
    line.reserve(64 + clean_message.size() + fields.size() * 32);
    if (format == Format::json) {
        line += "{\"time\":\"" + to_iso8601(time) + "\",\"level\":\"";
        line += to_string(level);
        line += "\",\"message\":";
        append_quoted(line, clean_message);
        for (const Field& field : fields) append_json_field(line, field, redactor);
        return line += '}';
    }
    line += to_iso8601(time) + ' ';
    line += to_string(level);
    line.append(std::string_view("warning").size() - to_string(level).size() + 1, ' ');
    append_plain(line, clean_message);
    for (const Field& field : fields) append_text_field(line, field, redactor);
    return line;
}

}  // namespace jackgw::telemetry
