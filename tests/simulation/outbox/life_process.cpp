// The program: how it asks its store, starts and dies.
#include "life.h"
#include "storage/operations_store.h"
#include "store/sqlite/sqlite_backend.h"

namespace jackgw::test {

namespace {

constexpr auto settling = 2min;

}  // namespace

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

}  // namespace jackgw::test
