#include "store/sqlite/error.h"

#include <sqlite3.h>

#include "store/errors.h"

namespace jackgw::store::sqlite {

SqliteError::SqliteError(int extended_code, const std::string& message)
    : Error(message), extended_code_(extended_code) {}

bool SqliteError::breaks_connection() const {
    switch (primary_code()) {
        case SQLITE_IOERR:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_CANTOPEN:
        case SQLITE_PROTOCOL:
        case SQLITE_MISUSE:
            return true;
        default:
            return false;
    }
}

void throw_error(sqlite3* connection, int code) {
    std::string text = "database";
    const char* file = connection != nullptr ? sqlite3_db_filename(connection, "main") : nullptr;
    if (file != nullptr && *file != '\0') text += std::string(" ") + file;
    text += std::string(": ") + (connection != nullptr ? sqlite3_errmsg(connection) : sqlite3_errstr(code));
    throw SqliteError(code, text + " (SQLite code " + std::to_string(code) + ")");
}

std::exception_ptr as_store_error(const SqliteError& error) {
    const std::string text = error.what();
    switch (error.primary_code()) {
        case SQLITE_FULL:
            return std::make_exception_ptr(
                Unavailable(text + "; nothing was changed: make room on the disk"));
        case SQLITE_IOERR:
            return std::make_exception_ptr(Unavailable(text + "; nothing was changed: check the disk"));
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return std::make_exception_ptr(
                Unavailable(text + "; nothing was changed: another program holds the file"));
        case SQLITE_NOMEM:
        case SQLITE_INTERRUPT:
        case SQLITE_CANTOPEN:
        case SQLITE_PROTOCOL:
            return std::make_exception_ptr(Unavailable(text + "; nothing was changed"));
        default:
            return std::make_exception_ptr(StoreError(text));
    }
}

}  // namespace jackgw::store::sqlite
