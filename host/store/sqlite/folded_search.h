#pragma once

struct sqlite3;

namespace jackgw::store::sqlite {

/// Gives the connection contains_folded(text, part), the seam's word for a search without regard to case, by
/// Unicode: SQLite's own lower() knows ASCII only.
void add_folded_search(sqlite3* connection);

}  // namespace jackgw::store::sqlite
