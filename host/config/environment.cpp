#include "config/environment.h"

#include <algorithm>
#include <cstdlib>

#include "base/utf8.h"

namespace jackgw::config {

namespace {

bool is_variable_name(std::string_view name) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !name.empty() && letter(name.front()) &&
           std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

}  // namespace

Environment process_environment() {
    return [](const std::string& name) -> std::optional<std::string> {
        const char* value = std::getenv(name.c_str());
        if (value == nullptr) return std::nullopt;
        return std::string(value);
    };
}

std::variant<std::string, ExpansionError> expand(std::string_view text, const Environment& environment) {
    std::string result;
    while (true) {
        const auto start = text.find("${");
        result += text.substr(0, start);
        if (start == std::string_view::npos) return result;
        if (start > 0 && text[start - 1] == '$') {
            result += "{";  // the first of the two dollars stands already
            text.remove_prefix(start + 2);
            continue;
        }
        const auto end = text.find('}', start);
        const std::string name(text.substr(start + 2, end == std::string_view::npos ? 0 : end - start - 2));
        if (!is_variable_name(name))
            return ExpansionError{
                "\"${\" must be followed by the name of an environment variable and \"}\"; "
                "write \"$${\" for the two characters themselves"};
        const auto value = environment(name);
        if (!value) return ExpansionError{"the environment variable " + name + " is not set"};
        if (!is_valid_utf8(*value))
            return ExpansionError{"the environment variable " + name + " does not hold valid UTF-8"};
        result += *value;
        text.remove_prefix(end + 1);
    }
}

}  // namespace jackgw::config
