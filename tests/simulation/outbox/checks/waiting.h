#pragma once

#include <map>
#include <set>
#include <string>

#include "../world.h"
#include "order.h"
#include "store/administration.h"
#include "store/store.h"

namespace jackgw::test {

/// No message waits without a reason, nor longer than its reason lasts.
class WaitingCheck {
  public:
    WaitingCheck(World& world, const OrderCheck& order) : world_(world), order_(order) {}

    /// Throws what the store throws.
    void look(store::Store& store, const std::set<store::Pause>& pauses);

  private:
    struct Reason {
        std::optional<store::WaitingFor> what;
        SteadyTime since;
    };

    void judge(Entry& entry, const std::optional<store::Waiting>& waiting,
               const std::set<store::Pause>& pauses);
    bool has_earlier(const Entry& entry) const;
    void complain(const Entry& entry, const std::string& why);

    World& world_;
    const OrderCheck& order_;
    std::map<std::string, Reason> reasons_;  // by label
};

}  // namespace jackgw::test
