#include "outbox/pacing.h"

#include <stdexcept>
#include <utility>

namespace jackgw::outbox {

Pacing::Pacing(std::map<std::string, ChannelPacing, std::less<>> channels) : channels_(std::move(channels)) {
    for (const auto& [channel, pacing] : channels_) {
        try {
            const TokenBucket probe(pacing.segments_per_second, pacing.burst, SteadyTime{});
        } catch (const std::invalid_argument& error) {
            throw std::invalid_argument("channel \"" + channel + "\": " + error.what());
        }
        for (const auto delay : pacing.retry_delays)
            if (delay.count() < 0)
                throw std::invalid_argument("channel \"" + channel + "\": a retry delay is " +
                                            std::to_string(delay.count()) + " ms, it can't be negative");
    }
}

const ChannelPacing& Pacing::of(std::string_view channel) const {
    const auto found = channels_.find(channel);
    return found == channels_.end() ? defaults_ : found->second;
}

LaneBuckets::LaneBuckets(const Pacing& pacing, SteadyTime empty_at) : pacing_(pacing), empty_at_(empty_at) {}

TokenBucket& LaneBuckets::of(const store::Lane& lane) {
    const auto found = buckets_.find(lane);
    if (found != buckets_.end()) return found->second;
    const ChannelPacing& pacing = pacing_.of(lane.channel);
    return buckets_.try_emplace(lane, pacing.segments_per_second, pacing.burst, empty_at_).first->second;
}

}  // namespace jackgw::outbox
