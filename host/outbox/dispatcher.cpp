#include "outbox/dispatcher.h"

#include <algorithm>
#include <exception>
#include <iterator>
#include <optional>
#include <string>
#include <utility>

#include "outbox/worker_pool.h"
#include "store/errors.h"

namespace jackgw::outbox {

namespace {

/// The lanes in their order, beginning with the one after `last`: each has its turn.
std::vector<store::LaneStatus> in_turn(std::vector<store::LaneStatus> lanes, const store::Lane& last) {
    std::ranges::sort(lanes, {}, &store::LaneStatus::lane);
    const auto first = std::ranges::upper_bound(lanes, last, {}, &store::LaneStatus::lane);
    std::ranges::rotate(lanes, first);
    return lanes;
}

std::unique_ptr<Workers> make_workers(const DispatcherOptions& options,
                                      const std::shared_ptr<WakeSignal>& signal) {
    const auto on_free = [signal] { signal->notify(); };
    if (options.make_workers) return options.make_workers(on_free);
    return std::make_unique<WorkerPool>(options.max_workers, on_free);
}

}  // namespace

Dispatcher::Dispatcher(store::Outbox& store, const ChannelDirectory& directory, const Clock& clock,
                       Pacing pacing, DispatcherOptions options, Hooks hooks)
    : store_(store),
      directory_(directory),
      clock_(clock),
      pacing_(std::move(pacing)),
      options_(std::move(options)),
      signal_(std::make_shared<WakeSignal>()),
      runner_(store, clock, pacing_, options_.runner, std::move(hooks)),
      store_backoff_(options_.runner.store_backoff_first, options_.runner.store_backoff_longest),
      next_recovery_(clock.steady_now() + options_.recovery_interval),
      buckets_(pacing_, clock.steady_now()),
      pool_(make_workers(options_, signal_)) {
    store_.on_outbox_change([signal = signal_] { signal->notify(); });
}

Dispatcher::~Dispatcher() {
    stop(std::chrono::milliseconds{0});
}

std::int64_t Dispatcher::start() {
    std::int64_t recovered = 0;
    for (std::int64_t some = store::Outbox::max_recovered; some == store::Outbox::max_recovered;) {
        some = store_.recover(options_.runner.settling_delay);
        recovered += some;
    }
    thread_ = std::thread([this] { loop(); });
    return recovered;
}

bool Dispatcher::stop(std::chrono::milliseconds grace) {
    stopping_ = true;
    signal_->notify();
    if (thread_.joinable()) thread_.join();
    const bool finished = pool_->wait_idle(grace);
    runner_.give_up();
    return finished;
}

DispatcherStats Dispatcher::stats() const {
    DispatcherStats stats;
    stats.in_flight = pool_->busy();
    stats.workers = pool_->threads();
    stats.max_workers = pool_->max_threads();
    const std::lock_guard lock(mutex_);
    for (const auto& [lane, bucket] : buckets_.all()) {
        const auto found = in_flight_.find(lane);
        stats.lanes.push_back({lane, found == in_flight_.end() ? 0 : found->second, bucket.ready_at(1)});
    }
    return stats;
}

void Dispatcher::loop() {
    while (!stopping_) {
        const SteadyTime next_look = tick();
        signal_->wait_for(next_look - clock_.steady_now());
    }
}

SteadyTime Dispatcher::tick() {
    // While the store rests, a wake-up is no reason to press it.
    if (clock_.steady_now() < store_rests_until_) return store_rests_until_;
    try {
        const SteadyTime next_look = dispatch();
        store_backoff_.reset();
        return next_look;
    } catch (const std::exception& error) {
        runner_.report_problem(std::string("the outbox could not go on and tries again: ") + error.what());
        store_rests_until_ = clock_.steady_now() + store_backoff_.next();
        return store_rests_until_;
    }
}

void Dispatcher::look_after_attempts(SteadyTime& next_look) {
    const SteadyTime now = clock_.steady_now();
    if (now >= next_recovery_) {
        if (const std::int64_t lost = store_.recover(options_.runner.settling_delay); lost > 0)
            runner_.report_problem(std::to_string(lost) +
                                   " attempts had no outcome when their lease ended, and are unknown");
        tell_stuck();
        next_recovery_ = now + options_.recovery_interval;
    }
    next_look = std::min(next_look, next_recovery_);
}

SteadyTime Dispatcher::dispatch() {
    for (;;) {
        const store::DueSummary due = store_.promote_due();
        runner_.report_expired(due.expired);
        SteadyTime next_look = clock_.steady_now() + options_.poll_interval;
        look_after_attempts(next_look);
        if (due.next_due_in) {
            // At least a moment: a store that says "now" must not turn this into a busy loop.
            const auto wait =
                std::max<std::chrono::microseconds>(*due.next_due_in, std::chrono::milliseconds{1});
            // At most the poll interval: far-off times don't fit every clock.
            if (wait < options_.poll_interval) next_look = std::min(next_look, clock_.steady_now() + wait);
        }
        std::size_t workers = std::min(pool_->max_threads() - pool_->busy(), store::Outbox::max_claimed);
        std::vector<store::ClaimRequest> requests;
        for (const store::LaneStatus& status : in_turn(due.lanes, last_served_)) {
            if (workers == 0) break;  // one that gets free wakes us
            std::optional<store::ClaimRequest> request = request_for(status, workers, next_look);
            if (!request) continue;
            // Before the claim: a lane on which the store fails has had its turn too.
            if (requests.empty()) last_served_ = status.lane;
            workers -= request->max_messages;
            requests.push_back(std::move(*request));
        }
        keep_to_workers(requests);
        if (requests.empty() || stopping_) return next_look;
        // Taken before the claim, so that it ends no later than the one that the store has recorded.
        const BootTime lease_ends = clock_.boot_now() + options_.lease;
        auto [claims, expired, more] = claim(requests);
        runner_.report_expired(expired);
        const bool claimed = !claims.empty();
        for (store::Claim& claim : claims) submit(std::move(claim), lease_ends);
        if (!claimed && !more) return next_look;
    }
}

store::ClaimResult Dispatcher::claim(const std::vector<store::ClaimRequest>& requests) {
    try {
        return store_.claim(requests, options_.lease);
    } catch (const store::StoreError&) {
        if (requests.size() == 1) throw;
    }
    // Something of one lane is damaged: the others go on without it.
    store::ClaimResult result;
    for (const store::ClaimRequest& request : requests) {
        try {
            store::ClaimResult some = store_.claim({request}, options_.lease);
            std::ranges::move(some.claims, std::back_inserter(result.claims));
            for (const auto& [channel, count] : some.expired) result.expired[channel] += count;
            result.more = result.more || some.more;
        } catch (const store::StoreError& error) {
            runner_.report_problem("nothing of " + request.lane.sender +
                                   " could be claimed: " + error.what());
        }
    }
    return result;
}

void Dispatcher::keep_to_workers(std::vector<store::ClaimRequest>& requests) {
    std::size_t wanted = 0;
    for (const store::ClaimRequest& request : requests) wanted += request.max_messages;
    std::size_t there = pool_->make_ready(wanted);
    for (store::ClaimRequest& request : requests) {
        request.max_messages = std::min(request.max_messages, there);
        there -= request.max_messages;
    }
    std::erase_if(requests, [](const store::ClaimRequest& request) { return request.max_messages == 0; });
}

std::optional<store::ClaimRequest> Dispatcher::request_for(const store::LaneStatus& status,
                                                           std::size_t workers, SteadyTime& next_look) {
    const store::Lane& lane = status.lane;
    const std::shared_ptr<Sender> sender = directory_.sender(lane.channel);
    if (!sender) return std::nullopt;
    const std::lock_guard lock(mutex_);
    const TokenBucket& bucket = buckets_.of(lane);
    const SteadyTime now = clock_.steady_now();
    // Which message a probe takes is settled by the claim: the bucket has to be full for any.
    const SteadyTime token_at = bucket.ready_at(status.probe ? TokenBucket::max_burst : status.next_segments);
    if (token_at > now) {
        next_look = std::min(next_look, token_at);
        return std::nullopt;
    }
    const auto ready = static_cast<std::size_t>(std::max<std::int64_t>(status.ready, 1));
    const std::size_t most = std::min(status.probe ? 1 : ready, workers_for(lane, workers));
    if (most == 0) return std::nullopt;
    return store::ClaimRequest{.lane = lane,
                               .account = sender->account_of(lane.sender),
                               .max_messages = std::min(most, store::Outbox::max_claimed),
                               .max_segments = bucket.available(now),
                               .quiet = quiet(lane.channel)};
}

std::optional<store::Quiet> Dispatcher::quiet(std::string_view channel) const {
    const std::optional<QuietHours>& hours = pacing_.of(channel).quiet_hours;
    if (!hours) return std::nullopt;
    const std::optional<Timestamp> until = quiet_until(*hours, clock_.now());
    if (!until) return std::nullopt;
    return store::Quiet{*until, hours->answer_within};
}

std::size_t Dispatcher::workers_for(const store::Lane& lane, std::size_t workers) const {
    const auto found = in_flight_.find(lane);
    const std::size_t mine = found == in_flight_.end() ? 0 : found->second;
    // Each further one leaves one less to the others.
    std::size_t more = 0;
    while (more < workers && (mine + more == 0 || mine + more < 3 * (workers - more - 1))) ++more;
    return more;
}

void Dispatcher::tell_stuck() {
    std::vector<std::string> problems;
    {
        const std::lock_guard lock(mutex_);
        const SteadyTime now = clock_.steady_now();
        for (auto& [attempt, flying] : flying_) {
            if (flying.told || now - flying.since < options_.stuck_after) continue;
            flying.told = true;
            const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(now - flying.since);
            problems.push_back("attempt " + attempt + " of message " + flying.message_id +
                               " is stuck: it has been under way for " + std::to_string(seconds.count()) +
                               " s, and holds a worker and its recipient's queue");
        }
    }
    for (const std::string& problem : problems) runner_.report_problem(problem);
}

void Dispatcher::submit(store::Claim claim, BootTime lease_ends) {
    {
        const std::lock_guard lock(mutex_);
        buckets_.of(claim.lane).take(claim.segments, clock_.steady_now());
        ++in_flight_[claim.lane];
        flying_[claim.attempt_id] = {clock_.steady_now(), claim.message_id, false};
    }
    pool_->submit([this, claim = std::move(claim), lease_ends] { run(claim, lease_ends); });
}

void Dispatcher::run(const store::Claim& claim, BootTime lease_ends) {
    // Asked for only now: an attempt that is recorded after a reload never uses what was loaded before it.
    runner_.run(claim, directory_.sender(claim.lane.channel), lease_ends);
    const std::lock_guard lock(mutex_);
    --in_flight_[claim.lane];
    flying_.erase(claim.attempt_id);
}

}  // namespace jackgw::outbox
