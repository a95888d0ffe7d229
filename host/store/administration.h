#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "store/lane.h"
#include "store/scope.h"

namespace jackgw::store {

struct LaneReport {
    Lane lane;
    std::int64_t depth = 0;  ///< all that waits or is in flight
    std::int64_t ready = 0;
    std::int64_t in_flight = 0;
    std::string held_reason;  ///< empty: not held
};

struct OutboxReport {
    std::int64_t depth = 0;
    std::int64_t unknown = 0;  ///< messages whose outcome is unknown and not settled
    bool paused = false;
    std::optional<Timestamp> oldest_due_at;
    std::vector<LaneReport> lanes;
};

/// That a channel belongs to a property.
struct ChannelPlace {
    std::string channel;
    std::string property;
};

/// What operators do and ask. Each function is one atomic operation, durable when it returns; see Store for
/// what all of them throw and take.
class Administration {
  public:
    virtual ~Administration() = default;

    /// Lets held lanes of a channel go on (its configuration has changed). Returns how many were held.
    virtual std::int64_t release_lanes(std::string_view channel) = 0;

    virtual void set_paused(bool paused) = 0;

    /// Of the lanes within the scope; whether all is paused is told to everybody.
    virtual OutboxReport outbox(const Scope& within = {}) = 0;

    /// Records whose the channels are, before anything comes or goes on them. One that has no history may
    /// have been another property's before. Throws StoreError for one that has, and then nothing is changed.
    virtual void place_channels(const std::vector<ChannelPlace>& places) = 0;

    /// A cheap read that proves the store answers; throws if it doesn't.
    virtual void check() = 0;
};

}  // namespace jackgw::store
