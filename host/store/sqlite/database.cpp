#include "store/sqlite/database.h"

#include <Poco/UTF8String.h>
#include <sqlite3.h>

#include "store/sqlite/error.h"

namespace jackgw::store::sqlite {

namespace {

constexpr int busy_timeout_ms = 5000;

/// fold(text): lower case by Unicode; SQLite's own lower() knows ASCII only.
void fold(sqlite3_context* context, int, sqlite3_value** values) {
    const unsigned char* data = sqlite3_value_text(values[0]);
    if (data == nullptr) {
        sqlite3_result_null(context);
        return;
    }
    try {
        const std::string text(reinterpret_cast<const char*>(data),
                               static_cast<std::size_t>(sqlite3_value_bytes(values[0])));
        const std::string folded = Poco::UTF8::toLower(text);
        sqlite3_result_text64(context, folded.data(), folded.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    } catch (const std::exception& error) {
        sqlite3_result_error(context, error.what(), -1);
    }
}

int note_wal_pages(void* pages, sqlite3*, const char*, int count) {
    *static_cast<int*>(pages) = count;
    return SQLITE_OK;
}

}  // namespace

void CloseDatabase::operator()(sqlite3* connection) const {
    sqlite3_close_v2(connection);
}

Database::Database(const std::filesystem::path& file, Mode mode) {
    sqlite3* connection = nullptr;
    const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(file.c_str(), &connection, flags, nullptr);
    connection_.reset(connection);
    if (code != SQLITE_OK) throw_error(connection, code);
    sqlite3_busy_timeout(connection, busy_timeout_ms);
    sqlite3_create_function_v2(connection, "fold", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr, fold,
                               nullptr, nullptr, nullptr);

    Statement journal = query("PRAGMA journal_mode = WAL");
    if (!journal.step() || journal.text(0) != "wal")
        throw SqliteError(SQLITE_CANTOPEN,
                          "database " + file.string() +
                              ": its file system can't hold a write-ahead log (shared memory "
                              "is needed): put it on a local disk");
    // The WAL is moved by the checkpointer and, past its limit, by the writer: not in the middle of a COMMIT.
    script(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;"
        "PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864;");
    sqlite3_wal_hook(connection, note_wal_pages, &wal_pages_);
    script(mode == Mode::write ? "PRAGMA cache_size = -65536"
                               : "PRAGMA cache_size = -8192; PRAGMA query_only = ON");
}

Statement Database::prepare(std::string_view sql) {
    if (const auto found = statements_.find(sql); found != statements_.end())
        return Statement(statements_, statements_.extract(found));
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v3(connection_.get(), sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
    if (code != SQLITE_OK) throw_error(connection_.get(), code);
    StatementCache one;
    one.emplace(std::string(sql), prepared);
    return Statement(statements_, one.extract(one.begin()));
}

void Database::script(const std::string& sql) {
    const int code = sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw_error(connection_.get(), code);
}

bool Database::autocommit() const {
    return sqlite3_get_autocommit(connection_.get()) != 0;
}

void Database::checkpoint() noexcept {
    sqlite3_wal_checkpoint_v2(connection_.get(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

std::int64_t Database::changes() const {
    return sqlite3_changes64(connection_.get());
}

}  // namespace jackgw::store::sqlite
