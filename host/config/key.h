#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "config/config.h"
#include "config/value.h"

/// How the schema describes a key: its words for people, and how its value gets into a struct. One
/// description serves validation, messages, suggestions and the reference.
namespace jackgw::config {

/// Why a value is not taken.
struct Refusal {
    const Value* culprit;  ///< the value, or the element of a list
    std::string problem;   ///< empty: it isn't what the key expects, as Key::expected says
};

template <class Target>
struct Key {
    std::string name;
    std::string type;          ///< "integer"
    std::string expected;      ///< "an integer from 1 to 10000": completes "must be …"
    std::string default_text;  ///< as TOML; empty: none
    std::string description;
    bool required = false;
    bool secret = false;
    std::function<std::optional<Refusal>(Target&, const Value&)> store;

    Key as_required() && {
        required = true;
        default_text.clear();
        return std::move(*this);
    }
    Key as_secret() && {
        secret = true;
        return std::move(*this);
    }
};

/// What a text stands for, or why it is refused. An empty problem: see Key::expected.
template <class T>
struct Parsed {
    std::optional<T> value;
    std::string problem;
};

std::string toml_text(bool value);
std::string toml_text(std::int64_t value);
std::string toml_text(double value);
std::string toml_text(const std::string& value);
std::string toml_text(const ListenAddress& value);
std::string toml_text(const std::filesystem::path& value);
std::string toml_text(const std::vector<std::string>& values);
std::string toml_text(Duration value, Duration unit);
std::string toml_text(const std::vector<Duration>& values, Duration unit);

/// The value as a number, whether it was written 5 or 5.0.
std::optional<double> as_number(const Value& value);
/// The value as so many units, rounded to milliseconds; nothing outside minimum … maximum.
std::optional<Duration> as_duration(const Value& value, Duration unit, double minimum, double maximum);

/// "an integer from 1 to 10".
std::string expected_range(const std::string& kind, double minimum, double maximum);
/// ""text" or "json"".
std::string expected_choice(const std::vector<std::string>& words);

template <class Target>
Key<Target> flag(std::string name, bool Target::*member, std::string description) {
    return {std::move(name),
            "boolean",
            "true or false",
            toml_text(Target{}.*member),
            std::move(description),
            false,
            false,
            [member](Target& target, const Value& value) -> std::optional<Refusal> {
                const bool* taken = value.as<bool>();
                if (taken == nullptr) return Refusal{&value, {}};
                target.*member = *taken;
                return {};
            }};
}

template <class Target>
Key<Target> integer(std::string name, std::int64_t Target::*member, std::int64_t minimum,
                    std::int64_t maximum, std::string description) {
    return {std::move(name),
            "integer",
            expected_range("an integer", static_cast<double>(minimum), static_cast<double>(maximum)),
            toml_text(Target{}.*member),
            std::move(description),
            false,
            false,
            [=](Target& target, const Value& value) -> std::optional<Refusal> {
                const std::int64_t* taken = value.as<std::int64_t>();
                if (taken == nullptr || *taken < minimum || *taken > maximum) return Refusal{&value, {}};
                target.*member = *taken;
                return {};
            }};
}

template <class Target>
Key<Target> number(std::string name, double Target::*member, double minimum, double maximum,
                   std::string description) {
    return {std::move(name),
            "number",
            expected_range("a number", minimum, maximum),
            toml_text(Target{}.*member),
            std::move(description),
            false,
            false,
            [=](Target& target, const Value& value) -> std::optional<Refusal> {
                const auto taken = as_number(value);
                if (!taken || !(*taken >= minimum && *taken <= maximum)) return Refusal{&value, {}};
                target.*member = *taken;
                return {};
            }};
}

/// A duration written as a number of units, fractions allowed; `plural` names the unit.
template <class Target>
Key<Target> duration(std::string name, Duration Target::*member, Duration unit, const std::string& plural,
                     double minimum, double maximum, std::string description) {
    return {std::move(name),
            plural,
            expected_range("a number of " + plural, minimum, maximum),
            toml_text(Target{}.*member, unit),
            std::move(description),
            false,
            false,
            [=](Target& target, const Value& value) -> std::optional<Refusal> {
                const auto taken = as_duration(value, unit, minimum, maximum);
                if (!taken) return Refusal{&value, {}};
                target.*member = *taken;
                return {};
            }};
}

/// A list of durations in seconds.
template <class Target>
Key<Target> seconds_list(std::string name, std::vector<Duration> Target::*member, double maximum,
                         std::size_t most, std::string description) {
    return {std::move(name),
            "list of seconds",
            "a list of at most " + std::to_string(most) + " numbers of seconds, each from 0 to " +
                toml_text(static_cast<std::int64_t>(maximum)),
            toml_text(Target{}.*member, std::chrono::seconds{1}),
            std::move(description),
            false,
            false,
            [=](Target& target, const Value& value) -> std::optional<Refusal> {
                const ValueList* list = value.as<ValueList>();
                if (list == nullptr || list->size() > most) return Refusal{&value, {}};
                std::vector<Duration> taken;
                for (const Value& item : *list) {
                    const auto delay = as_duration(item, std::chrono::seconds{1}, 0, maximum);
                    if (!delay) return Refusal{&item, {}};
                    taken.push_back(*delay);
                }
                target.*member = std::move(taken);
                return {};
            }};
}

/// A text that `parse` turns into the member's type.
template <class Target, class T>
Key<Target> text(std::string name, T Target::*member, Parsed<T> (*parse)(const std::string&),
                 std::string expected, std::string description) {
    return {std::move(name),
            "string",
            std::move(expected),
            toml_text(Target{}.*member),
            std::move(description),
            false,
            false,
            [=](Target& target, const Value& value) -> std::optional<Refusal> {
                const std::string* given = value.as<std::string>();
                if (given == nullptr) return Refusal{&value, {}};
                Parsed<T> parsed = parse(*given);
                if (!parsed.value) return Refusal{&value, std::move(parsed.problem)};
                target.*member = std::move(*parsed.value);
                return {};
            }};
}

/// A list of texts.
template <class Target>
Key<Target> texts(std::string name, std::vector<std::string> Target::*member,
                  Parsed<std::string> (*parse)(const std::string&), std::string expected,
                  std::string description) {
    return {std::move(name),
            "list of strings",
            std::move(expected),
            toml_text(Target{}.*member),
            std::move(description),
            false,
            false,
            [=](Target& target, const Value& value) -> std::optional<Refusal> {
                const ValueList* list = value.as<ValueList>();
                if (list == nullptr) return Refusal{&value, {}};
                std::vector<std::string> taken;
                for (const Value& item : *list) {
                    const std::string* given = item.as<std::string>();
                    if (given == nullptr) return Refusal{&item, {}};
                    Parsed<std::string> parsed = parse(*given);
                    if (!parsed.value) return Refusal{&item, std::move(parsed.problem)};
                    taken.push_back(std::move(*parsed.value));
                }
                target.*member = std::move(taken);
                return {};
            }};
}

/// One of a few words.
template <class Target>
Key<Target> choice(std::string name, std::string Target::*member, const std::vector<std::string>& words,
                   std::string description) {
    return {std::move(name),
            "string",
            expected_choice(words),
            toml_text(Target{}.*member),
            std::move(description),
            false,
            false,
            [=](Target& target, const Value& value) -> std::optional<Refusal> {
                const std::string* given = value.as<std::string>();
                if (given == nullptr) return Refusal{&value, {}};
                for (const std::string& word : words) {
                    if (*given != word) continue;
                    target.*member = word;
                    return {};
                }
                return Refusal{&value, {}};
            }};
}

}  // namespace jackgw::config
