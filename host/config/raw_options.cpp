#include "config/raw_options.h"

#include <optional>
#include <utility>

namespace jackgw::config {

namespace {

constexpr const char* scalar_rule = "must be a string, an integer, true or false";

bool is_list_of_tables(const toml::array& array) {
    return array.empty() || array.is_homogeneous(toml::node_type::table);
}

std::optional<RawOption> read_option(const std::string& name, const toml::node& node, const std::string& path,
                                     const std::string& rule, Reader& reader) {
    auto value = reader.value(node, path);
    if (!value) return std::nullopt;
    RawOption option{name, {}, value->shown, value->line};
    if (auto* text = std::get_if<std::string>(&value->data)) {
        option.value = std::move(*text);
    } else if (const auto* integer = value->as<std::int64_t>()) {
        option.value = *integer;
    } else if (const auto* boolean = value->as<bool>()) {
        option.value = *boolean;
    } else {
        reader.fault(value->line, path, {}, rule);
        return std::nullopt;
    }
    return option;
}

RawOptionList read_list(const std::string& name, const toml::array& array, const std::string& path, int line,
                        Reader& reader) {
    RawOptionList list{name, {}, line};
    for (const toml::node& item : array) {
        RawOptionList::Row row{{}, Reader::line_of(item)};
        // For people rows count from one.
        const std::string place = path + "[" + std::to_string(list.rows.size() + 1) + "].";
        for (const auto& [key, node] : *item.as_table()) {
            const std::string column(key.str());
            auto option = read_option(column, node, place + column, scalar_rule, reader);
            if (option) row.options.push_back(std::move(*option));
        }
        list.rows.push_back(std::move(row));
    }
    return list;
}

}  // namespace

void read_raw_options(const toml::table& table, const std::string& path, Reader& reader, Channel& channel) {
    for (const auto& [key, node] : table) {
        const std::string name(key.str());
        const std::string place = std::string(path).append(".").append(name);
        const toml::array* array = node.as_array();
        if (array != nullptr && is_list_of_tables(*array)) {
            const int line = static_cast<int>(key.source().begin.line);
            channel.option_lists.push_back(read_list(name, *array, place, line, reader));
            continue;
        }
        std::string rule = scalar_rule;
        if (array != nullptr || node.is_table())
            rule += ", or a list of tables, each written [[" + place + "]]";
        if (auto option = read_option(name, node, place, rule, reader))
            channel.options.push_back(std::move(*option));
    }
}

}  // namespace jackgw::config
