#pragma once

#include <chrono>
#include <functional>
#include <future>
#include <mutex>

#include "base/time.h"

namespace jackgw::store::sqlite {

/// Proves that the store can write, for those who ask often: a write of nothing but the clock, at most one a
/// period, and everybody who asks meanwhile shares its result. Who asks never waits longer than the patience,
/// whatever the disk does. Safe from any thread.
class WriteProbe {
  public:
    static constexpr std::chrono::seconds period{1};
    static constexpr std::chrono::milliseconds patience{3000};

    /// Begins a write and returns at once; the future says what became of it.
    using Write = std::function<std::future<void>()>;

    /// The period goes by the clock, which must outlive this; the patience by real time, as disks do.
    WriteProbe(const Clock& clock, Write write, std::chrono::milliseconds longest = patience)
        : clock_(clock), write_(std::move(write)), longest_(longest) {}

    /// Throws what the write threw, Unavailable if it takes too long.
    void check();

  private:
    bool is_pending() const;

    const Clock& clock_;
    const Write write_;
    const std::chrono::milliseconds longest_;
    std::mutex mutex_;
    std::shared_future<void> result_;
    SteadyTime begun_{};  // by the clock
    std::chrono::steady_clock::time_point deadline_;
};

}  // namespace jackgw::store::sqlite
