#include "gateway/channel_options.h"

#include <algorithm>

#include "config/load.h"
#include "plugins/loading/plugin_error.h"

namespace jackgw::gateway {

namespace {

/// All faults as the text of one error; its last line has no newline, as in every other error.
plugins::OptionError error_of(std::vector<config::Fault> faults) {
    std::string text = config::to_string(std::move(faults));
    while (text.ends_with('\n')) text.pop_back();
    return plugins::OptionError(text);
}

}  // namespace

std::vector<config::Option> current_channel_options(const std::filesystem::path& config_file,
                                                    const std::string& channel,
                                                    const std::vector<config::OptionSpec>& specs,
                                                    const config::Environment& environment) {
    const auto loaded = config::load(config_file, environment);
    if (const auto* faults = std::get_if<std::vector<config::Fault>>(&loaded)) throw error_of(*faults);
    const auto& channels = std::get<config::Config>(loaded).channels;
    const auto found = std::ranges::find(channels, channel, &config::Channel::name);
    if (found == channels.end())
        throw plugins::OptionError("the config file " + config_file.string() + " has no channel '" + channel +
                                   "' any more; restart the gateway to take it down");
    auto resolved = config::resolve_options(specs, *found, config_file, environment);
    if (auto* faults = std::get_if<std::vector<config::Fault>>(&resolved)) throw error_of(std::move(*faults));
    return std::get<std::vector<config::Option>>(std::move(resolved));
}

}  // namespace jackgw::gateway
