#include "stored.h"

#include <sqlite3.h>

#include <memory>
#include <stdexcept>
#include <string>

namespace jackgw::bench {

Stored count_stored(const std::filesystem::path& database) {
    sqlite3* opened = nullptr;
    const int code = sqlite3_open_v2(database.c_str(), &opened, SQLITE_OPEN_READONLY, nullptr);
    const std::unique_ptr<sqlite3, decltype(&sqlite3_close)> connection(opened, &sqlite3_close);
    sqlite3_stmt* prepared = nullptr;
    if (code == SQLITE_OK)
        sqlite3_prepare_v2(opened, "SELECT (SELECT count(*) FROM messages), (SELECT count(*) FROM guests)",
                           -1, &prepared, nullptr);
    const std::unique_ptr<sqlite3_stmt, decltype(&sqlite3_finalize)> row(prepared, &sqlite3_finalize);
    if (!row || sqlite3_step(row.get()) != SQLITE_ROW)
        throw std::runtime_error("can't read " + database.string() + ": " + sqlite3_errmsg(opened));
    return {static_cast<std::uint64_t>(sqlite3_column_int64(row.get(), 0)),
            static_cast<std::uint64_t>(sqlite3_column_int64(row.get(), 1))};
}

}  // namespace jackgw::bench
