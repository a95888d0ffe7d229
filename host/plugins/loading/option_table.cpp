#include "plugins/loading/option_table.h"

#include <algorithm>
#include <regex>
#include <string>
#include <string_view>

#include "plugins/contract/text.h"
#include "plugins/loading/plugin_error.h"

namespace jackgw::plugins {

namespace {

[[noreturn]] void refuse(const config::OptionSpec& spec, const std::string& why) {
    throw PluginError("the plugin's option " + config::declared_key(spec) + " " + why);
}

bool is_snake_case(std::string_view text) {
    return !text.empty() && text.front() >= 'a' && text.front() <= 'z' &&
           std::ranges::all_of(
               text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
}

/// "key", or "list[].column".
void read_key(std::string_view declared, config::OptionSpec& spec) {
    constexpr std::string_view separator = "[].";
    const auto mark = declared.find(separator);
    const bool is_column = mark != std::string_view::npos;
    if (is_column) spec.list = declared.substr(0, mark);
    spec.key = is_column ? declared.substr(mark + separator.size()) : declared;
    if (!is_snake_case(spec.key) || (is_column && !is_snake_case(spec.list)))
        throw PluginError("the plugin's option table has the malformed key '" + std::string(declared) +
                          "': keys are snake_case, a column of a list of tables is list[].column");
}

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
        refuse(spec, std::string("has a pattern that is no regular expression: ") + error.what());
    }
}

config::OptionSpec read_option(const jackgw_option& option) {
    config::OptionSpec spec;
    read_key(view(option.key), spec);
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
    if (!spec.list.empty() && !spec.env.empty())
        refuse(spec, "is a column and names the environment variable " + spec.env +
                         ": one variable can't stand for several rows");
    return spec;
}

/// What no single row of the table can be blamed for.
void check_lists(const std::vector<config::OptionSpec>& specs) {
    for (const config::OptionSpec& column : specs) {
        if (column.list.empty()) continue;
        bool has_required = false;
        for (const config::OptionSpec& other : specs) {
            if (other.list.empty() && other.key == column.list)
                refuse(other, "is declared as a list of tables, too");
            has_required = has_required || (other.list == column.list && other.required);
        }
        if (!has_required)
            throw PluginError("the plugin's list of tables " + column.list +
                              "[] has no required column: a row without any value could not be handed over");
    }
}

}  // namespace

std::vector<config::OptionSpec> read_option_table(const jackgw_option_table& table) {
    std::vector<config::OptionSpec> specs;
    // Newer plugins may have longer items: the table's own size is the stride.
    const auto* bytes = reinterpret_cast<const char*>(table.items);
    for (std::uint32_t i = 0; i < table.count; ++i) {
        config::OptionSpec spec =
            read_option(*reinterpret_cast<const jackgw_option*>(bytes + std::size_t{i} * table.item_size));
        if (std::ranges::find(specs, config::declared_key(spec), config::declared_key) != specs.end())
            refuse(spec, "is repeated in its option table");
        specs.push_back(std::move(spec));
    }
    check_lists(specs);
    return specs;
}

}  // namespace jackgw::plugins
