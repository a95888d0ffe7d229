#include "store/sqlite/connection_pool.h"

#include <Poco/Data/DataException.h>
#include <Poco/Data/SQLite/Utility.h>
#include <Poco/Data/SessionPool.h>
#include <sqlite3.h>

#include <mutex>
#include <unordered_map>

#include "base/assert.h"
#include "store/sqlite/connector.h"

namespace jackgw::store::sqlite {

namespace {

// The pool closes idle sessions of which it has more than the least number: here never, since statements are
// prepared on them.
constexpr int idle_seconds = 3600;

}  // namespace

/// The pool's sessions, each with the connection that was set up on it.
class ConnectionPool::Sessions final : public Poco::Data::SessionPool {
  public:
    explicit Sessions(const std::filesystem::path& file)
        : SessionPool(connector_name, connection_string(file), max_connections, max_connections,
                      idle_seconds) {}

    Connection& connection_of(const Poco::Data::Session& session) {
        const std::lock_guard lock(mutex_);
        const auto found = connections_.find(Poco::Data::SQLite::Utility::dbHandle(session));
        JACKGW_ASSERT(found != connections_.end(), "each session of the pool was set up");
        return *found->second;
    }

    /// Closes the session below the pool's wrapper; the pool drops it when it comes back.
    void close(const Connection& broken) {
        const std::lock_guard lock(mutex_);
        const auto found = connections_.find(broken.handle());
        Poco::Data::Session session = found->second->session();
        connections_.erase(found);
        session.close();
    }

  protected:
    void customizeSession(Poco::Data::Session& session) override {
        auto connection = std::make_unique<Connection>(session, Connection::Mode::read);
        const std::lock_guard lock(mutex_);
        sqlite3* const handle = connection->handle();
        connections_.insert_or_assign(handle, std::move(connection));
    }

  private:
    std::mutex mutex_;
    std::unordered_map<sqlite3*, std::unique_ptr<Connection>> connections_;
};

ConnectionPool::ConnectionPool(const std::filesystem::path& file) {
    register_connector();
    sessions_ = std::make_unique<Sessions>(file);
}

ConnectionPool::~ConnectionPool() = default;

ConnectionPool::Lease::Lease(ConnectionPool& pool) : pool_(pool) {
    pool.free_.acquire();
    try {
        session_ = std::make_unique<Poco::Data::Session>(pool.sessions_->get());
        connection_ = &pool.sessions_->connection_of(*session_);
    } catch (const Poco::Exception& error) {
        pool.free_.release();
        throw SqliteError(SQLITE_CANTOPEN,
                          "the database can't be opened for reading: " + error.displayText());
    } catch (...) {
        pool.free_.release();
        throw;
    }
}

ConnectionPool::Lease::~Lease() {
    if (!whole_) pool_.sessions_->close(*connection_);
    session_.reset();
    pool_.free_.release();
}

}  // namespace jackgw::store::sqlite
