/// The lists of tables among a plugin's options: jackgw_option with a key such as "senders[].sender".
#pragma once

#include <jackgw/cpp/text.h>

#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace jackgw::plugin {

/// One row. Views, valid as long as the options that it was read from.
class OptionRow {
  public:
    void add(std::string_view column, std::string_view value) { columns_.push_back(pair(column, value)); }

    /// The value of a column; nothing if the row has none.
    std::optional<std::string_view> find(std::string_view column) const noexcept {
        return plugin::find(pairs(columns_), column);
    }
    /// The same, empty where the row has none.
    std::string_view value(std::string_view column) const noexcept {
        return find(column).value_or(std::string_view{});
    }

  private:
    std::vector<jackgw_pair> columns_;
};

/// The rows of a list in their order: of "senders" those that the pairs "senders[0].…", "senders[1].…" make.
inline std::vector<OptionRow> option_rows(jackgw_pairs options, std::string_view list) {
    std::vector<OptionRow> rows;
    for (const jackgw_pair& option : view(options)) {
        std::string_view key = view(option.name);
        if (!key.starts_with(list) || !key.substr(list.size()).starts_with('[')) continue;
        key.remove_prefix(list.size() + 1);
        std::size_t index = 0;
        const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
        key.remove_prefix(static_cast<std::size_t>(end - key.data()));
        // The host hands rows over in their order: an index is that of the row at hand or of the next.
        if (error != std::errc{} || !key.starts_with("].") || index > rows.size()) continue;
        if (index == rows.size()) rows.emplace_back();
        rows[index].add(key.substr(2), view(option.value));
    }
    return rows;
}

}  // namespace jackgw::plugin
