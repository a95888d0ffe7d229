#include "outbox/ticking_thread.h"

#include <utility>

namespace jackgw::outbox {

TickingThread::TickingThread(const Clock& clock, std::function<SteadyTime()> tick)
    : clock_(clock), tick_(std::move(tick)) {}

TickingThread::~TickingThread() {
    stop(std::chrono::milliseconds{0});
    if (thread_.joinable()) thread_.join();
}

void TickingThread::start() {
    running_ = true;
    thread_ = std::thread([this] { loop(); });
}

bool TickingThread::stop(std::chrono::milliseconds grace) {
    stopping_ = true;
    signal_.notify();
    std::unique_lock lock(mutex_);
    if (!ended_.wait_for(lock, grace, [this] { return !running_; })) return false;
    lock.unlock();
    if (thread_.joinable()) thread_.join();
    return true;
}

void TickingThread::loop() {
    while (!stopping_) {
        const SteadyTime next_look = tick_();
        if (!stopping_) signal_.wait_for(next_look - clock_.steady_now());
    }
    const std::lock_guard lock(mutex_);
    running_ = false;
    ended_.notify_all();
}

}  // namespace jackgw::outbox
