#include "store/sqlite/connection.h"

#include <Poco/Data/SQLite/Utility.h>
#include <Poco/Data/Session.h>
#include <sqlite3.h>

#include <algorithm>

#include "base/assert.h"
#include "store/sqlite/connector.h"
#include "store/sqlite/error.h"
#include "store/sqlite/folded_search.h"

namespace jackgw::store::sqlite {

namespace {

constexpr int busy_timeout_ms = 5000;

int note_wal_pages(void* pages, sqlite3*, const char*, int count) {
    *static_cast<int*>(pages) = count;
    return SQLITE_OK;
}

/// SQLite's own word for "FOR UPDATE" is none: a transaction that writes has the file for itself.
std::string_view in_own_words(std::string_view sql) {
    constexpr std::string_view lock = " FOR UPDATE";
    if (sql.ends_with(lock)) sql.remove_suffix(lock.size());
    return sql;
}

}  // namespace

Connection::Connection(const std::filesystem::path& file, Mode mode) : Connection(open_session(file), mode) {}

Connection::Connection(const Poco::Data::Session& session, Mode mode)
    : session_(std::make_unique<Poco::Data::Session>(session)),
      handle_(Poco::Data::SQLite::Utility::dbHandle(session)) {
    set_up(mode);
}

Connection::~Connection() = default;

void Connection::set_up(Mode mode) {
    sqlite3_extended_result_codes(handle_, 1);
    sqlite3_busy_timeout(handle_, busy_timeout_ms);
    add_folded_search(handle_);

    Statement journal = query("PRAGMA journal_mode = WAL");
    if (!journal.step() || journal.text(0) != "wal")
        throw SqliteError(SQLITE_CANTOPEN,
                          "database " + std::string(sqlite3_db_filename(handle_, "main")) +
                              ": its file system can't hold a write-ahead log (shared memory "
                              "is needed): put it on a local disk");
    // The WAL is moved by the checkpointer and, past its limit, by the writer: not in the middle of a COMMIT.
    script(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA temp_store = MEMORY;"
        "PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 67108864;");
    sqlite3_wal_hook(handle_, note_wal_pages, &wal_pages_);
    script(mode == Mode::write ? "PRAGMA cache_size = -65536"
                               : "PRAGMA cache_size = -8192; PRAGMA query_only = ON");
}

PreparedStatement& Connection::prepare(std::string_view sql) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) found = statements_.emplace(std::string(sql), Statements{}).first;
    Statements& of_text = found->second;
    const auto free =
        std::ranges::find_if(of_text, [](const auto& statement) { return !statement->in_use(); });
    PreparedStatement& statement =
        free != of_text.end() ? **free : *of_text.emplace_back(prepare_new(in_own_words(sql)));
    statement.take();
    return statement;
}

std::unique_ptr<PreparedStatement> Connection::prepare_new(std::string_view sql) {
    sqlite3_stmt* prepared = nullptr;
    const int code = sqlite3_prepare_v3(handle_, sql.data(), static_cast<int>(sql.size()),
                                        SQLITE_PREPARE_PERSISTENT, &prepared, nullptr);
    if (code != SQLITE_OK) throw_error(handle_, code);
    JACKGW_ASSERT(prepared != nullptr, "a statement has a text");
    return std::make_unique<PreparedStatement>(prepared);
}

void Connection::script(const std::string& sql) {
    const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) throw_error(handle_, code);
}

bool Connection::autocommit() const {
    return sqlite3_get_autocommit(handle_) != 0;
}

void Connection::checkpoint() noexcept {
    sqlite3_wal_checkpoint_v2(handle_, nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

}  // namespace jackgw::store::sqlite
