#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace jackgw::config {

/// Finds an environment variable. Injected, so that tests choose what is set.
using Environment = std::function<std::optional<std::string>(const std::string& name)>;

/// The variables of this process. Reads them at each call: nothing may call setenv meanwhile.
Environment process_environment();

/// Why a text could not be expanded, in words.
struct ExpansionError {
    std::string problem;
};

/// Replaces every ${NAME} by the variable's value; "$${" stands for "${". What a variable holds is not
/// expanded again.
std::variant<std::string, ExpansionError> expand(std::string_view text, const Environment& environment);

}  // namespace jackgw::config
