#pragma once

#include <atomic>
#include <chrono>
#include <mutex>
#include <string>

#include "base/time.h"

namespace jackgw::test {

/// A clock that moves only when a test says so. Safe from any thread.
class FakeClock final : public Clock {
  public:
    explicit FakeClock(Timestamp start = *parse_iso8601("2026-11-22T12:00:00Z")) : wall_(to_micros(start)) {}

    Timestamp now() const override { return from_micros(wall_.load()); }
    SteadyTime steady_now() const override {
        return SteadyTime{} + std::chrono::microseconds{passed_.load()};
    }
    BootTime boot_now() const override { return BootTime{std::chrono::microseconds{since_boot_.load()}}; }
    std::string boot_id() const override {
        const std::lock_guard lock(mutex_);
        return boot_id_;
    }

    /// Time goes on.
    void advance(std::chrono::microseconds step) {
        wall_ += step.count();
        passed_ += step.count();
        since_boot_ += step.count();
    }

    /// Somebody sets the wall clock.
    void set_wall_by(std::chrono::microseconds step) { wall_ += step.count(); }

    /// The machine starts anew, or it is another one.
    void reboot(const std::string& boot_id) {
        const std::lock_guard lock(mutex_);
        boot_id_ = boot_id;
        since_boot_ = 0;
    }

  private:
    static constexpr std::int64_t an_hour = 3'600'000'000;

    std::atomic<std::int64_t> wall_;
    std::atomic<std::int64_t> passed_ = an_hour;
    std::atomic<std::int64_t> since_boot_ = an_hour;
    mutable std::mutex mutex_;
    std::string boot_id_ = "the first boot";
};

}  // namespace jackgw::test
