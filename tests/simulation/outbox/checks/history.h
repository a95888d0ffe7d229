#pragma once

#include <map>
#include <string>

#include "../world.h"
#include "store/store.h"

namespace jackgw::test {

/// Follows the event log: each message is there once, none that was refused, and no delivery goes back.
class HistoryCheck {
  public:
    explicit HistoryCheck(World& world) : world_(world) {}

    /// What has happened since the last look. Throws what the store throws.
    void look(store::Store& store);
    /// Looks at all messages, whether anything happened to them or not.
    void look_at_all(store::Store& store);

  private:
    void see(const Message& message);
    /// One that the gateway made of a failed one.
    void add_resent(const Message& message);
    void compare(Entry& entry, const Message& message);

    World& world_;
    std::int64_t cursor_ = 0;
};

}  // namespace jackgw::test
