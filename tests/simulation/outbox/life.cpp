#include "life.h"

#include <limits>

#include "checks/acceptance.h"
#include "checks/ending.h"

namespace jackgw::test {

namespace {

outbox::Pacing pacing_of(double factor) {
    outbox::ChannelPacing sms;
    sms.pace = {1.0 * factor, 3};
    sms.senders["+15550000002"] = {0.2 * factor, 2};
    sms.quiet_hours = outbox::QuietHours{std::chrono::hours{22}, std::chrono::hours{6},
                                         TimeZone::find("Europe/Vienna").value(), 15min};
    return outbox::Pacing({{"sms", sms}});
}

}  // namespace

SendingLife::SendingLife(std::uint64_t seed, SendingPlant plant, std::ostream* trace)
    : world_(seed, plant, trace),
      dispatcher_pacing_(pacing_of(plant == SendingPlant::sends_too_fast ? 10 : 1)),
      sets_clock_(world_.once_in(2)) {
    world_.pacing = pacing_of(1);
    provider_ = std::make_shared<Provider>(
        world_,
        [this](SteadyTime until) {
            ++depth_;
            if (depth_ == 1) request_ends_ = world_.now() + 60s;
            live_until(std::min(until, request_ends_));
            --depth_;
        },
        [this](const Entry& entry) { check_acceptance(world_, entry); });
    directory_.set("sms", provider_);
    disk_.decide([this](const DiskEvent& event) { return faults_.judge(event); });
    steps_.checkpoints = {std::numeric_limits<int>::max(), 1 + static_cast<int>(world_.pick(60)), true};
}

SendingLife::~SendingLife() = default;

SendingResult SendingLife::run() {
    open();
    const SteadyTime end_of_day =
        world_.now() + 2h + world_.up_to(world_.plant == SendingPlant::none ? 10h : 3h);
    act_at_ = world_.now();
    while (world_.now() < end_of_day && !over()) {
        live_until(end_of_day);
        if (dead() && !over()) {
            crash();
            open();
        }
    }
    if (!over()) end();
    world_.result.passed = std::chrono::duration_cast<std::chrono::microseconds>(world_.now() - world_.begin);
    return world_.result;
}

SteadyTime SendingLife::next_event(SteadyTime end) const {
    SteadyTime next = std::min({end, act_at_, dispatcher_at_, reconciler_at_});
    if (const auto at = provider_->next()) next = std::min(next, *at);
    // Not endlessly many requests within requests.
    if (const auto at = workers_->next(); at && depth_ < 5) next = std::min(next, *at);
    return next;
}

void SendingLife::live_until(SteadyTime end) {
    while (!dead() && !over()) {
        if (!do_what_is_due()) {
            const SteadyTime next = next_event(end);
            if (next > world_.now())
                world_.clock.advance(std::chrono::ceil<std::chrono::microseconds>(next - world_.now()));
            if (world_.now() >= end) return;
            continue;
        }
        ++world_.result.events;
        if (!dead()) look();
    }
}

bool SendingLife::do_what_is_due() {
    const SteadyTime now = world_.now();
    if (woken_ || dispatcher_at_ <= now) {
        woken_ = false;
        dispatcher_at_ = std::max(dispatcher_->tick(), now + 1us);
    } else if (workers_->next().value_or(SteadyTime::max()) <= now && depth_ < 5) {
        workers_->run_next();
    } else if (provider_->next().value_or(SteadyTime::max()) <= now) {
        for (const Provider::Report& each : provider_->due()) report(each);
    } else if (reconciler_at_ <= now) {
        reconciler_at_ = std::max(reconciler_->tick(), now + 1us);
    } else if (act_at_ <= now) {
        act_at_ = now + world_.up_to(2min);
        act();
    } else {
        return false;
    }
    return true;
}

void SendingLife::look() {
    try {
        history_.look(*store_);
    } catch (const Error& error) {
        world_.tell(std::string("can't look: ") + error.what());
        world_.disturbed();
    }
}

void SendingLife::look_at_all() {
    if (dead() || over()) return;
    history_.look_at_all(*store_);
}

void SendingLife::look_for_reasons() {
    waiting_.look(*store_, pauses_, workers_->busy() == 0 && !channel_back_at_);
}

bool SendingLife::any_in_doubt() const {
    for (const auto& [label, entry] : world_.entries)
        if (entry.seen && entry.seen->state == DeliveryState::unknown && !entry.ended()) return true;
    return false;
}

bool SendingLife::all_ended() const {
    for (const auto& [label, entry] : world_.entries)
        if (!entry.id.empty() && !entry.ended()) return false;
    return true;
}

void SendingLife::end() {
    world_.tell("all is well from now on");
    faulty_ = false;
    crash();
    open();
    provider_->calm();
    directory_.set("sms", provider_);
    channel_back_at_.reset();
    world_.clock.set_wall_by(-clock_set_by_);
    woken_ = true;
    while (!pauses_.empty()) pause(*pauses_.begin(), false);
    act_at_ = SteadyTime::max();
    // What somebody named while the clock was ahead waits for so much longer.
    const int longest = 70 + static_cast<int>(std::chrono::abs(clock_set_by_) / 30min);
    for (int half_hours = 0; half_hours < longest && !over() && !all_ended(); ++half_hours) {
        // Whether a doubtful one is absent shows when later ones are listed.
        if (half_hours < longest - 40 && any_in_doubt()) submit();
        live_until(world_.now() + 30min);
        look_for_reasons();
    }
    look_at_all();
    if (!over()) check_ending(world_);
}

SendingResult simulate_sending(std::uint64_t seed, SendingPlant plant, std::ostream* trace) {
    return SendingLife(seed, plant, trace).run();
}

}  // namespace jackgw::test
