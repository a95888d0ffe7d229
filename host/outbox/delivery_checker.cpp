#include "outbox/delivery_checker.h"

#include <algorithm>
#include <exception>
#include <memory>
#include <numeric>

#include "outbox/report_problem.h"

namespace jackgw::outbox {

namespace {

store::LookUpWaits doubling(std::chrono::milliseconds first) {
    return {first, 2 * first, 4 * first};
}

}  // namespace

DeliveryChecker::DeliveryChecker(store::Outbox& store, const ChannelDirectory& directory, const Clock& clock,
                                 const std::map<std::string, std::chrono::milliseconds>& first_waits,
                                 DeliveryCheckerOptions options, DeliveryCheckerHooks hooks)
    : store_(store),
      directory_(directory),
      clock_(clock),
      options_(options),
      hooks_(std::move(hooks)),
      thread_(clock, [this] { return tick(); }) {
    for (const auto& [channel, wait] : first_waits)
        if (wait.count() > 0)
            watched_.push_back(
                {channel, doubling(wait), Backoff(options_.backoff_first, options_.backoff_longest)});
}

SteadyTime DeliveryChecker::tick() {
    SteadyTime next_look = clock_.steady_now() + options_.poll_interval;
    for (Watched& watched : watched_) {
        try {
            next_look = std::min(next_look, check(watched));
        } catch (const std::exception& error) {
            report_problem(hooks_.problem,
                           "the deliveries of channel " + watched.channel +
                               " could not be looked up and are tried again: " + error.what());
            rest(watched, watched.backoff.next());
            next_look = std::min(next_look, watched.rests_until);
        }
    }
    return next_look;
}

SteadyTime DeliveryChecker::check(Watched& watched) {
    if (clock_.steady_now() < watched.rests_until) return watched.rests_until;
    const auto overdue = store_.overdue_deliveries(watched.channel, watched.waits, options_.batch);
    bool asked = false;
    for (const store::AwaitedDelivery& delivery : overdue.items) {
        if (thread_.stopping()) return watched.rests_until;
        if (is_past_asking(watched, delivery)) {
            store_.note_look_up(delivery.message_id, store::LookUpNote::last);
            if (hooks_.past_asking) hooks_.past_asking(delivery);
            continue;
        }
        asked = true;
        if (!look_up(watched, delivery)) return watched.rests_until;
    }
    if (!overdue.items.empty()) {
        rest(watched, asked ? options_.pause : std::chrono::milliseconds{0});
        return watched.rests_until;
    }
    // What is accepted from now on is due after the first wait at the soonest.
    const std::chrono::microseconds first = watched.waits.front();
    return clock_.steady_now() + (overdue.next_due_in ? std::min(first, *overdue.next_due_in) : first);
}

bool DeliveryChecker::is_past_asking(const Watched& watched, const store::AwaitedDelivery& delivery) const {
    const auto waits =
        std::accumulate(watched.waits.begin(), watched.waits.end(), std::chrono::milliseconds{0});
    return delivery.age > options_.longest_age + waits;
}

bool DeliveryChecker::look_up(Watched& watched, const store::AwaitedDelivery& delivery) {
    LookUpResult result;
    {
        // Held for this one question, so that the plugin can be replaced before the next.
        const std::shared_ptr<Sender> sender = directory_.sender(watched.channel);
        if (!sender) {
            rest(watched, options_.poll_interval);
            return false;
        }
        result = sender->look_up(
            {delivery.message_id, delivery.provider_message_id, delivery.lane.sender, delivery.to});
    }
    using store::LookUpNote;
    bool gave_up = false;
    const bool taken = result.kind == LookUp::answered || result.kind == LookUp::failed;
    if (taken) {
        watched.backoff.reset();
        const bool last = static_cast<std::size_t>(delivery.look_ups) + 1 >= watched.waits.size();
        const LookUpNote note = last ? LookUpNote::last : LookUpNote::counted;
        gave_up = store_.note_look_up(delivery.message_id, note) && last;
    } else if (result.kind == LookUp::unavailable) {
        rest(watched, watched.backoff.next());
        store_.note_look_up(delivery.message_id, LookUpNote::unanswered);
    } else {
        rest(watched, options_.backoff_longest);
    }
    if (hooks_.looked_up) hooks_.looked_up({delivery, result, gave_up});
    return taken;
}

void DeliveryChecker::rest(Watched& watched, std::chrono::milliseconds time) {
    watched.rests_until = clock_.steady_now() + time;
}

}  // namespace jackgw::outbox
