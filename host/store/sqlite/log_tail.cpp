#include "store/sqlite/log_tail.h"

#include <sqlite3.h>

#include <algorithm>
#include <vector>

namespace jackgw::store::sqlite {

namespace {

/// The open log, as SQLite's file system knows it.
sqlite3_file* log_of(Connection& connection) {
    sqlite3_file* log = nullptr;
    const int code = sqlite3_file_control(connection.handle(), "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
    if (code != SQLITE_OK || log == nullptr || log->pMethods == nullptr)
        throw SqliteError(SQLITE_CANTOPEN, "the write-ahead log is not open");
    return log;
}

void require(int code) {
    if (code != SQLITE_OK)
        throw SqliteError(code, std::string("the write-ahead log can't be made durable: ") +
                                    sqlite3_errstr(code) + " (SQLite code " + std::to_string(code) + ")");
}

void write_again(sqlite3_file* log) {
    constexpr sqlite3_int64 piece = 1 << 16;  // SQLite's file system writes no more than 128 KB at once
    sqlite3_int64 size = 0;
    require(log->pMethods->xFileSize(log, &size));
    if (size == 0) return;
    std::vector<char> bytes(static_cast<std::size_t>(std::min(piece, size)));
    for (sqlite3_int64 at = 0; at < size; at += piece) {
        const int count = static_cast<int>(std::min(piece, size - at));
        require(log->pMethods->xRead(log, bytes.data(), count, at));
        require(log->pMethods->xWrite(log, bytes.data(), count, at));
    }
    require(log->pMethods->xSync(log, SQLITE_SYNC_FULL));
}

}  // namespace

bool may_come_back(const SqliteError& commit_error) {
    return commit_error.extended_code() != SQLITE_FULL && commit_error.extended_code() != SQLITE_IOERR_WRITE;
}

void overwrite_tail(Connection& connection) {
    connection.run("BEGIN IMMEDIATE");
    // A number is skipped, since a row that stays as it is would write no frame.
    connection.run("UPDATE counter SET last_seq = last_seq + 1");
    connection.run("COMMIT");
    if (connection.wal_pages() == 0)
        throw SqliteError(SQLITE_CORRUPT, "the database is damaged: its counter is gone");
}

void secure_log(Connection& connection) {
    connection.run("BEGIN IMMEDIATE");  // keeps others from writing into it meanwhile
    write_again(log_of(connection));
    connection.run("ROLLBACK");
}

}  // namespace jackgw::store::sqlite
