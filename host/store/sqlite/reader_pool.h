#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "store/sqlite/database.h"
#include "store/sqlite/error.h"

namespace jackgw::store::sqlite {

/// Connections for those who read: they see the last commit and don't wait for the writer. Safe from any
/// thread; who finds all of them busy waits for one.
class ReaderPool {
  public:
    static constexpr std::size_t max_connections = 8;

    explicit ReaderPool(std::filesystem::path file) : file_(std::move(file)) {}
    ReaderPool(const ReaderPool&) = delete;
    ReaderPool& operator=(const ReaderPool&) = delete;

    /// Runs `work(Database&)` in a read transaction: all that it reads is of one moment.
    template <typename Work>
    auto read(Work&& work) {
        try {
            Lease lease(*this);
            lease.database().run("BEGIN");
            auto result = work(lease.database());
            lease.database().run("COMMIT");
            lease.give_back();
            return result;
        } catch (const SqliteError& error) {
            std::rethrow_exception(as_store_error(error));
        }
    }

  private:
    /// A borrowed connection. One that isn't given back is closed: its state isn't known.
    class Lease {
      public:
        explicit Lease(ReaderPool& pool);
        ~Lease();
        Lease(const Lease&) = delete;
        Lease& operator=(const Lease&) = delete;

        Database& database() { return *database_; }
        void give_back();

      private:
        ReaderPool& pool_;
        std::unique_ptr<Database> database_;
    };

    const std::filesystem::path file_;
    std::mutex mutex_;
    std::condition_variable returned_;
    std::size_t in_use_ = 0;
    std::vector<std::unique_ptr<Database>> idle_;
};

}  // namespace jackgw::store::sqlite
