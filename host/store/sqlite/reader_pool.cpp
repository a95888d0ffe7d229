#include "store/sqlite/reader_pool.h"

namespace jackgw::store::sqlite {

ReaderPool::Lease::Lease(ReaderPool& pool) : pool_(pool) {
    {
        std::unique_lock lock(pool.mutex_);
        pool.returned_.wait(lock, [&pool] { return pool.in_use_ < max_connections; });
        ++pool.in_use_;
        if (!pool.idle_.empty()) {
            database_ = std::move(pool.idle_.back());
            pool.idle_.pop_back();
        }
    }
    if (database_) return;
    try {
        database_ = std::make_unique<Database>(pool.file_, Database::Mode::read);
    } catch (...) {
        const std::lock_guard lock(pool.mutex_);
        --pool.in_use_;
        pool.returned_.notify_one();
        throw;
    }
}

void ReaderPool::Lease::give_back() {
    const std::lock_guard lock(pool_.mutex_);
    pool_.idle_.push_back(std::move(database_));
}

ReaderPool::Lease::~Lease() {
    database_.reset();
    const std::lock_guard lock(pool_.mutex_);
    --pool_.in_use_;
    pool_.returned_.notify_one();
}

}  // namespace jackgw::store::sqlite
