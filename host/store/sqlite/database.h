#pragma once

#include <filesystem>
#include <memory>
#include <string_view>

#include "store/sqlite/statement.h"

struct sqlite3;

namespace jackgw::store::sqlite {

struct CloseDatabase {
    void operator()(sqlite3* connection) const;
};

/// One connection to the file: WAL, synchronous=FULL, foreign keys. Used by one thread at a time.
class Database {
  public:
    enum class Mode { write, read };

    /// Opens the file, which exists; throws SqliteError.
    Database(const std::filesystem::path& file, Mode mode);
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// The statement of this text with these values bound, before its first row.
    template <typename... Values>
    Statement query(std::string_view sql, const Values&... values) {
        Statement statement = prepare(sql);
        statement.bind(values...);
        return statement;
    }

    /// Executes a statement to its end. Returns how many rows it inserted, updated or deleted.
    template <typename... Values>
    std::int64_t run(std::string_view sql, const Values&... values) {
        Statement statement = query(sql, values...);
        while (statement.step()) {
        }
        return changes();
    }

    /// Executes a script of several statements without values.
    void script(const std::string& sql);

    /// False while a transaction is open. After an error this alone says whether it still is: a full disk or
    /// an I/O error may have rolled it back.
    bool autocommit() const;

    /// Moves what it can of the WAL into the file without waiting for anybody. Never throws: what failed is
    /// done by the next one.
    void checkpoint() noexcept;

    /// How long the WAL was after this connection's last COMMIT, in pages.
    int wal_pages() const { return wal_pages_; }

    sqlite3* handle() const { return connection_.get(); }

  private:
    Statement prepare(std::string_view sql);
    std::int64_t changes() const;

    int wal_pages_ = 0;
    std::unique_ptr<sqlite3, CloseDatabase> connection_;
    StatementCache statements_;  // finalised before the connection is closed
};

}  // namespace jackgw::store::sqlite
