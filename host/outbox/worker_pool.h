#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "outbox/workers.h"

namespace jackgw::outbox {

/// Workers that are threads: made on demand up to a limit, then kept.
class WorkerPool final : public Workers {
  public:
    /// `on_free` is called on a worker each time it has become free; it must return at once and not throw.
    WorkerPool(std::size_t max_threads, std::function<void()> on_free);
    /// Waits for the jobs that run, however long they take.
    ~WorkerPool() override;
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    std::size_t make_ready(std::size_t wanted) override;
    bool ready() { return make_ready(1) == 1; }
    void submit(std::function<void()> job) override;

    std::size_t max_threads() const override { return max_threads_; }
    std::size_t threads() const override;
    std::size_t busy() const override;

    bool wait_idle(std::chrono::milliseconds longest) override;

  private:
    void work();

    const std::size_t max_threads_;
    const std::function<void()> on_free_;
    mutable std::mutex mutex_;
    std::condition_variable given_;
    std::condition_variable idle_;
    std::deque<std::function<void()>> jobs_;
    std::size_t busy_ = 0;  // jobs given and not ended
    bool closing_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace jackgw::outbox
