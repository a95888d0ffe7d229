#pragma once

#include <chrono>
#include <vector>

#include "base/defaults.h"
#include "base/time.h"
#include "model/attempt.h"
#include "store/outbox.h"

namespace jackgw::outbox {

/// When a refused message is tried again, and for how long an unknown outcome holds its recipient back.
struct RetryPolicy {
    /// Before the second attempt, the third, …: one attempt more than there are delays.
    std::vector<std::chrono::milliseconds> delays = defaults::retry_delays();
    double jitter = 0.2;  ///< a delay is spread by this part of it, up and down, so that retries don't march
    std::chrono::milliseconds longest_retry_after =
        std::chrono::hours{24};  ///< what a provider may ask for at most
    std::chrono::milliseconds settling_delay = defaults::settle_delay;
};

/// What follows from the outcome of a claim's attempt. Pure; `roll` is a random number in [0, 1).
///
/// - accepted, rejected: nothing more.
/// - refused for now: again after the attempt's delay, or when the provider allows it if that is later. The
///   last attempt leaves retry_after empty: failed, with the error that this outcome carries.
/// - misconfigured: the lane is held, the message stays due and loses none of its attempts.
/// - unknown: never sent again; the recipient's queue is held until the settling delay is over.
store::AttemptFinish decide(const RetryPolicy& policy, const store::Claim& claim, Outcome outcome,
                            double roll);

}  // namespace jackgw::outbox
