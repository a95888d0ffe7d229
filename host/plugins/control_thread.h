#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <future>
#include <mutex>
#include <thread>
#include <type_traits>

namespace jackgw::plugins {

/// The one thread on which plugins are created, started, stopped and destroyed: runs tasks in the order in
/// which they were posted. The destructor runs what was posted and joins.
class ControlThread {
  public:
    ControlThread();
    ~ControlThread();
    ControlThread(const ControlThread&) = delete;
    ControlThread& operator=(const ControlThread&) = delete;

    void post(std::function<void()> task);

    /// Runs `work` there and waits for it; its result or exception is the caller's. Not from the control
    /// thread itself.
    template <typename Work>
    std::invoke_result_t<Work> run(Work work) {
        std::packaged_task<std::invoke_result_t<Work>()> task(std::move(work));
        auto result = task.get_future();
        post([&task] { task(); });
        return result.get();
    }

  private:
    void loop();

    std::mutex mutex_;
    std::condition_variable wake_;
    std::deque<std::function<void()>> tasks_;
    bool ending_ = false;
    std::thread thread_;
};

}  // namespace jackgw::plugins
