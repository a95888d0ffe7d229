#pragma once

#include <filesystem>
#include <string_view>
#include <variant>
#include <vector>

#include "config/config.h"
#include "config/environment.h"
#include "config/fault.h"

namespace jackgw::config {

/// Reads and checks a config file: the values, or all of its faults at once (a syntax error hides what
/// follows it). Relative paths resolve from the file's folder. Throws nothing for what a user can get wrong.
std::variant<Config, std::vector<Fault>> load(const std::filesystem::path& file,
                                              const Environment& environment);

/// The same for a text that is already read; `file` gives names to faults and a folder to relative paths.
std::variant<Config, std::vector<Fault>> parse(std::string_view text, const std::filesystem::path& file,
                                               const Environment& environment);

/// Reads and checks the [server] table alone, for clients of a running gateway: they need neither the
/// channels' options nor the environment that those take values from.
std::variant<Server, std::vector<Fault>> load_server(const std::filesystem::path& file,
                                                     const Environment& environment);

}  // namespace jackgw::config
