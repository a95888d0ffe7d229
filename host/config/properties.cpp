#include "config/properties.h"

#include <algorithm>

namespace jackgw::config {

namespace {

std::vector<std::string> ids_of(const std::vector<Property>& properties) {
    std::vector<std::string> ids;
    for (const Property& property : properties) ids.push_back(property.id);
    return ids;
}

bool is_there(const Config& config, const std::string& id) {
    return std::ranges::find(config.properties, id, &Property::id) != config.properties.end();
}

void refuse_property(const toml::node& node, const std::string& path, const std::string& id, Reader& reader,
                     const Config& config) {
    const std::string written = node.value_or(id);  // what a variable holds is not shown
    reader.fault(Reader::line_of(node), path, in_quotes(written),
                 unknown("property", id, ids_of(config.properties)));
}

}  // namespace

void read_properties(const toml::table& root, const Schema& schema, Reader& reader, Config& config) {
    const toml::table* tables = reader.table(root, "", "properties");
    if (tables == nullptr || tables->empty()) return;
    config.properties.clear();
    for (const auto& [key, node] : *tables) {
        Property property;
        property.id = key.str();
        const std::string path = "properties." + property.id;
        if (!is_property_name(property.id))
            reader.fault(static_cast<int>(key.source().begin.line), path, {}, property_name_rule);
        if (const toml::table* table = reader.table(*tables, "properties", property.id))
            reader.read(*table, path, schema.property, property);
        config.properties.push_back(std::move(property));  // even if it is faulty: who names it is right
    }
}

void settle_property(const toml::table& table, const std::string& path, Reader& reader, const Config& config,
                     Channel& channel) {
    const toml::node* node = table.get("property");
    if (node != nullptr) {
        // If it is empty the schema has refused it.
        if (!channel.property.empty() && !is_there(config, channel.property))
            refuse_property(*node, path + ".property", channel.property, reader, config);
    } else if (is_there(config, defaults::property)) {
        channel.property = defaults::property;
    } else if (config.properties.size() == 1) {
        channel.property = config.properties.front().id;
    } else {
        reader.fault(Reader::line_of(table), path + ".property", {},
                     "is missing; it must be " + expected_choice(ids_of(config.properties)));
    }
}

void check_properties(const toml::table& table, const std::string& path, Reader& reader, const Config& config,
                      const ApiToken& token) {
    const toml::node* node = table.get("properties");
    const toml::array* list = node != nullptr ? node->as_array() : nullptr;
    if (list == nullptr || list->size() != token.properties.size()) return;  // the schema has refused it
    if (list->empty())
        reader.fault(Reader::line_of(*node), path + ".properties", "[]",
                     "must name a property, or the token could see nothing; leave it out for all of them");
    if (list->size() > defaults::max_token_properties)
        reader.fault(Reader::line_of(*node), path + ".properties", {},
                     "names " + std::to_string(list->size()) + " properties, and " +
                         std::to_string(defaults::max_token_properties) +
                         " is the most; leave it out for all of them, or use several tokens");
    for (std::size_t i = 0; i < list->size(); ++i)
        if (!is_there(config, token.properties[i]))
            refuse_property((*list)[i], path + ".properties", token.properties[i], reader, config);
}

}  // namespace jackgw::config
