#include "outbox/dispatcher.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <string>
#include <utility>

namespace jackgw::outbox {

namespace {

/// The lanes in their order, beginning with the one after `last`: each has its turn.
std::vector<store::LaneStatus> in_turn(std::vector<store::LaneStatus> lanes, const store::Lane& last) {
    std::ranges::sort(lanes, {}, &store::LaneStatus::lane);
    const auto first = std::ranges::upper_bound(lanes, last, {}, &store::LaneStatus::lane);
    std::ranges::rotate(lanes, first);
    return lanes;
}

}  // namespace

Dispatcher::Dispatcher(store::Outbox& store, const ChannelDirectory& directory, const Clock& clock,
                       Pacing pacing, DispatcherOptions options, Hooks hooks)
    : store_(store),
      directory_(directory),
      clock_(clock),
      pacing_(std::move(pacing)),
      options_(options),
      signal_(std::make_shared<WakeSignal>()),
      runner_(store, clock, pacing_, options.runner, std::move(hooks)),
      store_backoff_(options.runner.store_backoff_first, options.runner.store_backoff_longest),
      buckets_(pacing_, clock.steady_now()),
      pool_(options.max_workers, [signal = signal_] { signal->notify(); }) {
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
    const bool finished = pool_.wait_idle(grace);
    runner_.give_up();
    return finished;
}

DispatcherStats Dispatcher::stats() const {
    DispatcherStats stats;
    stats.in_flight = pool_.busy();
    stats.workers = pool_.threads();
    stats.max_workers = pool_.max_threads();
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

SteadyTime Dispatcher::dispatch() {
    for (;;) {
        const store::DueSummary due = store_.promote_due();
        SteadyTime next_look = clock_.steady_now() + options_.poll_interval;
        if (due.next_due_in) {
            // At least a moment: a store that says "now" must not turn this into a busy loop.
            const auto wait =
                std::max<std::chrono::microseconds>(*due.next_due_in, std::chrono::milliseconds{1});
            next_look = std::min(next_look, clock_.steady_now() + wait);
        }
        bool claimed = false;
        for (const store::LaneStatus& status : in_turn(due.lanes, last_served_)) {
            if (stopping_ || !pool_.ready()) return next_look;  // a worker that gets free wakes us
            claimed |= dispatch_from(status, next_look);
        }
        if (!claimed) return next_look;
    }
}

bool Dispatcher::dispatch_from(const store::LaneStatus& status, SteadyTime& next_look) {
    const store::Lane& lane = status.lane;
    std::shared_ptr<Sender> sender = directory_.sender(lane.channel);
    if (!sender || !may_have_worker(lane)) return false;
    {
        const std::lock_guard lock(mutex_);
        const SteadyTime token_at = buckets_.of(lane).ready_at(status.next_segments);
        if (token_at > clock_.steady_now()) {
            next_look = std::min(next_look, token_at);
            return false;
        }
    }
    last_served_ = lane;  // before the claim: a lane on which the store fails has had its turn too
    auto [claim, more] = store_.claim(lane, options_.lease);
    if (!claim) return more;  // then the next round goes on where this one stopped
    {
        const std::lock_guard lock(mutex_);
        buckets_.of(lane).take(claim->segments, clock_.steady_now());
        ++in_flight_[lane];
    }
    pool_.submit([this, claim = std::move(*claim), sender = std::move(sender)]() mutable {
        run(claim, std::move(sender));
    });
    return true;
}

bool Dispatcher::may_have_worker(const store::Lane& lane) const {
    const std::size_t free = pool_.max_threads() - pool_.busy();
    const std::lock_guard lock(mutex_);
    const auto found = in_flight_.find(lane);
    const std::size_t mine = found == in_flight_.end() ? 0 : found->second;
    return free > 0 && (mine == 0 || mine < 3 * (free - 1));
}

void Dispatcher::run(const store::Claim& claim, std::shared_ptr<Sender> sender) {
    runner_.run(claim, std::move(sender));
    const std::lock_guard lock(mutex_);
    --in_flight_[claim.lane];
}

}  // namespace jackgw::outbox
