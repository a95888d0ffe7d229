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
               std::int64_t run, const Steps& steps)
    : file_(std::move(file)),
      ids_(ids),
      checkpointer_(checkpointer),
      store_clock_(clock),
      run_(run),
      overwrite_tail_(steps.overwrite_tail) {
    connection_.emplace(file_, Connection::Mode::write);
    guard_.emplace(file_);
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
    submit(std::move(unit)).get();
}

std::future<void> Writer::submit(Unit unit) {
    const std::lock_guard lock(mutex_);
    if (stopping_) throw Unavailable("the store is closing; nothing was changed");
    queue_.push_back({std::move(unit), std::promise<void>{}, nullptr});
    wake_.notify_one();  // under the lock: once it is free, the writer may be closed and destroyed
    return queue_.back().done.get_future();
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
        write(batch);
        if (connection_ && checkpointer_.before_answers()) checkpointer_.committed(*connection_);
        answer(batch);
        if (connection_ && !checkpointer_.before_answers()) checkpointer_.committed(*connection_);
    }
}

void Writer::write(Batch& batch) {
    committing_ = false;
    std::exception_ptr lost;
    try {
        return commit(batch);
    } catch (const SqliteError& error) {
        abandon(error);
        lost = settle(error);
    } catch (const Unavailable&) {  // it hasn't begun
        lost = std::current_exception();
    } catch (const StoreError& error) {  // a damaged database
        abandon({SQLITE_CORRUPT, error.what()});
        lost = std::current_exception();
    }
    if (observer_) observer_({batch.size(), {}, false});
    for (Request& request : batch) request.error = lost;
}

void Writer::answer(Batch& batch) {
    for (Request& request : batch) {
        if (request.error) {
            request.done.set_exception(in_store_words(request.error));
        } else {
            request.done.set_value();
        }
    }
}

void Writer::open_connection() {
    guard_->check();
    connection_.emplace(file_, Connection::Mode::write);
    try {
        guard_->check();  // what was opened is what the path led to before, and still does
    } catch (const Unavailable&) {
        connection_.reset();
        throw;
    }
}

void Writer::commit(Batch& batch) {
    if (!stopped_.empty()) throw Unavailable(stopped_ + "; nothing was changed");
    guard_->check();
    if (!connection_) open_connection();
    owner_.check();
    JACKGW_ASSERT(!batch.empty() && batch.size() <= max_batch, "a batch has a limit");
    const ClockAnchor anchor = store_clock_.anchor(store_clock_.now());
    WriteTransaction transaction(*connection_, ids_, anchor, run_);
    connection_->run("BEGIN IMMEDIATE");
    for (Request& request : batch) run_unit(transaction, request);
    transaction.save_counter();
    const SteadyTime begin = observer_ ? clock_->steady_now() : SteadyTime{};
    committing_ = true;
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

std::exception_ptr Writer::settle(const SqliteError& error) {
    if (!committing_ || !may_come_back(error)) return as_store_error(error);
    try {
        open_connection();
        overwrite_tail_(*connection_);
        return as_store_error(error);
    } catch (const Error& again) {
        connection_.reset();
        stopped_ = std::string("the disk failed while the store made a write durable (") + error.what() +
                   "), and again when it took the write back (" + again.what() +
                   "): nothing more is written until the disk is mended and the gateway started again";
    }
    if (stop_observer_) stop_observer_(stopped_);
    return std::make_exception_ptr(OutcomeUnknown("it can't be said whether this was stored: " + stopped_));
}

}  // namespace jackgw::store::sqlite
