#pragma once

#include <string>
#include <vector>

namespace jackgw::cli {

/// Rows as lines with aligned columns, two blanks between them, the first row being the heading. Cells are
/// shown by printable(); an empty one as "-".
std::string table_text(const std::vector<std::vector<std::string>>& rows);

/// A text from elsewhere made fit for a terminal: valid UTF-8, control characters replaced.
std::string printable(const std::string& text);

}  // namespace jackgw::cli
