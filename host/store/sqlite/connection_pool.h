#pragma once

#include <Poco/Exception.h>

#include <filesystem>
#include <memory>
#include <semaphore>
#include <utility>

#include "store/sqlite/connection.h"
#include "store/sqlite/error.h"

namespace jackgw::store::sqlite {

/// Connections for those who read, pooled by a Poco::Data::SessionPool: they see the last commit and don't
/// wait for the writer. Safe from any thread; who finds all of them busy waits for one.
class ConnectionPool {
  public:
    static constexpr int max_connections = 8;

    explicit ConnectionPool(const std::filesystem::path& file);
    ~ConnectionPool();
    ConnectionPool(const ConnectionPool&) = delete;
    ConnectionPool& operator=(const ConnectionPool&) = delete;

    /// Runs `work(Connection&)` in a read transaction: all that it reads is of one moment.
    template <typename Work>
    void read(Work&& work) {
        try {
            Lease lease(*this);
            lease.connection().run("BEGIN");
            work(lease.connection());
            lease.connection().run("COMMIT");
            lease.give_back();
        } catch (const SqliteError& error) {
            std::rethrow_exception(as_store_error(error));
        } catch (const Poco::Exception& error) {
            throw Unavailable("the database can't be read: " + error.displayText());
        }
    }

  private:
    class Sessions;

    /// A borrowed connection. One that isn't given back is closed: its state isn't known.
    class Lease {
      public:
        explicit Lease(ConnectionPool& pool);
        ~Lease();
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;

        Connection& connection() { return *connection_; }
        void give_back() { whole_ = true; }

      private:
        ConnectionPool& pool_;
        std::unique_ptr<Poco::Data::Session> session_;
        Connection* connection_ = nullptr;
        bool whole_ = false;
    };

    std::counting_semaphore<max_connections> free_{max_connections};
    std::unique_ptr<Sessions> sessions_;
};

}  // namespace jackgw::store::sqlite
