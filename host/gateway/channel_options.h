#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config/options.h"

namespace jackgw::gateway {

/// The options that the config file gives a channel at this moment, validated against the plugin's table: the
/// file is read anew, so that a reload takes up what was changed. Throws plugins::OptionError with all
/// faults.
std::vector<config::Option> current_channel_options(const std::filesystem::path& config_file,
                                                    const std::string& channel,
                                                    const std::vector<config::OptionSpec>& specs,
                                                    const config::Environment& environment);

}  // namespace jackgw::gateway
