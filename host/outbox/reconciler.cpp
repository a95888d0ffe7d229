#include "outbox/reconciler.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include "outbox/report_problem.h"

namespace jackgw::outbox {

Reconciler::Reconciler(store::Outbox& store, const ChannelDirectory& directory, const Clock& clock,
                       const std::vector<std::string>& channels, ReconcilerOptions options,
                       ReconcilerHooks hooks)
    : store_(store),
      directory_(directory),
      clock_(clock),
      options_(options),
      hooks_(std::move(hooks)),
      thread_(clock, [this] { return tick(); }) {
    for (const std::string& channel : channels)
        watched_.push_back({channel, Backoff(options_.backoff_first, options_.backoff_longest)});
}

SteadyTime Reconciler::tick() {
    SteadyTime next_look = clock_.steady_now() + options_.poll_interval;
    for (Watched& watched : watched_) {
        try {
            next_look = std::min(next_look, check(watched));
        } catch (const std::exception& error) {
            report_problem(hooks_.problem,
                           "the doubtful attempts of channel " + watched.channel +
                               " could not be asked about and are tried again: " + error.what());
            rest(watched, watched.backoff.next());
            next_look = std::min(next_look, watched.rests_until);
        }
    }
    return next_look;
}

SteadyTime Reconciler::check(Watched& watched) {
    const SteadyTime now = clock_.steady_now();
    if (now < watched.rests_until) return watched.rests_until;
    const store::DueDoubts due = store_.due_doubts(watched.channel, options_.batch);
    for (const store::Doubt& doubt : due.items)
        if (thread_.stopping() || !ask(watched, doubt)) return watched.rests_until;
    if (!due.items.empty()) {
        rest(watched, options_.pause);
        return watched.rests_until;
    }
    const std::chrono::microseconds longest = options_.poll_interval;
    return now +
           (due.next_due_in ? std::clamp(*due.next_due_in, std::chrono::microseconds{0}, longest) : longest);
}

bool Reconciler::ask(Watched& watched, const store::Doubt& doubt) {
    ReconcileResult result;
    {
        // Held for this one question, so that the plugin can be replaced before the next.
        const std::shared_ptr<Sender> sender = directory_.sender(watched.channel);
        if (!sender) {
            rest(watched, options_.poll_interval);
            return false;
        }
        result = sender->reconcile(doubt.attempt);
    }
    if (result.kind == Reconciliation::unavailable) {
        rest(watched, watched.backoff.next());
    } else {
        watched.backoff.reset();
    }
    const store::DoubtAnswer answer{doubt.attempt.attempt_id, result, next_wait(doubt, result.kind)};
    const store::DoubtChange change = store_.note_doubt(answer);
    if (hooks_.reconciled) hooks_.reconciled({doubt, result, change});
    return result.kind != Reconciliation::unavailable;
}

std::optional<std::chrono::microseconds> Reconciler::next_wait(const store::Doubt& doubt,
                                                               Reconciliation kind) const {
    // What nobody may wait for any more is given up, but for what a second search would still settle.
    // The wall clock alone doesn't tell: somebody may have set it meanwhile.
    const bool old =
        clock_.now() - doubt.attempt.ended_at > options_.longest_age && asked_for_long(doubt.asked);
    if (kind == Reconciliation::not_supported || (old && kind != Reconciliation::absent)) return std::nullopt;
    if (kind == Reconciliation::absent || kind == Reconciliation::taken) return options_.settling_delay;
    return wait_after(doubt.asked);
}

std::chrono::milliseconds Reconciler::wait_after(std::int32_t asked) const {
    const auto doubled = options_.settling_delay * (std::int64_t{1} << std::min(asked, 20));
    return std::min<std::chrono::milliseconds>(doubled,
                                               std::max(options_.longest_wait, options_.settling_delay));
}

/// The waits between so many questions make up at least half of the longest age: else the gateway was down
/// for most of it, or there was no such time.
bool Reconciler::asked_for_long(std::int32_t asked) const {
    std::chrono::milliseconds waited{0};
    for (std::int32_t i = 0; i < asked && waited < options_.longest_age / 2; ++i) waited += wait_after(i);
    return waited >= options_.longest_age / 2;
}

void Reconciler::rest(Watched& watched, std::chrono::milliseconds time) {
    watched.rests_until = clock_.steady_now() + time;
}

}  // namespace jackgw::outbox
