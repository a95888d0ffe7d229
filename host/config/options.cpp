#include "config/options.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <regex>

#include "base/utf8.h"
#include "config/address.h"
#include "config/key.h"
#include "config/masking.h"
#include "config/suggest.h"

namespace jackgw::config {

namespace {

/// Longer values are refused before the pattern sees them: std::regex recurses once a character.
constexpr std::size_t longest_value = 2048;

/// A value on its way through the checks, with what a message needs to say where it came from.
struct Candidate {
    std::string text;
    std::string shown;
    std::string origin;  ///< empty: the file; else " (from …)"
    int line = 0;
};

bool has_limits(const OptionSpec& spec) {
    return spec.minimum != 0 || spec.maximum != 0;
}

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

/// What is wrong with the value; nothing if it is right.
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

/// The file's value as text, or nothing if its TOML type does not suit the option.
std::optional<std::string> text_of(const OptionSpec& spec, const RawOption& raw) {
    if (const auto* text = std::get_if<std::string>(&raw.value)) return *text;
    if (const auto* integer = std::get_if<std::int64_t>(&raw.value))
        return spec.type == OptionType::integer ? std::optional(std::to_string(*integer)) : std::nullopt;
    if (spec.type != OptionType::boolean) return std::nullopt;
    return std::get<bool>(raw.value) ? "true" : "false";
}

std::string missing(const OptionSpec& spec) {
    std::string text = "is missing; set it here";
    if (!spec.env.empty()) text += " or in the environment variable " + spec.env;
    return spec.description.empty() ? text : text + " (" + spec.description + ")";
}

/// Resolves the options of one channel and gathers the faults.
class Resolver {
  public:
    Resolver(const Channel& channel, const std::filesystem::path& file, const Environment& environment)
        : channel_(channel), file_(file), environment_(environment) {}

    void resolve(const OptionSpec& spec) {
        const auto raw = std::find_if(channel_.options.begin(), channel_.options.end(),
                                      [&](const RawOption& option) { return option.key == spec.key; });
        std::optional<Candidate> candidate;
        if (raw == channel_.options.end()) {
            candidate = fall_back(spec);
        } else if (const auto text = text_of(spec, *raw)) {
            if (!text->empty()) candidate = {*text, raw->shown, "", raw->line};
        } else {
            fault(raw->line, spec.key, is_hidden(spec) ? "(hidden)" : raw->shown,
                  "must be " + expected(spec));
            return;
        }
        if (candidate) {
            accept(spec, *candidate);
        } else if (spec.required) {
            fault(raw == channel_.options.end() ? channel_.line : raw->line, spec.key, "", missing(spec));
        }
    }

    void refuse_unknown(const std::vector<OptionSpec>& specs) {
        std::vector<std::string> allowed;
        allowed.reserve(specs.size());
        for (const OptionSpec& spec : specs) allowed.push_back(spec.key);
        for (const RawOption& raw : channel_.options) {
            if (std::find(allowed.begin(), allowed.end(), raw.key) == allowed.end())
                fault(raw.line, raw.key, "", unknown_key(raw.key, allowed));
        }
    }

    std::variant<std::vector<Option>, std::vector<Fault>> result() && {
        if (!faults_.empty()) return std::move(faults_);
        return std::move(options_);
    }

  private:
    static bool is_hidden(const OptionSpec& spec) { return spec.secret || looks_secret(spec.key); }

    std::optional<Candidate> fall_back(const OptionSpec& spec) const {
        if (!spec.env.empty()) {
            const auto value = environment_(spec.env);
            if (value && !value->empty())
                return Candidate{*value, in_quotes(*value),
                                 " (from the environment variable " + spec.env + ")", channel_.line};
        }
        if (spec.default_value.empty()) return std::nullopt;
        return Candidate{spec.default_value, in_quotes(spec.default_value), " (the plugin's default)",
                         channel_.line};
    }

    void accept(const OptionSpec& spec, const Candidate& candidate) {
        const auto problem = problem_with(spec, candidate.text);
        if (!problem) {
            options_.push_back({spec.key, candidate.text, spec.secret});
            return;
        }
        const std::string value = is_hidden(spec) ? hidden(candidate.text) : candidate.shown;
        fault(candidate.line, spec.key, value + candidate.origin, *problem);
    }

    void fault(int line, const std::string& key, std::string value, std::string problem) {
        faults_.push_back({file_, line, "channels." + channel_.name + ".options." + key, std::move(value),
                           std::move(problem)});
    }

    const Channel& channel_;
    const std::filesystem::path& file_;
    const Environment& environment_;
    std::vector<Option> options_;
    std::vector<Fault> faults_;
};

}  // namespace

std::variant<std::vector<Option>, std::vector<Fault>> resolve_options(const std::vector<OptionSpec>& specs,
                                                                      const Channel& channel,
                                                                      const std::filesystem::path& file,
                                                                      const Environment& environment) {
    Resolver resolver(channel, file, environment);
    for (const OptionSpec& spec : specs) resolver.resolve(spec);
    resolver.refuse_unknown(specs);
    return std::move(resolver).result();
}

std::string shown(const Option& option) {
    return option.secret || looks_secret(option.key) ? hidden(option.value) : in_quotes(option.value);
}

std::vector<std::string> secrets_of(const Config& config) {
    std::vector<std::string> secrets;
    for (const ApiToken& token : config.api_tokens) secrets.push_back(token.token);
    return secrets;
}

std::vector<std::string> secrets_of(const std::vector<Option>& options) {
    std::vector<std::string> secrets;
    for (const Option& option : options) {
        if (option.secret) secrets.push_back(option.value);
    }
    return secrets;
}

}  // namespace jackgw::config
