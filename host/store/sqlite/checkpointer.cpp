#include "store/sqlite/checkpointer.h"

namespace jackgw::store::sqlite {

Checkpointer::Checkpointer(const std::filesystem::path& file, Checkpoints when)
    : when_(when),
      connection_(file, Connection::Mode::write),
      next_pages_(when.background_pages),
      thread_([this] { work(); }) {}

Checkpointer::~Checkpointer() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    thread_.join();
}

void Checkpointer::committed(Connection& writer) {
    const int pages = writer.wal_pages();
    if (pages >= when_.limit_pages) {
        const std::lock_guard lock(running_);
        writer.checkpoint();
    } else if (pages < when_.background_pages) {  // it has started again
        next_pages_ = when_.background_pages;
    } else if (pages >= next_pages_) {
        next_pages_ = pages + when_.background_pages;
        {
            const std::lock_guard lock(mutex_);
            wanted_ = true;
        }
        wake_.notify_one();
    }
}

void Checkpointer::work() {
    std::unique_lock lock(mutex_);
    while (true) {
        wake_.wait(lock, [this] { return wanted_ || stopping_; });
        if (stopping_) return;
        wanted_ = false;
        lock.unlock();
        {
            const std::lock_guard one_at_a_time(running_);
            connection_.checkpoint();
        }
        lock.lock();
    }
}

}  // namespace jackgw::store::sqlite
