#include "config/reader.h"

#include <algorithm>
#include <sstream>

namespace jackgw::config {

namespace {

std::string path_of(const std::string& prefix, const std::string& name) {
    return prefix.empty() ? name : prefix + "." + name;
}

/// A number, date or boolean as TOML writes it.
std::string written(const toml::node& node) {
    std::ostringstream out;
    node.visit([&out](const auto& value) {
        if constexpr (toml::is_value<decltype(value)> && !toml::is_string<decltype(value)>) out << value;
    });
    return out.str();
}

}  // namespace

Reader::Reader(std::filesystem::path file, const Environment& environment)
    : file_(std::move(file)), environment_(environment) {}

void Reader::fault(int line, std::string key, std::string value, std::string problem) {
    faults_.push_back({file_, line, std::move(key), std::move(value), std::move(problem)});
}

std::string Reader::shown(const Value& value, bool secret) {
    if (!secret) return value.shown;
    const std::string* text = value.as<std::string>();
    return text != nullptr ? hidden(*text) : "(hidden)";
}

const toml::table* Reader::table(const toml::table& parent, const std::string& prefix,
                                 const std::string& name) {
    const toml::node* node = parent.get(name);
    if (node == nullptr) return nullptr;
    if (const toml::table* found = node->as_table()) return found;
    const std::string path = path_of(prefix, name);
    fault(line_of(*node), path, {}, "must be a table, written [" + path + "]");
    return nullptr;
}

std::vector<const toml::table*> Reader::tables(const toml::table& parent, const std::string& prefix,
                                               const std::string& name) {
    const toml::node* node = parent.get(name);
    if (node == nullptr) return {};
    const std::string path = path_of(prefix, name);
    std::vector<const toml::table*> found;
    const toml::array* list = node->as_array();
    if (list != nullptr) {
        for (const toml::node& item : *list) found.push_back(item.as_table());
    }
    if (list == nullptr || std::find(found.begin(), found.end(), nullptr) != found.end()) {
        fault(line_of(*node), path, {}, "must be a list of tables, each written [[" + path + "]]");
        return {};
    }
    return found;
}

void Reader::refuse_unknown(const toml::table& table, const std::string& prefix,
                            const std::vector<std::string>& allowed) {
    for (const auto& [key, node] : table) {
        const std::string name(key.str());
        if (std::find(allowed.begin(), allowed.end(), name) != allowed.end()) continue;
        // Its value is not shown: a misspelt key may well hold a secret.
        fault(static_cast<int>(key.source().begin.line), path_of(prefix, name), {},
              unknown_key(name, allowed));
    }
}

std::optional<Value> Reader::value(const toml::node& node, const std::string& key) {
    Value result;
    result.line = line_of(node);
    result.shown = written(node);
    if (const auto* text = node.as_string()) {
        result.shown = in_quotes(text->get());
        auto expanded = expand(text->get(), environment_);
        if (const auto* error = std::get_if<ExpansionError>(&expanded)) {
            // Where it looks secret not even the part beside the variable is shown.
            fault(result.line, key, looks_secret(key) ? "" : result.shown, error->problem);
            return std::nullopt;
        }
        result.data = std::get<std::string>(std::move(expanded));
    } else if (const auto* boolean = node.as_boolean()) {
        result.data = boolean->get();
    } else if (const auto* integer = node.as_integer()) {
        result.data = integer->get();
    } else if (const auto* number = node.as_floating_point()) {
        result.data = number->get();
    } else if (const auto* list = node.as_array()) {
        ValueList items;
        bool complete = true;
        result.shown = "[…]";
        for (const toml::node& item : *list) {
            auto taken = value(item, key);
            complete = complete && taken;
            if (taken) items.push_back(std::move(*taken));
        }
        if (!complete) return std::nullopt;
        result.data = std::move(items);
    } else if (node.is_table()) {
        result.shown = "{…}";
    }
    return result;
}

}  // namespace jackgw::config
