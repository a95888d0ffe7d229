#include <cstdlib>
#include <iostream>

#include "config/load.h"
#include "gateway/channel_options.h"
#include "gateway/serve.h"
#include "plugins/library.h"
#include "plugins/option_table.h"
#include "plugins/plugin_error.h"
#include "plugins/probe.h"
#include "plugins/text.h"

namespace jackgw::gateway {

namespace {

/// A plugin's option table, read from the file: tried in a child first, then loaded here.
std::vector<config::OptionSpec> option_specs(const std::filesystem::path& file) {
    plugins::StagingArea staging;
    plugins::StagedFile staged = staging.stage(file);
    plugins::Prober(std::filesystem::read_symlink("/proc/self/exe")).probe(staged, file);
    plugins::Library library(std::move(staged), file, false);
    return plugins::read_option_table(library.entry().options);
}

const char* type_word(config::OptionType type) {
    switch (type) {
        case config::OptionType::string:
            return "string";
        case config::OptionType::integer:
            return "integer";
        case config::OptionType::boolean:
            return "boolean";
        case config::OptionType::url:
            return "url";
    }
    return "";
}

}  // namespace

int check(const std::filesystem::path& config_file) {
    const config::Environment environment = config::process_environment();
    const auto loaded = config::load(config_file, environment);
    if (const auto* faults = std::get_if<std::vector<config::Fault>>(&loaded)) {
        std::cerr << config::to_string(*faults);
        return 2;
    }
    const auto& config = std::get<config::Config>(loaded);
    bool right = true;
    for (const config::Channel& channel : config.channels) {
        if (!channel.enabled) {
            std::cout << "channel " << channel.name << ": not enabled, its options are not checked\n";
            continue;
        }
        try {
            const auto specs = option_specs(config.plugins.directory / (channel.plugin + ".so"));
            for (const config::Option& option :
                 current_channel_options(config_file, channel.name, specs, environment))
                std::cout << "channel " << channel.name << ": " << option.name << " = "
                          << config::shown(option) << '\n';
        } catch (const plugins::PluginError& error) {
            std::cerr << error.what() << '\n';
            right = false;
        }
    }
    if (!right) return 2;
    std::cout << config_file.string() << " is right\n";
    return EXIT_SUCCESS;
}

int check_plugin(const std::filesystem::path& file) {
    try {
        plugins::StagingArea staging;
        plugins::StagedFile staged = staging.stage(file);
        plugins::Prober(std::filesystem::read_symlink("/proc/self/exe")).probe(staged, file);
        plugins::Library library(std::move(staged), file, false);
        const jackgw_plugin_entry_v1& entry = library.entry();
        std::cout << plugins::view(entry.id) << ' ' << plugins::view(entry.version) << ": "
                  << plugins::view(entry.description) << "\nplugin ABI " << entry.abi_major << '.'
                  << entry.min_host_minor << '\n';
        for (const config::OptionSpec& spec : plugins::read_option_table(entry.options))
            std::cout << "  " << config::declared_key(spec) << " (" << type_word(spec.type)
                      << (spec.required ? ", required" : "") << (spec.secret ? ", secret" : "")
                      << (spec.env.empty() ? "" : ", or $" + spec.env) << "): " << spec.description << '\n';
        if (const std::string remark = library.close(); !remark.empty())
            std::cout << "warning: the file stays mapped after it was closed: " << remark << '\n';
        return EXIT_SUCCESS;
    } catch (const plugins::PluginError& error) {
        std::cerr << error.what() << '\n';
        return EXIT_FAILURE;
    }
}

}  // namespace jackgw::gateway
