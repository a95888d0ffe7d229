#pragma once

#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "store/sqlite/connection.h"

namespace jackgw::store::sqlite {

/// When the log is moved into the file.
struct Checkpoints {
    int background_pages = 4096;  ///< 16 MB: worth a round in the background
    int limit_pages = 16384;      ///< 64 MB: the writer's turn
    /// The writer's turn comes before its callers are told, not after: then one caller alone sees everything
    /// happen in one order.
    bool before_answers = false;
};

/// Moves the write-ahead log into the database file. Most of it happens on a thread of its own, beside the
/// writer. But the log starts again from its beginning only when all of it has been moved, which never
/// happens while the writer keeps adding: past a limit the writer stops for the little that is left, and so
/// caps it.
class Checkpointer {
  public:
    explicit Checkpointer(const std::filesystem::path& file, Checkpoints when = {});
    ~Checkpointer();
    Checkpointer(const Checkpointer&) = delete;
    Checkpointer& operator=(const Checkpointer&) = delete;

    /// Called by the writer after each COMMIT, when nobody waits for it.
    void committed(Connection& writer);

    bool before_answers() const { return when_.before_answers; }

  private:
    void work();

    const Checkpoints when_;
    Connection connection_;
    std::mutex running_;  // a checkpoint at a time; also guards connection_
    std::mutex mutex_;
    std::condition_variable wake_;
    bool wanted_ = false;
    bool stopping_ = false;
    int next_pages_;  // the writer's
    std::thread thread_;
};

}  // namespace jackgw::store::sqlite
