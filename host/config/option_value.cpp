#include "config/option_value.h"

#include <charconv>
#include <regex>

#include "base/utf8.h"
#include "config/address.h"
#include "config/masking.h"

namespace jackgw::config {

namespace {

/// Longer values are refused before the pattern sees them: std::regex recurses once a character.
constexpr std::size_t longest_value = 2048;

bool has_limits(const OptionSpec& spec) {
    return spec.minimum != 0 || spec.maximum != 0;
}

std::optional<std::int64_t> parse_integer(const std::string& text) {
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

bool has_right_form(const OptionSpec& spec, const std::string& text) {
    switch (spec.type) {
        case OptionType::integer: {
            const auto value = parse_integer(text);
            return value && (!has_limits(spec) || (*value >= spec.minimum && *value <= spec.maximum));
        }
        case OptionType::boolean:
            return text == "true" || text == "false";
        case OptionType::url:
            return parse_url(text).has_value();
        case OptionType::string:
            break;
    }
    return true;
}

}  // namespace

std::string expected(const OptionSpec& spec) {
    switch (spec.type) {
        case OptionType::integer:
            return has_limits(spec) ? "an integer from " + std::to_string(spec.minimum) + " to " +
                                          std::to_string(spec.maximum)
                                    : "an integer";
        case OptionType::boolean:
            return "true or false";
        case OptionType::url:
            return "an absolute http or https URL";
        case OptionType::string:
            break;
    }
    return "a string in quotes";
}

std::optional<std::string> problem_with(const OptionSpec& spec, const std::string& text) {
    const std::string hint = spec.description.empty() ? "" : " (" + spec.description + ")";
    if (text.size() > longest_value)
        return "must be at most " + std::to_string(longest_value) + " bytes" + hint;
    if (!is_valid_utf8(text) || text.find('\0') != std::string::npos)
        return "must be valid UTF-8 without NUL" + hint;
    if (!has_right_form(spec, text)) return "must be " + expected(spec) + hint;
    if (spec.pattern.empty()) return std::nullopt;
    try {
        if (std::regex_match(text, std::regex(spec.pattern, std::regex::ECMAScript))) return std::nullopt;
    } catch (const std::regex_error&) {
        return "cannot be checked: the plugin declares the malformed pattern " + in_quotes(spec.pattern);
    }
    return "must match " + spec.pattern + hint;
}

std::optional<std::string> text_of(const OptionSpec& spec, const RawOption& raw) {
    if (const auto* text = std::get_if<std::string>(&raw.value)) return *text;
    if (const auto* integer = std::get_if<std::int64_t>(&raw.value))
        return spec.type == OptionType::integer ? std::optional(std::to_string(*integer)) : std::nullopt;
    if (spec.type != OptionType::boolean) return std::nullopt;
    return std::get<bool>(raw.value) ? "true" : "false";
}

}  // namespace jackgw::config
