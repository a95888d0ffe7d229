#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "store/failed_filter.h"
#include "store/holds.h"
#include "store/lane.h"
#include "store/scope.h"

namespace jackgw::store {

struct LaneReport {
    Lane lane;
    std::int64_t depth = 0;  ///< all that waits or is in flight
    std::int64_t ready = 0;
    std::int64_t in_flight = 0;
    std::int64_t scheduled = 0;  ///< may not go yet: sendAt, quiet hours, the wait before a resend
    std::int64_t retrying = 0;   ///< refused for now, each waits for its next attempt
    std::int64_t unknown = 0;    ///< beside the depth: their outcome is unknown
    bool paused = false;         ///< by itself, its channel or all
    std::string account{};       ///< empty: the channel has one, or nothing was sent yet
    std::string held_reason{};   ///< of whatever holds it; empty: nothing does

    /// Behind another message to the same guest.
    std::int64_t blocked() const { return depth - ready - in_flight - scheduled - retrying; }
};

/// What is paused: all, a channel, or one lane of it.
struct Pause {
    std::string channel;  ///< empty: all
    std::string sender;   ///< empty: all of the channel

    auto operator<=>(const Pause&) const = default;
};

struct OutboxReport {
    std::int64_t depth = 0;
    std::int64_t unknown = 0;  ///< messages whose outcome is unknown and not settled
    bool paused = false;       ///< all of it
    std::optional<Timestamp> oldest_due_at;
    std::vector<LaneReport> lanes;
    std::vector<Hold> holds;
    std::vector<Pause> pauses;
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

    /// Lifts the channel's holds, its configuration has changed: outcomes of attempts that began before count
    /// for nothing any more. Returns the holds that there were.
    virtual std::vector<Hold> release_lanes(std::string_view channel) = 0;

    /// Lifts whatever holds one lane: its own hold, its account's, its channel's.
    virtual std::vector<Hold> release_lane(const Lane& lane) = 0;

    /// What is paused stays so over restarts; what is in flight ends. Each pause is lifted by itself.
    virtual void set_paused(const Pause& pause, bool paused) = 0;

    /// Takes failed messages off the list of those, the latest first, at most `limit`: they stay in their
    /// conversations, and may still be sent anew one by one. Returns how many there were.
    virtual std::int64_t discard_failed(const FailedFilter& filter, std::size_t limit,
                                        const Scope& within = {}) = 0;

    /// Of the lanes within the scope; whether all is paused is told to everybody.
    virtual OutboxReport outbox(const Scope& within = {}) = 0;

    /// Records whose the channels are, before anything comes or goes on them. One that has no history may
    /// have been another property's before. Throws StoreError for one that has, and then nothing is changed.
    virtual void place_channels(const std::vector<ChannelPlace>& places) = 0;

    /// Proves by a small write and a read that the store works; throws if it doesn't. Those who ask within a
    /// second share one, and nobody waits longer than a few seconds.
    virtual void check() = 0;
};

}  // namespace jackgw::store
