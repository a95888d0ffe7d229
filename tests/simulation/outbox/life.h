#pragma once

#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "../../support/fake_channel.h"
#include "../../support/temp_folder.h"
#include "../power/faults.h"
#include "../power/power_disk.h"
#include "base/ids.h"
#include "checks/history.h"
#include "checks/waiting.h"
#include "conversations/inbox.h"
#include "manual_workers.h"
#include "outbox/dispatcher.h"
#include "outbox/reconciler.h"
#include "provider.h"
#include "store/sqlite/steps.h"
#include "watched_outbox.h"
#include "world.h"

namespace jackgw::test {

/// One life of the outbox; see simulate_sending(). What happens while a request to the provider runs is
/// called from within that request: so one thread does it all, and requests end in any order but that.
class SendingLife final : private StoreAccess {
  public:
    SendingLife(std::uint64_t seed, SendingPlant plant, std::ostream* trace);
    ~SendingLife() override;
    SendingResult run();

  private:
    bool dead() const override { return disk_.dead(); }
    void pass(const std::function<void()>& work) override;
    Answer ask(const std::string& what, const std::function<void()>& work);
    bool over() const { return !world_.result.complaints.empty(); }

    // life_process.cpp: the program.
    void open();
    void start();
    void crash();

    // life.cpp: what happens when.
    void live_until(SteadyTime end);
    SteadyTime next_event(SteadyTime end) const;
    /// False: nothing is due.
    bool do_what_is_due();
    void look();
    void look_at_all();
    void end();
    void look_for_reasons();
    bool any_in_doubt() const;
    bool all_ended() const;

    // life_clients.cpp: those around it.
    void act();
    void submit();
    void submit(Entry& entry);
    void repeat();
    void retry_by_hand();
    void cancel();
    void guest_writes();
    void receive(const InboundMessage& message);
    void report(const Provider::Report& report);
    void operate();
    void pause(const store::Pause& pause, bool paused);
    void set_clock();
    std::string guest() { return "+155598700" + std::to_string(10 + world_.pick(6)); }
    std::string sender() { return "+1555000000" + std::to_string(1 + world_.pick(3)); }
    Entry* any_entry();

    World world_;
    const TempFolder folder_;
    PowerDisk disk_;
    IdGenerator ids_{world_.clock};
    store::sqlite::Steps steps_;
    Faults faults_{world_.random};
    ClaimChecks checks_{world_};
    HistoryCheck history_{world_};
    WaitingCheck waiting_{world_, checks_.order, checks_.rate};
    FakeDirectory directory_;
    std::shared_ptr<Provider> provider_;
    const outbox::Pacing dispatcher_pacing_;
    const bool sets_clock_;  // else the machine reboots: how far the wall clock was set nobody knows then

    // One run of the program.
    std::unique_ptr<store::Store> store_;
    std::unique_ptr<WatchedOutbox> outbox_;
    std::unique_ptr<conversations::Inbox> inbox_;
    std::unique_ptr<outbox::Dispatcher> dispatcher_;
    std::unique_ptr<outbox::Reconciler> reconciler_;
    ManualWorkers* workers_ = nullptr;  // the dispatcher's
    SteadyTime dispatcher_at_{};
    SteadyTime reconciler_at_{};
    bool woken_ = false;
    int refusals_ = 0;      // one after the other
    bool stopped_ = false;  // the store writes no more

    bool faulty_ = true;
    std::chrono::microseconds clock_set_by_{};
    int depth_ = 0;  // of requests within requests
    SteadyTime request_ends_{};
    SteadyTime act_at_{};
    std::uint64_t boots_ = 0;
    std::uint64_t made_ = 0;  // names
    std::vector<std::string> again_;
    std::vector<InboundMessage> webhooks_again_;
    std::set<store::Pause> pauses_;
    std::optional<SteadyTime> channel_back_at_;
};

}  // namespace jackgw::test
