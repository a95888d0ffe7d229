#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "base/time.h"
#include "outbox/wake_signal.h"

namespace jackgw::outbox {

/// A thread that looks again and again at what is due: at the latest when the look before has said, earlier
/// when it is notified. Its owner's last member, so that it ends before what a look uses. Safe from any
/// thread, but for start.
class TickingThread {
  public:
    /// `tick` returns when to look again at the latest, and doesn't throw. The clock must outlive this.
    TickingThread(const Clock& clock, std::function<SteadyTime()> tick);
    /// Waits for a look that runs.
    ~TickingThread();
    TickingThread(const TickingThread&) = delete;
    TickingThread& operator=(const TickingThread&) = delete;

    /// Once.
    void start();

    /// Begins no more looks; true: the one that ran has ended within `grace`. May be called again.
    bool stop(std::chrono::milliseconds grace);

    /// True from stop on: a look that does much at once does no more.
    bool stopping() const { return stopping_; }

    void notify() { signal_.notify(); }

  private:
    void loop();

    const Clock& clock_;
    const std::function<SteadyTime()> tick_;
    WakeSignal signal_;
    std::atomic<bool> stopping_ = false;
    std::mutex mutex_;  // guards the next
    bool running_ = false;
    std::condition_variable ended_;
    std::thread thread_;
};

}  // namespace jackgw::outbox
