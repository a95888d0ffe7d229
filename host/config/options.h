#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/config.h"
#include "config/environment.h"
#include "config/fault.h"

namespace jackgw::config {

enum class OptionType { string, integer, boolean, url };

/// One option that a plugin declares: jackgw_option of the plugin contract as host values.
struct OptionSpec {
    std::string key;
    OptionType type = OptionType::string;
    bool required = false;
    bool secret = false;
    std::string pattern;        ///< ECMAScript, matches the whole value; empty: none
    std::string default_value;  ///< empty: none
    std::string env;            ///< variable used when the file has no value; empty: none
    std::string description;
    std::int64_t minimum = 0;  ///< integers only; both 0: no limits
    std::int64_t maximum = 0;
};

/// An option with its value, checked, as the plugin gets it.
struct Option {
    std::string key;
    std::string value;
    bool secret = false;
};

/// Gives each declared option its value: the file's, else the variable's, else the default. Options without a
/// value are left out; a "" in the file means none, an empty variable counts as unset. The values come in the
/// order of the table; all faults come at once. Secret values are in no fault.
std::variant<std::vector<Option>, std::vector<Fault>> resolve_options(const std::vector<OptionSpec>& specs,
                                                                      const Channel& channel,
                                                                      const std::filesystem::path& file,
                                                                      const Environment& environment);

/// The value for display: quoted, or "(hidden, 32 characters)" for a secret.
std::string shown(const Option& option);

/// What must never be logged: the API's tokens.
std::vector<std::string> secrets_of(const Config& config);
/// What must never be logged: the values of options declared secret.
std::vector<std::string> secrets_of(const std::vector<Option>& options);

}  // namespace jackgw::config
