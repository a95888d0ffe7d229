#include "outbox/pacing.h"

#include <stdexcept>
#include <utility>

namespace jackgw::outbox {

namespace {

/// `whose` for the message of the exception.
void check(const Pace& pace, const std::string& whose) {
    try {
        const TokenBucket probe(pace.segments_per_second, pace.burst, SteadyTime{});
    } catch (const std::invalid_argument& error) {
        throw std::invalid_argument(whose + ": " + error.what());
    }
}

}  // namespace

Pacing::Pacing(std::map<std::string, ChannelPacing, std::less<>> channels) : channels_(std::move(channels)) {
    for (const auto& [channel, pacing] : channels_) {
        const std::string name = "channel \"" + channel + "\"";
        check(pacing.pace, name);
        for (const auto& [sender, pace] : pacing.senders) {
            std::string whose = name;
            check(pace, whose.append(", sender \"").append(sender).append("\""));
        }
        for (const auto delay : pacing.retry_delays)
            if (delay.count() < 0)
                throw std::invalid_argument(name + ": a retry delay is " + std::to_string(delay.count()) +
                                            " ms, it can't be negative");
    }
}

const ChannelPacing& Pacing::of(std::string_view channel) const {
    const auto found = channels_.find(channel);
    return found == channels_.end() ? defaults_ : found->second;
}

const Pace& Pacing::pace_of(const store::Lane& lane) const {
    const ChannelPacing& channel = of(lane.channel);
    const auto own = channel.senders.find(lane.sender);
    return own == channel.senders.end() ? channel.pace : own->second;
}

LaneBuckets::LaneBuckets(const Pacing& pacing, SteadyTime empty_at) : pacing_(pacing), empty_at_(empty_at) {}

TokenBucket& LaneBuckets::of(const store::Lane& lane) {
    const auto found = buckets_.find(lane);
    if (found != buckets_.end()) return found->second;
    const Pace& pace = pacing_.pace_of(lane);
    return buckets_.try_emplace(lane, pace.segments_per_second, pace.burst, empty_at_).first->second;
}

}  // namespace jackgw::outbox
