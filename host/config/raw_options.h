#pragma once

#include <string>

#include "config/config.h"
#include "config/reader.h"

namespace jackgw::config {

/// Reads the table of a channel's options as it stands: which of them the plugin declares is found out later.
/// What no option can hold is a fault.
void read_raw_options(const toml::table& table, const std::string& path, Reader& reader, Channel& channel);

}  // namespace jackgw::config
