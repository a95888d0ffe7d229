#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/defaults.h"
#include "base/time.h"
#include "model/channel.h"
#include "outbox/attempt_runner.h"
#include "outbox/backoff.h"
#include "outbox/pacing.h"
#include "outbox/wake_signal.h"
#include "outbox/workers.h"
#include "store/outbox.h"

namespace jackgw::outbox {

struct DispatcherOptions {
    std::size_t max_workers = defaults::workers;
    std::chrono::milliseconds poll_interval =
        std::chrono::seconds{10};  ///< looks at least that often, woken or not
    /// How long an attempt is nobody else's: longer than a sender may take (a minute by its contract) and the
    /// store may refuse its outcome.
    std::chrono::milliseconds lease = std::chrono::minutes{10};
    /// How often attempts are looked for whose host has died or whose lease has ended.
    std::chrono::milliseconds recovery_interval = std::chrono::minutes{1};
    /// A sender may take a minute by its contract.
    std::chrono::milliseconds stuck_after = std::chrono::seconds{90};
    RunnerOptions runner;
    MakeWorkers make_workers;  ///< empty: threads
};

struct LaneStats {
    store::Lane lane;
    std::size_t in_flight = 0;
    SteadyTime next_token_at{};  ///< when a message of one segment may go; may be in the past
};

struct DispatcherStats {
    std::size_t in_flight = 0;  ///< attempts between claim and recorded outcome
    std::size_t workers = 0;    ///< threads made so far
    std::size_t max_workers = 0;
    std::vector<LaneStats> lanes;  ///< those that have been seen since the start, in their order
};

/// Sends what is due. One thread claims messages, workers send them.
///
/// A claim is the record of an attempt, so it is made only when all is there that the attempt needs: a sender
/// of the channel, tokens of the lane's rate, a worker. All that may go now, of all lanes, is claimed in one
/// commit. Lanes take turns. A lane whose provider hangs leaves workers to the others: with anything in
/// flight it may have at most three times as many as would stay free. What is held is probed, as the store
/// says.
///
/// It wakes when the store's outbox changes, when a worker gets free, when the next message is due or the
/// next token there, and every poll interval. Nothing the store does ends it: errors are reported, and tried
/// again with back-off.
class Dispatcher {
  public:
    /// Registers itself with the store, which therefore no other thread may use yet. All that is referred to
    /// must outlive the dispatcher.
    Dispatcher(store::Outbox& store, const ChannelDirectory& directory, const Clock& clock, Pacing pacing,
               DispatcherOptions options = {}, Hooks hooks = {});
    /// Stops without grace, then waits for the senders that still run: a minute at most by their contract.
    ~Dispatcher();
    Dispatcher(const Dispatcher&) = delete;
    Dispatcher& operator=(const Dispatcher&) = delete;

    /// Turns attempts of an earlier life without an outcome into unknown ones, then begins to send. Returns
    /// how many there were. Once; throws what the store throws, and hasn't begun then.
    std::int64_t start();

    /// Makes no more claims; lets attempts in flight end for as long as `grace`. True: all have ended and are
    /// recorded.
    bool stop(std::chrono::milliseconds grace);

    /// Something has changed that the store doesn't know of (a channel has become ready): look again. Safe
    /// from any thread.
    void notify() { signal_->notify(); }

    /// Safe from any thread.
    DispatcherStats stats() const;

    /// One look at the outbox: claims all that may go now. Returns when to look again at the latest. Called
    /// by the dispatcher's thread, and by tests that haven't started one.
    SteadyTime tick();

  private:
    void loop();
    SteadyTime dispatch();
    /// Every recovery interval: those that are lost, and those that are stuck.
    void look_after_attempts(SteadyTime& next_look);
    /// What may be claimed of a lane now, if anything; `workers` are those that nobody has been given yet.
    std::optional<store::ClaimRequest> request_for(const store::LaneStatus& status, std::size_t workers,
                                                   SteadyTime& next_look);
    store::ClaimResult claim(const std::vector<store::ClaimRequest>& requests);
    /// There is a thread for each message that may be claimed.
    void keep_to_workers(std::vector<store::ClaimRequest>& requests);
    std::optional<store::Quiet> quiet(std::string_view channel) const;
    std::size_t workers_for(const store::Lane& lane, std::size_t workers) const;
    /// Tells of attempts that take longer than the contract allows, once each.
    void tell_stuck();
    void submit(store::Claim claim, BootTime lease_ends);
    void run(const store::Claim& claim, BootTime lease_ends);

    store::Outbox& store_;
    const ChannelDirectory& directory_;
    const Clock& clock_;
    const Pacing pacing_;
    const DispatcherOptions options_;
    // Shared with the store's callback, which may be called after this object has gone.
    const std::shared_ptr<WakeSignal> signal_;
    AttemptRunner runner_;
    // Of the dispatching thread alone.
    Backoff store_backoff_;
    SteadyTime store_rests_until_{};
    SteadyTime next_recovery_{};
    store::Lane last_served_;
    mutable std::mutex mutex_;  // guards the three below
    LaneBuckets buckets_;
    std::map<store::Lane, std::size_t> in_flight_;
    struct Flying {
        SteadyTime since{};
        std::string message_id;
        bool told = false;
    };
    std::map<std::string, Flying> flying_;  // by attempt
    std::atomic<bool> stopping_ = false;
    std::thread thread_;
    const std::unique_ptr<Workers> pool_;  // last: its threads end before anything that they use
};

}  // namespace jackgw::outbox
