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

/// One option that a plugin declares, or one column of a list of tables: jackgw_option of the plugin contract
/// as host values.
struct OptionSpec {
    std::string key;  ///< of a column: its name within a row
    OptionType type = OptionType::string;
    bool required = false;
    bool secret = false;
    std::string pattern;        ///< ECMAScript, matches the whole value; empty: none
    std::string default_value;  ///< empty: none
    std::string env;            ///< variable used when the file has no value; empty: none
    std::string description;
    std::int64_t minimum = 0;  ///< integers only; both 0: no limits
    std::int64_t maximum = 0;
    std::string list{};  ///< the list that it is a column of; empty: an option by itself
};

/// As the plugin declares it: "auth_token", or "senders[].sender" for a column.
std::string declared_key(const OptionSpec& spec);

/// An option with its value, checked, as the plugin gets it.
struct Option {
    std::string key;  ///< of a column "senders[0].sender", rows counted from 0
    std::string value;
    bool secret = false;
    std::string name{};  ///< as messages call it: rows are counted from 1
};

/// Gives each declared option its value: the file's, else the variable's, else the default. Options without a
/// value are left out; a "" in the file means none, an empty variable counts as unset. The values come in the
/// order of the table, those of a list row by row where its first column stands; all faults come at once.
/// Secret values are in no fault.
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
