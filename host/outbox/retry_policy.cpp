#include "outbox/retry_policy.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <utility>

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
        const auto asked =
            std::clamp<std::int64_t>(*outcome.retry_after_ms, 0, policy.longest_retry_after.count());
        wait = std::max<std::chrono::microseconds>(wait, std::chrono::milliseconds{asked});
    }
    return wait;
}

std::string hold_reason(const Outcome& outcome) {
    if (outcome.error_code.empty() && outcome.error_message.empty())
        return "the channel says that it is misconfigured, and not why";
    if (outcome.error_code.empty()) return outcome.error_message;
    if (outcome.error_message.empty()) return outcome.error_code;
    return outcome.error_code + ": " + outcome.error_message;
}

}  // namespace

store::AttemptFinish decide(const RetryPolicy& policy, const store::Claim& claim, Outcome outcome,
                            double roll) {
    store::AttemptFinish finish;
    finish.attempt_id = claim.attempt_id;
    switch (outcome.kind) {
        case OutcomeKind::accepted:
        case OutcomeKind::rejected:
            break;
        case OutcomeKind::refused_for_now:
            finish.retry_after = next_try(policy, claim, outcome, roll);
            break;
        case OutcomeKind::misconfigured:
            finish.hold_lane = hold_reason(outcome);
            break;
        case OutcomeKind::unknown:
            finish.settle_for = policy.settling_delay;
            break;
    }
    finish.outcome = std::move(outcome);
    return finish;
}

}  // namespace jackgw::outbox
