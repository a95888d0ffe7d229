#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/defaults.h"
#include "base/time.h"
#include "outbox/quiet_hours.h"
#include "outbox/token_bucket.h"
#include "store/lane.h"

namespace jackgw::outbox {

/// How fast one sender sends.
struct Pace {
    double segments_per_second = defaults::segments_per_second;
    std::int64_t burst = defaults::burst;  ///< segments
};

/// How fast one channel sends, and how often it tries: [channels.NAME.outbox] of the configuration.
struct ChannelPacing {
    Pace pace;  ///< of each sender that isn't in `senders`
    std::vector<std::chrono::milliseconds> retry_delays = defaults::retry_delays();
    std::map<std::string, Pace, std::less<>> senders{};  ///< those with a pace of their own
    std::optional<QuietHours> quiet_hours{};
};

/// The pacing of all channels. Immutable; safe from any thread.
class Pacing {
  public:
    /// Throws std::invalid_argument, naming channel and sender, if a rate, burst or delay is out of range.
    explicit Pacing(std::map<std::string, ChannelPacing, std::less<>> channels = {});

    /// A channel that isn't listed gets the defaults.
    const ChannelPacing& of(std::string_view channel) const;

    /// The sender's own pace, else its channel's.
    const Pace& pace_of(const store::Lane& lane) const;

  private:
    std::map<std::string, ChannelPacing, std::less<>> channels_;
    ChannelPacing defaults_;
};

/// The rate limits of all lanes, made when a lane is first seen. Not for several threads at once.
class LaneBuckets {
  public:
    /// All buckets are empty at `empty_at`, the start of the program, whenever their lane is first seen:
    /// until then nothing went, so what they gained meanwhile is theirs.
    LaneBuckets(const Pacing& pacing, SteadyTime empty_at);

    TokenBucket& of(const store::Lane& lane);
    const std::map<store::Lane, TokenBucket>& all() const { return buckets_; }

  private:
    const Pacing& pacing_;
    SteadyTime empty_at_;
    std::map<store::Lane, TokenBucket> buckets_;
};

}  // namespace jackgw::outbox
