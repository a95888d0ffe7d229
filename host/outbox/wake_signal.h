#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace jackgw::outbox {

/// Wakes one waiting thread; a signal given while it doesn't wait is kept, several count as one. Safe from
/// any thread.
class WakeSignal {
  public:
    void notify() {
        {
            const std::lock_guard lock(mutex_);
            signalled_ = true;
        }
        condition_.notify_all();
    }

    /// Returns at the next signal, or after `longest`.
    void wait_for(std::chrono::nanoseconds longest) {
        std::unique_lock lock(mutex_);
        condition_.wait_for(lock, longest, [this] { return signalled_; });
        signalled_ = false;
    }

  private:
    std::mutex mutex_;
    std::condition_variable condition_;
    bool signalled_ = false;
};

}  // namespace jackgw::outbox
