#pragma once

#include <filesystem>

namespace jackgw::gateway {

/// Runs the gateway until SIGTERM or SIGINT. Returns the exit code: 0 ended as asked, 1 failed, 2 the
/// configuration is wrong. What went wrong is told on standard error.
int serve(const std::filesystem::path& config_file);

/// Checks a config file, and each channel as far as it goes without serving: see Trial. Prints all faults. 0:
/// it is right, 2: it is not.
int check(const std::filesystem::path& config_file);

/// Says whether this gateway could load a plugin file, and what it declares. 0, or 1 with the reason.
int check_plugin(const std::filesystem::path& file);

}  // namespace jackgw::gateway
