#include "store/sqlite/writer.h"

#include <sqlite3.h>

#include <algorithm>
#include <iterator>

#include "base/assert.h"
#include "store/errors.h"
#include "store/seam/lost_race.h"

namespace jackgw::store::sqlite {

namespace {

/// The error of a unit that took the whole transaction with it.
SqliteError cause_of(const std::exception_ptr& error) {
    try {
        if (error) std::rethrow_exception(error);
    } catch (const SqliteError& cause) {
        return cause;
    } catch (const std::exception&) {
        // It went through something that isn't SQLite's; what counts is that the transaction is gone.
    }
    return {SQLITE_ABORT_ROLLBACK, "the database rolled back the transaction"};
}

bool lost_race(const std::exception_ptr& error) {
    try {
        std::rethrow_exception(error);
    } catch (const LostRace&) {
        return true;
    } catch (...) {
        return false;
    }
}

std::exception_ptr in_store_words(std::exception_ptr error) {
    try {
        std::rethrow_exception(error);
    } catch (const SqliteError& cause) {
        return as_store_error(cause);
    } catch (const LostRace& cause) {
        return std::make_exception_ptr(Unavailable(std::string(cause.what()) + "; nothing was changed"));
    } catch (...) {
        return error;
    }
}

}  // namespace

Writer::Writer(std::filesystem::path file, IdGenerator& ids, Checkpointer& checkpointer, StoreClock& clock,
               std::int64_t run)
    : file_(std::move(file)), ids_(ids), checkpointer_(checkpointer), store_clock_(clock), run_(run) {
    connection_.emplace(file_, Connection::Mode::write);
    thread_ = std::thread([this] { work(); });
}

Writer::~Writer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Writer::run(Unit unit) {
    JACKGW_ASSERT(std::this_thread::get_id() != thread_.get_id(),
                  "a unit that waits for the writer would wait for itself");
    std::future<void> done;
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) throw Unavailable("the store is closing; nothing was changed");
        queue_.push_back({std::move(unit), std::promise<void>{}, nullptr});
        done = queue_.back().done.get_future();
        wake_.notify_one();  // under the lock: once it is free, the writer may be closed and destroyed
    }
    done.get();
}

void Writer::on_batch(const Clock& clock, BatchObserver observer) {
    clock_ = &clock;
    observer_ = std::move(observer);
}

std::size_t Writer::backlog() const {
    const std::lock_guard lock(mutex_);
    return queue_.size();
}

Writer::Batch Writer::next_batch() {
    std::unique_lock lock(mutex_);
    wake_.wait(lock, [this] { return !queue_.empty() || stopping_; });
    const auto end = queue_.begin() + static_cast<std::ptrdiff_t>(std::min(queue_.size(), max_batch));
    Batch batch(std::make_move_iterator(queue_.begin()), std::make_move_iterator(end));
    queue_.erase(queue_.begin(), end);
    return batch;
}

void Writer::work() {
    owner_.bind();
    for (Batch batch = next_batch(); !batch.empty(); batch = next_batch()) {
        try {
            commit(batch);
        } catch (const SqliteError& error) {
            abandon(error);
            if (observer_) observer_({batch.size(), {}, false});
            for (Request& request : batch) request.error = as_store_error(error);
        } catch (const StoreError& error) {  // a damaged database
            abandon({SQLITE_CORRUPT, error.what()});
            if (observer_) observer_({batch.size(), {}, false});
            for (Request& request : batch) request.error = std::current_exception();
        }
        for (Request& request : batch) {
            if (request.error) {
                request.done.set_exception(in_store_words(request.error));
            } else {
                request.done.set_value();
            }
        }
        if (connection_) checkpointer_.committed(*connection_);
    }
}

void Writer::commit(Batch& batch) {
    if (!connection_) connection_.emplace(file_, Connection::Mode::write);
    owner_.check();
    JACKGW_ASSERT(!batch.empty() && batch.size() <= max_batch, "a batch has a limit");
    const ClockAnchor anchor = store_clock_.anchor(store_clock_.now());
    WriteTransaction transaction(*connection_, ids_, anchor, run_);
    connection_->run("BEGIN IMMEDIATE");
    for (Request& request : batch) run_unit(transaction, request);
    transaction.save_counter();
    const SteadyTime begin = observer_ ? clock_->steady_now() : SteadyTime{};
    connection_->run("COMMIT");
    if (observer_) observer_({batch.size(), clock_->steady_now() - begin, true});
    if (transaction.has_changed_outbox() && wake_dispatcher_) wake_dispatcher_();
}

void Writer::run_unit(WriteTransaction& transaction, Request& request) {
    for (int run = 1; run <= LostRace::max_runs; ++run) {
        try_unit(transaction, request);
        if (!request.error || !lost_race(request.error)) return;
    }
}

void Writer::try_unit(WriteTransaction& transaction, Request& request) {
    request.error = nullptr;
    connection_->run("SAVEPOINT unit");
    try {
        request.unit(transaction);
    } catch (...) {
        request.error = std::current_exception();
    }
    // Without a transaction the next savepoint would begin one, and its release would commit half a batch.
    if (connection_->autocommit()) throw cause_of(request.error);
    if (request.error) connection_->run("ROLLBACK TO unit");
    connection_->run("RELEASE unit");
}

void Writer::abandon(const SqliteError& error) {
    if (!connection_) return;
    bool usable = !error.breaks_connection();
    if (!connection_->autocommit()) {
        try {
            connection_->run("ROLLBACK");
        } catch (const SqliteError&) {
            usable = false;
        }
    }
    if (!usable) connection_.reset();
}

}  // namespace jackgw::store::sqlite
