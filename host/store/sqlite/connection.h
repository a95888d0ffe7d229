#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/seam/session.h"
#include "store/sqlite/prepared_statement.h"

struct sqlite3;
namespace Poco::Data {
class Session;
}

namespace jackgw::store::sqlite {

/// One connection to the file, which a Poco::Data session owns: WAL, synchronous=FULL, foreign keys. What is
/// hot is prepared on the session's raw handle, the rest uses the session. Used by one thread at a time.
class Connection final : public Session {
  public:
    enum class Mode { write, read };

    /// Opens the file, which exists; throws SqliteError.
    Connection(const std::filesystem::path& file, Mode mode);
    /// Makes a connection of a session that somebody else has opened, a pool say.
    Connection(const Poco::Data::Session& session, Mode mode);
    ~Connection() override;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    PreparedStatement& prepare(std::string_view sql) override;

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

    Poco::Data::Session& session() { return *session_; }
    sqlite3* handle() const { return handle_; }

  private:
    struct SqlHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view sql) const { return std::hash<std::string_view>{}(sql); }
    };
    /// More than one of a text only where its uses are nested.
    using Statements = std::vector<std::unique_ptr<PreparedStatement>>;

    void set_up(Mode mode);
    std::unique_ptr<PreparedStatement> prepare_new(std::string_view sql);

    int wal_pages_ = 0;
    std::unique_ptr<Poco::Data::Session> session_;
    sqlite3* handle_;  // the session's
    std::unordered_map<std::string, Statements, SqlHash, std::equal_to<>>
        statements_;  // go before the session
};

}  // namespace jackgw::store::sqlite
