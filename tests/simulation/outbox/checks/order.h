#pragma once

#include <functional>
#include <set>
#include <string>

#include "../world.h"
#include "store/readers.h"

namespace jackgw::test {

/// To one guest from one sender: one attempt at a time, and messages of one priority in their order, but for
/// those that may not have gone yet, and those that come back from doubt.
class OrderCheck {
  public:
    /// Tells what a message waits for.
    using Ask = std::function<std::optional<store::Waiting>(const Entry&)>;

    explicit OrderCheck(World& world) : world_(world) {}

    void on_claim(const Entry& claimed, const Ask& ask);
    void on_finish(const std::string& label) { in_flight_.erase(label); }
    void restarted() { in_flight_.clear(); }
    bool in_flight(const Entry& entry) const { return in_flight_.contains(entry.label()); }

  private:
    /// The one had to go before the other.
    bool precedes(Entry& earlier, const Entry& later, const Ask& ask) const;

    World& world_;
    std::set<std::string> in_flight_;
};

}  // namespace jackgw::test
