#pragma once

#include <filesystem>
#include <string>

namespace jackgw::config {

/// True if the text has the form of an IANA time zone's name: words that begin with a capital letter, split
/// by slashes ("Europe/Vienna", "Etc/GMT+5"). It is then a relative path without dots.
bool is_time_zone_name(const std::string& text);

/// True if the zone's data are in the database; where the machine has no database at all, every name of the
/// right form is. Anything but a compiled time zone (RFC 8536), such as a folder, is not.
bool is_known_time_zone(const std::string& name, const std::filesystem::path& database);

/// Where Debian's package tzdata puts them.
inline constexpr const char* time_zone_database = "/usr/share/zoneinfo";

}  // namespace jackgw::config
