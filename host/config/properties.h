#pragma once

#include <string>

#include "config/config.h"
#include "config/reader.h"

/// The hotels that the gateway serves, and who names them.
namespace jackgw::config {

/// Reads every [properties.NAME]. Where there is none, the config keeps the one that it begins with.
void read_properties(const toml::table& root, const Schema& schema, Reader& reader, Config& config);

/// Gives a channel whose table has been read its property: the one named there, else `main`, else the only
/// one that there is. `channel.property` is empty unless the table named one.
void settle_property(const toml::table& table, const std::string& path, Reader& reader, const Config& config,
                     Channel& channel);

/// A fault for each property that a token names and that is not there, and for an empty list of them. The
/// token has been read from the table.
void check_properties(const toml::table& table, const std::string& path, Reader& reader, const Config& config,
                      const ApiToken& token);

}  // namespace jackgw::config
