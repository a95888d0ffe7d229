#include "outbox/attempt_runner.h"

#include <exception>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "outbox/backoff.h"
#include "outbox/report_problem.h"
#include "outbox/retry_policy.h"

namespace jackgw::outbox {

namespace {

Outgoing outgoing(const store::Claim& claim, BootTime lease_ends) {
    return {claim.message_id, claim.attempt_id, claim.lane.sender, claim.to,
            claim.content,    claim.media_urls, claim.expires_at,  lease_ends};
}

Outcome not_sent(std::string_view code, std::string_view why) {
    Outcome outcome;
    outcome.kind = OutcomeKind::refused_for_now;
    outcome.error_code = code;
    outcome.error_message = why;
    outcome.concern = Concern::channel;
    return outcome;
}

/// A sender never throws; one that does may have sent all the same.
Outcome unknown_after(std::string_view what) {
    Outcome outcome;
    outcome.kind = OutcomeKind::unknown;
    outcome.error_code = "SENDER_FAILED";
    outcome.error_message = what;
    return outcome;
}

Outcome send_once(Sender& sender, const Outgoing& message) {
    try {
        return sender.send(message);
    } catch (const std::exception& error) {
        return unknown_after(error.what());
    } catch (...) {
        return unknown_after("the sender threw something that is no std::exception");
    }
}

bool is_text(const std::string& text) {
    return is_valid_utf8(text) && text.find('\0') == std::string::npos;
}

/// The store takes valid text only, and would refuse a plugin's broken bytes for ever.
void repair_texts(Outcome& outcome) {
    for (std::string* text : {&outcome.provider_message_id, &outcome.provider_status, &outcome.error_code,
                              &outcome.error_message})
        if (!is_text(*text)) *text = repair_utf8(*text);
    // Mending a name would make another one of it.
    std::erase_if(outcome.opt_out_scopes,
                  [](const std::string& scope) { return scope.empty() || !is_text(scope); });
}

}  // namespace

AttemptRunner::AttemptRunner(store::Outbox& store, const Clock& clock, const Pacing& pacing,
                             RunnerOptions options, Hooks hooks)
    : store_(store),
      clock_(clock),
      pacing_(pacing),
      options_(options),
      hooks_(std::move(hooks)),
      random_(options.seed) {}

void AttemptRunner::run(const store::Claim& claim, std::shared_ptr<Sender> sender,
                        BootTime lease_ends) noexcept {
    const SteadyTime begin = clock_.steady_now();
    Outcome outcome;
    if (!sender) {
        outcome = not_sent("CHANNEL_NOT_READY", "the channel's plugin is not ready; nothing was sent");
    } else if (clock_.boot_now() >= lease_ends) {
        outcome = not_sent("LEASE_ENDED", "too much time passed before it could be sent; nothing was sent");
    } else {
        outcome = send_once(*sender, outgoing(claim, lease_ends));
    }
    const auto duration = clock_.steady_now() - begin;
    // A worker that waits for the store must not keep a plugin from being retired.
    sender.reset();
    repair_texts(outcome);

    RetryPolicy policy;
    policy.delays = pacing_.of(claim.lane.channel).retry_delays;
    policy.settling_delay = options_.settling_delay;
    const store::AttemptFinish finish = decide(policy, claim, std::move(outcome), roll());
    const std::optional<store::FinishResult> result = record(finish);
    if (!hooks_.attempt_finished) return;
    try {
        hooks_.attempt_finished(
            {claim, finish, result.value_or(store::FinishResult{}), duration, result.has_value()});
    } catch (...) {
        report_problem("an observer of finished attempts failed; the attempt itself is not concerned");
    }
}

void AttemptRunner::give_up() {
    {
        const std::lock_guard lock(mutex_);
        giving_up_ = true;
    }
    condition_.notify_all();
}

void AttemptRunner::report_problem(std::string_view text) const noexcept {
    outbox::report_problem(hooks_.problem, text);
}

void AttemptRunner::report_expired(const store::Expired& expired) const noexcept {
    if (expired.empty() || !hooks_.expired) return;
    try {
        hooks_.expired(expired);
    } catch (...) {
        report_problem("an observer of expired messages failed; the messages are not concerned");
    }
}

std::optional<store::FinishResult> AttemptRunner::record(const store::AttemptFinish& finish) {
    Backoff backoff(options_.store_backoff_first, options_.store_backoff_longest);
    for (;;) {
        try {
            // Not recorded says that it has an outcome already: an earlier call did it after all.
            return store_.finish_attempt(finish);
        } catch (const std::exception& error) {
            report_problem("the outcome of attempt " + finish.attempt_id +
                           " could not be stored and is tried again: " + error.what());
        }
        std::unique_lock lock(mutex_);
        if (condition_.wait_for(lock, backoff.next(), [this] { return giving_up_; })) break;
    }
    report_problem(
        "the outcome of attempt " + finish.attempt_id +
        " is lost: the store could not be reached before the program stopped; at the next start it "
        "counts as unknown");
    return std::nullopt;
}

double AttemptRunner::roll() {
    const std::lock_guard lock(random_mutex_);
    return std::uniform_real_distribution<double>(0.0, 1.0)(random_);
}

}  // namespace jackgw::outbox
