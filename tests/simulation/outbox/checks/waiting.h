#pragma once

#include <map>
#include <set>
#include <string>

#include "../world.h"
#include "order.h"
#include "rate.h"
#include "store/administration.h"
#include "store/store.h"

namespace jackgw::test {

/// No message waits without a reason, nor longer than its reason lasts.
class WaitingCheck {
  public:
    WaitingCheck(World& world, const OrderCheck& order, const RateCheck& rate)
        : world_(world), order_(order), rate_(rate) {}

    /// `idle`: the channel is ready, and nothing is in flight. Throws what the store throws.
    void look(store::Store& store, const std::set<store::Pause>& pauses, bool idle);

  private:
    struct Reason {
        std::optional<store::WaitingFor> what;
        SteadyTime since;
    };

    void judge(Entry& entry, const std::optional<store::Waiting>& waiting,
               const std::set<store::Pause>& pauses, bool idle);
    bool has_earlier(const Entry& entry) const;
    void complain(const Entry& entry, const std::string& why);

    World& world_;
    const OrderCheck& order_;
    const RateCheck& rate_;
    std::map<std::string, Reason> reasons_;  // by label
};

}  // namespace jackgw::test
