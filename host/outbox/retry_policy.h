#pragma once

#include <chrono>
#include <vector>

#include "base/defaults.h"
#include "base/time.h"
#include "model/attempt.h"
#include "store/outbox.h"

namespace jackgw::outbox {

/// When a refused message is tried again, when a hold is probed, and for how long an unknown outcome holds
/// its recipient back.
struct RetryPolicy {
    /// Before the second attempt, the third, …: one attempt more than there are delays. The first is also the
    /// first pause of a hold.
    std::vector<std::chrono::milliseconds> delays = defaults::retry_delays();
    double jitter = 0.2;  ///< a delay is spread by this part of it, up and down, so that retries don't march
    std::chrono::milliseconds settling_delay = defaults::settle_delay;
};

/// What follows from the outcome of a claim's attempt. Pure; `roll` is a random number in [0, 1).
///
/// - accepted, rejected: nothing more.
/// - refused for now: again after the attempt's delay, or when the provider allows it if that is later. The
///   last attempt leaves retry_after empty: failed, with the error that this outcome carries. Only where the
///   cause lies in the message: else the store keeps it due, and counts no attempt.
/// - unknown: never sent again unless the provider surely hasn't got it; the recipient's queue is held until
///   the settling delay is over.
///
/// How a hold is probed goes with every outcome: whom it concerns is settled in the store.
store::AttemptFinish decide(const RetryPolicy& policy, const store::Claim& claim, Outcome outcome,
                            double roll);

}  // namespace jackgw::outbox
