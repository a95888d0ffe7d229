#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace jackgw::outbox {

/// Threads that spend their time waiting for providers: made on demand up to a limit, then kept. One thread
/// gives out the work (ready, submit); the rest is safe from any thread.
class WorkerPool {
  public:
    /// `on_free` is called on a worker each time it has become free; it must return at once and not throw.
    WorkerPool(std::size_t max_threads, std::function<void()> on_free);
    /// Waits for the jobs that run, however long they take.
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// How many threads wait for work, some made now if need be, at most `wanted`: as many submits run at
    /// once. Nothing can take those threads away but a submit. Throws std::system_error if the system has
    /// none to give and none waits.
    std::size_t make_ready(std::size_t wanted);
    bool ready() { return make_ready(1) == 1; }
    /// Only as often as make_ready() said. The job must not throw.
    void submit(std::function<void()> job);

    std::size_t max_threads() const { return max_threads_; }
    std::size_t threads() const;
    std::size_t busy() const;

    /// True as soon as no job runs; false if some still do after `longest`.
    bool wait_idle(std::chrono::milliseconds longest);

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
