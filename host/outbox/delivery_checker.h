#pragma once

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/channel.h"
#include "outbox/backoff.h"
#include "outbox/ticking_thread.h"
#include "store/outbox.h"

namespace jackgw::outbox {

struct DeliveryCheckerOptions {
    std::size_t batch = 20;  ///< look-ups of a channel one after the other
    std::chrono::milliseconds pause = std::chrono::seconds{10};  ///< then it rests: two a second on average
    std::chrono::milliseconds backoff_first = std::chrono::seconds{30};  ///< after a fault
    std::chrono::milliseconds backoff_longest = std::chrono::hours{1};
    std::chrono::milliseconds poll_interval = std::chrono::minutes{1};  ///< looks at least that often
    /// Longer ago than this and all its waits together: a message is past asking about.
    std::chrono::milliseconds longest_age = std::chrono::days{7};
};

/// The provider was asked, or would not be.
struct LookedUp {
    const store::AwaitedDelivery& delivery;
    const LookUpResult& result;
    bool gave_up;  ///< no final state came and none will be asked for: the message stays as it is
};

/// Called on the checker's thread; an empty function is not called.
struct DeliveryCheckerHooks {
    std::function<void(const LookedUp&)> looked_up;
    std::function<void(const store::AwaitedDelivery&)> past_asking;  ///< too old: given up without a question
    std::function<void(std::string_view)> problem;                   ///< it will be tried again; for the log
};

/// Asks providers what became of messages whose final state has not been reported for long: a report may get
/// lost for good. One thread asks one question at a time, in small batches with a rest between them. A
/// channel whose provider takes no questions rests with back-off.
///
/// A message is asked about when the channel's wait has passed since it was accepted, and twice more after
/// twice and four times that wait; then its state stays as it is, for "sent" may be the last word. A question
/// that the provider doesn't take doesn't count, but goes to the end of the queue: one that it never takes
/// must not keep the others waiting. A message that was sent very long ago is not asked about at all: such
/// are in a database from before there were look-ups, and those whose questions were never taken.
///
/// What a look-up brings is stored by the report that it causes; after that it is noted. A program that dies
/// in between asks once more, and the repeated report changes nothing.
class DeliveryChecker {
  public:
    /// The wait before the first look-up, by channel; a channel that isn't listed or whose wait is zero is
    /// never asked. All that is referred to must outlive the checker, whose
    /// end waits for a look-up that runs: a minute at most by the contract.
    DeliveryChecker(store::Outbox& store, const ChannelDirectory& directory, const Clock& clock,
                    const std::map<std::string, std::chrono::milliseconds>& first_waits,
                    DeliveryCheckerOptions options = {}, DeliveryCheckerHooks hooks = {});
    DeliveryChecker(const DeliveryChecker&) = delete;
    DeliveryChecker& operator=(const DeliveryChecker&) = delete;

    void start() { thread_.start(); }

    /// Begins no more look-ups; true: the one that ran has ended within `grace`. May be called again.
    bool stop(std::chrono::milliseconds grace) { return thread_.stop(grace); }

    /// One look at each channel that doesn't rest. Returns when to look again at the latest. Called by the
    /// checker's thread, and by tests that haven't started one.
    SteadyTime tick();

  private:
    struct Watched {
        std::string channel;
        store::LookUpWaits waits;
        Backoff backoff;
        SteadyTime rests_until{};
    };

    SteadyTime check(Watched& watched);
    bool is_past_asking(const Watched& watched, const store::AwaitedDelivery& delivery) const;
    /// False: no further question to this channel for now.
    bool look_up(Watched& watched, const store::AwaitedDelivery& delivery);
    void rest(Watched& watched, std::chrono::milliseconds time);

    store::Outbox& store_;
    const ChannelDirectory& directory_;
    const Clock& clock_;
    const DeliveryCheckerOptions options_;
    const DeliveryCheckerHooks hooks_;
    std::vector<Watched> watched_;  // of the checking thread alone
    TickingThread thread_;          // last: a look uses all of the above
};

}  // namespace jackgw::outbox
