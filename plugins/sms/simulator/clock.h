#pragma once

#include <chrono>

namespace jackgw::sms::simulator {

/// A point in time, UTC.
using Time = std::chrono::sys_time<std::chrono::milliseconds>;

/// Where time comes from; tests put their own in its place. Safe from any thread.
class Clock {
  public:
    virtual ~Clock() = default;
    virtual Time now() const = 0;
};

/// The machine's clock.
class SystemClock final : public Clock {
  public:
    Time now() const override {
        return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
    }
};

}  // namespace jackgw::sms::simulator
