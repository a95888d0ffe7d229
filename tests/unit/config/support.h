#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "config/load.h"

namespace jackgw::config::test {

/// An environment that holds just these variables.
inline Environment environment_of(std::map<std::string, std::string> variables) {
    return [variables = std::move(variables)](const std::string& name) -> std::optional<std::string> {
        const auto found = variables.find(name);
        if (found == variables.end()) return std::nullopt;
        return found->second;
    };
}

inline Environment no_environment() {
    return environment_of({});
}

/// The faults of a text that goes by the name jack.toml, as they are shown, in the order of lines.
inline std::string faults_of(const std::string& text, const Environment& environment = no_environment()) {
    const auto result = parse(text, "jack.toml", environment);
    const auto* faults = std::get_if<std::vector<Fault>>(&result);
    return faults != nullptr ? to_string(*faults) : "";
}

}  // namespace jackgw::config::test
