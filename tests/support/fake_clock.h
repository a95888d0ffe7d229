#pragma once

#include <atomic>
#include <chrono>

#include "base/time.h"

namespace jackgw::test {

/// A clock that moves only when a test says so. Safe from any thread.
class FakeClock final : public Clock {
  public:
    explicit FakeClock(Timestamp start = *parse_iso8601("2026-11-22T12:00:00Z"))
        : micros_(to_micros(start)) {}

    Timestamp now() const override { return from_micros(micros_.load()); }
    SteadyTime steady_now() const override {
        return SteadyTime{} + std::chrono::microseconds{micros_.load()};
    }

    void advance(std::chrono::microseconds step) { micros_ += step.count(); }

  private:
    std::atomic<std::int64_t> micros_;
};

}  // namespace jackgw::test
