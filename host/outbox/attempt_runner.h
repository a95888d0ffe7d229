#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string_view>

#include "base/defaults.h"
#include "base/time.h"
#include "model/channel.h"
#include "outbox/pacing.h"
#include "store/outbox.h"

namespace jackgw::outbox {

/// An attempt that has ended, for metrics and logs. The references hold during the call.
struct FinishedAttempt {
    const store::Claim& claim;
    const store::AttemptFinish& finish;            ///< the outcome, and what follows from it
    const store::FinishResult& result;             ///< what the store made of it; where it was recorded
    std::chrono::steady_clock::duration duration;  ///< of the sending alone
    bool recorded;  ///< false: the store could not be reached before the program stopped; the next start
                    ///< calls the outcome unknown
};

/// What the outbox tells others. Called on its threads; an empty function is not called. What they throw is
/// dropped.
struct Hooks {
    std::function<void(const FinishedAttempt&)> attempt_finished;
    /// Something failed and will be tried again; for the log. No message bodies.
    std::function<void(std::string_view)> problem;
    /// Messages that waited have failed since their time was over.
    std::function<void(const store::Expired&)> expired{};
};

struct RunnerOptions {
    std::chrono::milliseconds settling_delay = defaults::settle_delay;
    std::chrono::milliseconds store_backoff_first = std::chrono::milliseconds{100};
    std::chrono::milliseconds store_backoff_longest = std::chrono::seconds{5};
    std::uint64_t seed = std::random_device{}();  ///< of the jitter
};

/// A claim's way from sending to its recorded outcome. Safe from any thread: many attempts run at once.
class AttemptRunner {
  public:
    AttemptRunner(store::Outbox& store, const Clock& clock, const Pacing& pacing, RunnerOptions options,
                  Hooks hooks);

    /// Sends once, then records the outcome; never throws. While the store refuses, it is asked again and
    /// again: an outcome that isn't recorded turns into "unknown", and a message that the provider took would
    /// be shown as doubtful. The sender is let go as soon as it has answered. Nothing is sent where there is
    /// no sender any more, or the lease might end before the request does: that costs the message no attempt.
    void run(const store::Claim& claim, std::shared_ptr<Sender> sender, BootTime lease_ends) noexcept;

    /// From now on an outcome is offered to the store once only.
    void give_up();

    void report_problem(std::string_view text) const noexcept;
    void report_expired(const store::Expired& expired) const noexcept;

  private:
    std::optional<store::FinishResult> record(const store::AttemptFinish& finish);
    double roll();

    store::Outbox& store_;
    const Clock& clock_;
    const Pacing& pacing_;
    const RunnerOptions options_;
    const Hooks hooks_;
    std::mutex random_mutex_;
    std::mt19937_64 random_;
    std::mutex mutex_;
    std::condition_variable condition_;
    bool giving_up_ = false;
};

}  // namespace jackgw::outbox
