#include "plugins/option_table.h"

#include <algorithm>
#include <regex>
#include <string>

#include "plugins/plugin_error.h"
#include "plugins/text.h"

namespace jackgw::plugins {

namespace {

config::OptionType option_type(const jackgw_option& option) {
    switch (option.type) {
        case JACKGW_OPTION_STRING:
            return config::OptionType::string;
        case JACKGW_OPTION_INTEGER:
            return config::OptionType::integer;
        case JACKGW_OPTION_BOOLEAN:
            return config::OptionType::boolean;
        case JACKGW_OPTION_URL:
            return config::OptionType::url;
        default:
            throw PluginError("the plugin's option " + std::string(view(option.key)) + " has the type " +
                              std::to_string(option.type) + ", which this gateway doesn't know");
    }
}

void check_pattern(const config::OptionSpec& spec) {
    try {
        const std::regex compiled(spec.pattern, std::regex::ECMAScript);
    } catch (const std::regex_error& error) {
        throw PluginError("the plugin's option " + spec.key +
                          " has a pattern that is no regular expression: " + error.what());
    }
}

config::OptionSpec read_option(const jackgw_option& option) {
    config::OptionSpec spec;
    spec.key = view(option.key);
    spec.type = option_type(option);
    spec.required = (option.flags & JACKGW_OPTION_REQUIRED) != 0;
    spec.secret = (option.flags & JACKGW_OPTION_SECRET) != 0;
    spec.pattern = view(option.pattern);
    spec.default_value = view(option.default_value);
    spec.env = view(option.env);
    spec.description = view(option.description);
    spec.minimum = option.minimum;
    spec.maximum = option.maximum;
    check_pattern(spec);
    return spec;
}

}  // namespace

std::vector<config::OptionSpec> read_option_table(const jackgw_option_table& table) {
    std::vector<config::OptionSpec> specs;
    // Newer plugins may have longer items: the table's own size is the stride.
    const auto* bytes = reinterpret_cast<const char*>(table.items);
    for (std::uint32_t i = 0; i < table.count; ++i) {
        config::OptionSpec spec =
            read_option(*reinterpret_cast<const jackgw_option*>(bytes + std::size_t{i} * table.item_size));
        if (spec.key.empty() || std::ranges::find(specs, spec.key, &config::OptionSpec::key) != specs.end())
            throw PluginError("the plugin's option table has an empty or repeated key '" + spec.key + "'");
        specs.push_back(std::move(spec));
    }
    return specs;
}

}  // namespace jackgw::plugins
