#include "cli/table.h"

#include <algorithm>

#include "base/utf8.h"

namespace jackgw::cli {

namespace {

/// Columns that a text takes: code points, which is right for all that stands in our tables.
std::size_t width_of(const std::string& text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

}  // namespace

std::string printable(const std::string& text) {
    std::string result = repair_utf8(text);
    for (char& c : result) {
        if (static_cast<unsigned char>(c) < 0x20 || c == '\x7f') c = ' ';
    }
    return result;
}

std::string table_text(const std::vector<std::vector<std::string>>& rows) {
    std::vector<std::vector<std::string>> cells;
    std::vector<std::size_t> widths;
    for (const auto& row : rows) {
        auto& shown = cells.emplace_back();
        widths.resize(std::max(widths.size(), row.size()));
        for (std::size_t i = 0; i < row.size(); ++i) {
            shown.push_back(row[i].empty() ? "-" : printable(row[i]));
            widths[i] = std::max(widths[i], width_of(shown[i]));
        }
    }
    std::string text;
    for (const auto& row : cells) {
        for (std::size_t i = 0; i < row.size(); ++i) {
            text += row[i];
            if (i + 1 < row.size()) text.append(widths[i] - width_of(row[i]) + 2, ' ');
        }
        text += '\n';
    }
    return text;
}

}  // namespace jackgw::cli
