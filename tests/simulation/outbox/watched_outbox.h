#pragma once

#include <functional>
#include <map>
#include <string>

#include "checks/consent.h"
#include "checks/order.h"
#include "checks/quiet.h"
#include "checks/rate.h"
#include "store/store.h"
#include "store_access.h"
#include "world.h"

namespace jackgw::test {

struct ClaimChecks {
    OrderCheck order;
    RateCheck rate;
    ConsentCheck consent;
    QuietCheck quiet;

    explicit ClaimChecks(World& world) : order(world), rate(world), consent(world), quiet(world) {}
};

/// The store as dispatcher and reconciler see it: on the way the disk fails and the process dies, checks are
/// told, and bugs are planted.
class WatchedOutbox final : public store::Outbox {
  public:
    WatchedOutbox(World& world, StoreAccess& access, store::Store& store, ClaimChecks& checks,
                  std::function<void()> changed)
        : world_(world), access_(access), store_(store), checks_(checks), changed_(std::move(changed)) {}

    store::DueSummary promote_due() override;
    store::ClaimResult claim(const std::vector<store::ClaimRequest>& requests,
                             std::chrono::microseconds lease) override;
    store::FinishResult finish_attempt(const store::AttemptFinish& finish) override;
    std::int64_t recover(std::chrono::microseconds settle_for) override;
    store::DueDoubts due_doubts(std::string_view channel, std::size_t limit) override;
    store::DoubtChange note_doubt(const store::DoubtAnswer& answer) override;
    store::OverdueDeliveries overdue_deliveries(std::string_view channel, const store::LookUpWaits& waits,
                                                std::size_t limit) override;
    bool note_look_up(std::string_view message_id, store::LookUpNote note) override;
    void on_outbox_change(std::function<void()> wake) override;

  private:
    /// Quiet hours stop lifetimes, and let others overtake.
    void look_for_put_off();
    void told_of(const store::Claim& claim);

    World& world_;
    StoreAccess& access_;
    store::Store& store_;
    ClaimChecks& checks_;
    const std::function<void()> changed_;
    std::map<std::string, std::string> labels_;  // by attempt
};

}  // namespace jackgw::test
