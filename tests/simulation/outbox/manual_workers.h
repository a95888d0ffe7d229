#pragma once

#include <functional>
#include <map>
#include <optional>
#include <utility>

#include "outbox/workers.h"
#include "world.h"

namespace jackgw::test {

/// Workers without threads: each job waits for its time, at which the simulation runs it.
class ManualWorkers final : public outbox::Workers {
  public:
    ManualWorkers(World& world, std::function<void()> on_free)
        : world_(world), on_free_(std::move(on_free)) {}

    std::size_t make_ready(std::size_t wanted) override { return std::min(wanted, places - busy()); }
    void submit(std::function<void()> job) override {
        // Most run at once; now and then a thread is starved for longer than a lease.
        const auto wait = world_.once_in(200) ? 9min + world_.up_to(4min) : world_.up_to(50ms);
        jobs_.emplace(world_.now() + wait, std::move(job));
    }
    std::size_t max_threads() const override { return places; }
    std::size_t threads() const override { return places; }
    std::size_t busy() const override { return jobs_.size() + running_; }
    bool wait_idle(std::chrono::milliseconds) override { return busy() == 0; }

    std::optional<SteadyTime> next() const {
        return jobs_.empty() ? std::nullopt : std::optional{jobs_.begin()->first};
    }
    void run_next() {
        const std::function<void()> job = std::move(jobs_.begin()->second);
        jobs_.erase(jobs_.begin());
        ++running_;
        job();
        --running_;
        on_free_();
    }

  private:
    static constexpr std::size_t places = 8;

    World& world_;
    const std::function<void()> on_free_;
    std::multimap<SteadyTime, std::function<void()>> jobs_;
    std::size_t running_ = 0;
};

}  // namespace jackgw::test
