#include "life.h"

#include <limits>

#include "checks/acceptance.h"
#include "checks/ending.h"
#include "planted.h"
#include "storage/operations_store.h"
#include "store/sqlite/sqlite_backend.h"

namespace jackgw::test {

namespace {

constexpr auto settling = 2min;

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
    const SteadyTime end_of_day = world_.now() + 2h + world_.up_to(10h);
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

void SendingLife::pass(const std::function<void()>& work) {
    // A program whose store doesn't write any more is ended from outside, after a while.
    if (refusals_ > 5) disk_.die();
    if (dead()) throw Unavailable("dead");
    if (faulty_ && world_.once_in(150)) faults_.arm(25);
    try {
        work();
        if (!stopped_) refusals_ = 0;
    } catch (const Error& error) {
        world_.tell(std::string("the store: ") + error.what());
        world_.disturbed();
        ++refusals_;
        stopped_ = stopped_ || dynamic_cast<const OutcomeUnknown*>(&error) != nullptr;
        faults_.disarm();
        throw;
    }
    faults_.disarm();
    if (dead()) throw Unavailable("dead");
}

Answer SendingLife::ask(const std::string& what, const std::function<void()>& work) {
    Answer answer = Answer::done;
    try {
        pass(work);
    } catch (const OutcomeUnknown&) {
        answer = Answer::unknown;
    } catch (const Error&) {
        answer = Answer::refused;
    }
    if (dead()) answer = Answer::unheard;
    if (answer == Answer::refused) ++world_.result.refused;
    world_.tell(what + (answer == Answer::done      ? ""
                        : answer == Answer::refused ? ": refused"
                                                    : ": no answer"));
    return answer;
}

void SendingLife::open() {
    while (!over()) {
        if (faulty_ && world_.once_in(4)) faults_.arm(25);
        const bool armed = faults_.armed();
        try {
            start();
            faults_.disarm();
            if (!dead()) break;
        } catch (const std::exception& error) {
            faults_.disarm();
            world_.tell(std::string("can't start: ") + error.what());
            if (!armed && !dead()) return world_.complain(std::string("start: ").append(error.what()));
        }
        crash();
    }
    ++world_.result.restarts;
    look_at_all();
}

void SendingLife::start() {
    store_ = storage::make_store(store::open_sqlite(folder_ / "jack.db", world_.clock, ids_, {}, steps_));
    StoreAccess& access = *this;
    outbox_ = std::make_unique<WatchedOutbox>(world_, access, *store_, checks_, [this] { woken_ = true; });
    inbox_ = std::make_unique<conversations::Inbox>(*store_, *store_, world_.clock);
    outbox::DispatcherOptions options;
    // It is told of all that changes, and knows when the rest is due: looking now and then is for nothing.
    options.poll_interval = options.recovery_interval = world_.once_in(2) ? 1min : 6min;
    options.runner.seed = world_.random();
    options.runner.settling_delay = settling;
    options.runner.store_backoff_first = options.runner.store_backoff_longest = 1ms;
    options.make_workers = [this](std::function<void()>) {
        auto workers = std::make_unique<ManualWorkers>(world_, [this] { woken_ = true; });
        workers_ = workers.get();
        return workers;
    };
    dispatcher_ = std::make_unique<outbox::Dispatcher>(
        *outbox_, directory_, world_.clock, dispatcher_pacing_, options,
        outbox::Hooks{{}, [this](std::string_view text) { world_.tell(std::string(text)); }});
    reconciler_ = std::make_unique<outbox::Reconciler>(*outbox_, directory_, world_.clock,
                                                       std::vector<std::string>{"sms"},
                                                       outbox::ReconcilerOptions{.settling_delay = settling});
    while (store_->recover(settling) == store::Outbox::max_recovered) {
    }
    pauses_.clear();
    for (const store::Pause& pause : store_->outbox().pauses) pauses_.insert(pause);
    checks_.order.restarted();
    checks_.rate.restarted();
    dispatcher_at_ = reconciler_at_ = world_.now();
    refusals_ = 0;
    stopped_ = false;
    world_.disturbed();
}

void SendingLife::crash() {
    disk_.die();
    reconciler_.reset();
    dispatcher_.reset();
    inbox_.reset();
    outbox_.reset();
    store_.reset();
    const bool power = world_.once_in(2);
    world_.tell(power ? "the power fails" : "killed");
    if (power)
        disk_.cut(world_.random());
    else
        disk_.kill();
    if (power && !sets_clock_) world_.clock.reboot("boot " + std::to_string(++boots_));
    world_.clock.advance(world_.once_in(10) ? world_.up_to(2h) : world_.up_to(30s));
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
    for (int half_hours = 0; half_hours < 100 && !over() && !all_ended(); ++half_hours) {
        // Whether a doubtful one is absent shows when later ones are listed.
        if (half_hours < 60 && any_in_doubt()) submit();
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
