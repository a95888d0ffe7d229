#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/defaults.h"
#include "base/time.h"
#include "model/channel.h"
#include "outbox/backoff.h"
#include "outbox/ticking_thread.h"
#include "store/outbox.h"

namespace jackgw::outbox {

struct ReconcilerOptions {
    std::chrono::milliseconds settling_delay = defaults::settle_delay;
    std::size_t batch = 20;  ///< questions of a channel one after the other
    std::chrono::milliseconds pause = std::chrono::seconds{1};          ///< between two batches
    std::chrono::milliseconds backoff_first = std::chrono::seconds{5};  ///< while no questions are taken
    std::chrono::milliseconds backoff_longest = std::chrono::minutes{5};
    std::chrono::milliseconds longest_wait =
        std::chrono::hours{1};  ///< between two questions about one attempt
    std::chrono::milliseconds poll_interval = std::chrono::seconds{30};  ///< looks at least that often
    /// A provider that hasn't told by then, asked again and again, never will: the message stays unknown
    /// until a report tells.
    std::chrono::milliseconds longest_age = std::chrono::days{2};
};

/// The provider was asked about an attempt.
struct Reconciled {
    const store::Doubt& doubt;
    const ReconcileResult& result;
    store::DoubtChange change;
};

/// Called on the reconciler's thread; an empty function is not called.
struct ReconcilerHooks {
    std::function<void(const Reconciled&)> reconciled;
    std::function<void(std::string_view)> problem;  ///< it will be tried again; for the log
};

/// Asks providers whether they took attempts whose outcome is unknown: after time-outs, faults of theirs, cut
/// connections, and deaths of hosts. One thread asks one question at a time.
///
/// An attempt is asked about when its settling delay is over. "Taken" ends it; "absent" counts when it is
/// said twice, a settling delay apart: then the message is due again. While the provider can't tell, it is
/// asked after waits that double from the settling delay; one that takes no questions rests with its whole
/// channel.
class Reconciler {
  public:
    /// All that is referred to must outlive the reconciler, whose
    /// end waits for a question that runs: a minute at most by the contract.
    Reconciler(store::Outbox& store, const ChannelDirectory& directory, const Clock& clock,
               const std::vector<std::string>& channels, ReconcilerOptions options = {},
               ReconcilerHooks hooks = {});
    Reconciler(const Reconciler&) = delete;
    Reconciler& operator=(const Reconciler&) = delete;

    void start() { thread_.start(); }

    /// Begins no more questions; true: the one that ran has ended within `grace`. May be called again.
    bool stop(std::chrono::milliseconds grace) { return thread_.stop(grace); }

    /// There may be new doubts, or answers to old ones. Safe from any thread.
    void notify() { thread_.notify(); }

    /// One look at each channel that doesn't rest. Returns when to look again at the latest. Called by the
    /// reconciler's thread, and by tests that haven't started one.
    SteadyTime tick();

  private:
    struct Watched {
        std::string channel;
        Backoff backoff;
        SteadyTime rests_until{};
    };

    SteadyTime check(Watched& watched);
    /// False: no further question to this channel for now.
    bool ask(Watched& watched, const store::Doubt& doubt);
    std::optional<std::chrono::microseconds> next_wait(const store::Doubt& doubt, Reconciliation kind) const;
    /// Before the next question, when so many have been asked.
    std::chrono::milliseconds wait_after(std::int32_t asked) const;
    bool asked_for_long(std::int32_t asked) const;
    void rest(Watched& watched, std::chrono::milliseconds time);

    store::Outbox& store_;
    const ChannelDirectory& directory_;
    const Clock& clock_;
    const ReconcilerOptions options_;
    const ReconcilerHooks hooks_;
    std::vector<Watched> watched_;  // of the asking thread alone
    TickingThread thread_;          // last: a look uses all of the above
};

}  // namespace jackgw::outbox
