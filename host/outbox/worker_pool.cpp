#include "outbox/worker_pool.h"

#include <algorithm>
#include <system_error>
#include <utility>

namespace jackgw::outbox {

WorkerPool::WorkerPool(std::size_t max_threads, std::function<void()> on_free)
    : max_threads_(std::max<std::size_t>(max_threads, 1)), on_free_(std::move(on_free)) {
    threads_.reserve(max_threads_);
}

WorkerPool::~WorkerPool() {
    {
        const std::lock_guard lock(mutex_);
        closing_ = true;
    }
    given_.notify_all();
    for (std::thread& thread : threads_) thread.join();
}

std::size_t WorkerPool::make_ready(std::size_t wanted) {
    const std::lock_guard lock(mutex_);
    try {
        while (threads_.size() - busy_ < wanted && threads_.size() < max_threads_)
            threads_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {
        if (busy_ == threads_.size()) throw;
    }
    return std::min(threads_.size() - busy_, wanted);
}

void WorkerPool::submit(std::function<void()> job) {
    {
        const std::lock_guard lock(mutex_);
        jobs_.push_back(std::move(job));
        ++busy_;
    }
    given_.notify_one();
}

std::size_t WorkerPool::threads() const {
    const std::lock_guard lock(mutex_);
    return threads_.size();
}

std::size_t WorkerPool::busy() const {
    const std::lock_guard lock(mutex_);
    return busy_;
}

bool WorkerPool::wait_idle(std::chrono::milliseconds longest) {
    std::unique_lock lock(mutex_);
    return idle_.wait_for(lock, longest, [this] { return busy_ == 0; });
}

void WorkerPool::work() {
    std::unique_lock lock(mutex_);
    for (;;) {
        given_.wait(lock, [this] { return closing_ || !jobs_.empty(); });
        if (jobs_.empty()) return;
        std::function<void()> job = std::move(jobs_.front());
        jobs_.pop_front();
        lock.unlock();
        job();
        job = nullptr;  // what it holds goes before the thread counts as free
        lock.lock();
        if (--busy_ == 0) idle_.notify_all();
        lock.unlock();
        on_free_();
        lock.lock();
    }
}

}  // namespace jackgw::outbox
