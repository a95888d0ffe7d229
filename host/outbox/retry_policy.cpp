#include "outbox/retry_policy.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

#include "outbox/holds/hold_policy.h"

namespace jackgw::outbox {

namespace {

std::chrono::microseconds spread(std::chrono::milliseconds delay, double jitter, double roll) {
    const double factor = 1.0 + jitter * (2.0 * roll - 1.0);
    const auto micros = std::chrono::microseconds{delay}.count();
    return std::chrono::microseconds{std::llround(static_cast<double>(micros) * factor)};
}

std::optional<std::chrono::microseconds> next_try(const RetryPolicy& policy, const store::Claim& claim,
                                                  const Outcome& outcome, double roll) {
    const auto made = static_cast<std::size_t>(std::max(claim.attempt_number, 1));
    if (made > policy.delays.size()) return std::nullopt;
    std::chrono::microseconds wait = spread(policy.delays[made - 1], policy.jitter, roll);
    if (outcome.retry_after_ms) {
        // Brought into range as a number first: a provider's nonsense must not overflow the conversion.
        const auto asked = std::clamp<std::int64_t>(*outcome.retry_after_ms, 0, longest_retry_after.count());
        wait = std::max<std::chrono::microseconds>(wait, std::chrono::milliseconds{asked});
    }
    return wait;
}

}  // namespace

store::AttemptFinish decide(const RetryPolicy& policy, const store::Claim& claim, Outcome outcome,
                            double roll) {
    store::AttemptFinish finish;
    finish.attempt_id = claim.attempt_id;
    finish.account = claim.account;
    if (!policy.delays.empty()) finish.pauses.first = policy.delays.front();
    finish.pauses.spread = 1.0 + policy.jitter * (2.0 * roll - 1.0);
    if (outcome.kind == OutcomeKind::refused_for_now)
        finish.retry_after = next_try(policy, claim, outcome, roll);
    if (outcome.kind == OutcomeKind::unknown) finish.settle_for = policy.settling_delay;
    finish.outcome = std::move(outcome);
    return finish;
}

}  // namespace jackgw::outbox
