#pragma once

#include <jackgw/plugin.h>

#include <vector>

#include "config/options.h"

namespace jackgw::plugins {

/// A plugin's option table as the values that the configuration works with. The table must have passed
/// find_entry_fault. Throws PluginError for a key that is malformed or stands twice, an unknown type, a
/// pattern that is no regular expression, a column with an environment variable, a list without a required
/// column or with the name of an option.
std::vector<config::OptionSpec> read_option_table(const jackgw_option_table& table);

}  // namespace jackgw::plugins
