#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>

namespace jackgw::outbox {

/// Who does the sending: threads that spend their time waiting for providers, or a simulation that decides
/// when each job runs. One thread gives out the work (make_ready, submit); the rest is safe from any thread.
class Workers {
  public:
    virtual ~Workers() = default;

    /// How many jobs would run at once if they were submitted now, at most `wanted`. Nothing can take those
    /// places away but a submit. Throws std::system_error if there could be places, and none can be had.
    virtual std::size_t make_ready(std::size_t wanted) = 0;
    /// Only as often as make_ready() said. The job must not throw.
    virtual void submit(std::function<void()> job) = 0;

    virtual std::size_t max_threads() const = 0;
    virtual std::size_t threads() const = 0;
    virtual std::size_t busy() const = 0;

    /// True as soon as no job runs; false if some still do after `longest`.
    virtual bool wait_idle(std::chrono::milliseconds longest) = 0;
};

/// Makes the workers; `on_free` is called each time one has become free.
using MakeWorkers = std::function<std::unique_ptr<Workers>(std::function<void()> on_free)>;

}  // namespace jackgw::outbox
