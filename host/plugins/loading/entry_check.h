#pragma once

#include <jackgw/plugin.h>

#include <optional>
#include <string>

namespace jackgw::plugins {

/// Looks at an entry's data members and says why this host can't run the plugin, or nothing. Calls nothing.
std::optional<std::string> find_entry_fault(const jackgw_plugin_entry_v1& entry);

}  // namespace jackgw::plugins
