#include <cstdlib>
#include <iostream>

#include "config/load.h"
#include "gateway/serve.h"
#include "gateway/trial.h"
#include "plugins/contract/text.h"
#include "plugins/loading/library.h"
#include "plugins/loading/option_table.h"
#include "plugins/loading/plugin_error.h"
#include "plugins/loading/probe.h"

namespace jackgw::gateway {

namespace {

std::filesystem::path this_program() {
    return std::filesystem::read_symlink("/proc/self/exe");
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

void print_properties(const config::Config& config) {
    for (const config::Property& property : config.properties)
        std::cout << "property " << property.id << ": \"" << property.name << "\", " << property.time_zone
                  << '\n';
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
    print_properties(config);
    Trial trial(config, environment, this_program());
    bool right = true;
    for (const config::Channel& channel : config.channels) {
        if (config.properties.size() > 1)
            std::cout << "channel " << channel.name << ": property " << channel.property << '\n';
        if (!channel.enabled) {
            std::cout << "channel " << channel.name << ": not enabled, its options are not checked\n";
            continue;
        }
        std::cout.flush();  // if the plugin's code ends the program, what was found before is there
        try {
            for (const config::Option& option : trial.run(channel))
                std::cout << "channel " << channel.name << ": " << option.name << " = "
                          << config::shown(option) << '\n';
        } catch (const plugins::OptionError& error) {
            std::cerr << error.what() << '\n';
            right = false;
        } catch (const plugins::PluginError& error) {
            std::cerr << "channel " << channel.name << ": " << error.what() << '\n';
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
        plugins::Prober(this_program()).probe(staged, file);
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
