#pragma once

#include <condition_variable>
#include <deque>
#include <exception>
#include <filesystem>
#include <functional>
#include <future>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "base/ids.h"
#include "base/thread_check.h"
#include "base/time.h"
#include "store/observers.h"
#include "store/sqlite/checkpointer.h"
#include "store/sqlite/error.h"
#include "store/sqlite/path_guard.h"
#include "store/sqlite/steps.h"
#include "store/sqlite/write_transaction.h"
#include "store/store_clock.h"

namespace jackgw::store::sqlite {

/// The one thread that writes. Whatever is queued when the disk is free is committed together: one fsync
/// serves all who wait, and a single caller isn't slowed by a timer. Each unit has a savepoint, so that one
/// that throws fails alone; everyone learns the result only after the COMMIT, and if the transaction is lost,
/// the whole batch fails. What was refused never comes back, not after a crash either: nobody is told before
/// what a failed COMMIT has left in the log is overwritten. Where the disk doesn't let it, the batch learns
/// that its outcome is unknown, and nothing is written until the program is started again.
class Writer {
  public:
    using Unit = std::function<void(WriteTransaction&)>;

    static constexpr std::size_t max_batch = 512;

    /// What this writes belongs to the run, at the moments of the clock.
    Writer(std::filesystem::path file, IdGenerator& ids, Checkpointer& checkpointer, StoreClock& clock,
           std::int64_t run, const Steps& steps = {});
    /// Finishes what is queued.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    /// Runs a unit on the writer's thread, again if it throws LostRace; returns when it is on disk. Throws
    /// what the unit threw, SQLite's errors as Unavailable or StoreError: then nothing of the unit was
    /// stored. Throws OutcomeUnknown if that can't be said. From any thread but the writer's.
    void run(Unit unit);

    /// Queues a unit; the future is what run() would return or throw. From any thread.
    std::future<void> submit(Unit unit);

    /// How many units wait for the next batch.
    std::size_t backlog() const;

    /// Called after each COMMIT of a batch that changed the outbox, before its waiters go on. Set before
    /// other threads use the writer.
    void on_outbox_change(std::function<void()> wake) { wake_dispatcher_ = std::move(wake); }

    /// Reports each batch. Set before other threads use the writer.
    void on_batch(const Clock& clock, BatchObserver observer);

    /// Tells that nothing is written any more. Set before other threads use the writer.
    void on_stop(StopObserver observer) { stop_observer_ = std::move(observer); }

  private:
    struct Request {
        Unit unit;
        std::promise<void> done;
        std::exception_ptr error;
    };
    using Batch = std::vector<Request>;

    void work();
    Batch next_batch();
    void write(Batch& batch);
    void answer(Batch& batch);
    void commit(Batch& batch);
    void open_connection();
    std::exception_ptr settle(const SqliteError& error);
    void run_unit(WriteTransaction& transaction, Request& request);
    void try_unit(WriteTransaction& transaction, Request& request);
    void abandon(const SqliteError& error);

    const std::filesystem::path file_;
    IdGenerator& ids_;
    Checkpointer& checkpointer_;
    StoreClock& store_clock_;
    const std::int64_t run_;
    const std::function<void(Connection&)> overwrite_tail_;
    ThreadOwner owner_;  // the writing thread
    std::function<void()> wake_dispatcher_;
    const Clock* clock_ = nullptr;  // with the observer
    BatchObserver observer_;
    StopObserver stop_observer_;
    std::optional<Connection>
        connection_;                  // the writer thread's; nothing after an I/O error, until the next batch
    std::optional<PathGuard> guard_;  // of the files that it first had open
    bool committing_ = false;         // this batch has come to its COMMIT
    std::string stopped_;             // why nothing is written any more; empty: it is
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<Request> queue_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace jackgw::store::sqlite
