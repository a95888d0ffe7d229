#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "model/attempt.h"

namespace jackgw::store {

/// Whom a hold stops: one of our senders, all senders of an account at the provider, all of the channel.
enum class HoldScope { sender, account, channel };

std::string_view to_string(HoldScope scope);
std::optional<HoldScope> parse_hold_scope(std::string_view text);

/// How long a hold waits before its first probe; each further wait is twice as long, up to the longest.
struct HoldPauses {
    std::chrono::microseconds first = std::chrono::seconds{5};
    std::chrono::microseconds longest = std::chrono::minutes{1};
    double spread = 1.0;  ///< what this wait is multiplied with, so that probes of many don't march
};

/// Nothing is sent for a cause that lies outside of the messages, but for a probe now and then.
struct Hold {
    std::string channel;
    HoldScope scope = HoldScope::sender;
    std::string name;         ///< the sender, the account; empty: the channel
    bool recovering = false;  ///< a probe was accepted: more and more may be in flight
    OutcomeKind cause = OutcomeKind::misconfigured;
    std::string reason;  ///< in words, for operators
    Timestamp since{};
    std::optional<Timestamp> next_probe_at;  ///< nothing: a probe is in flight, or it recovers
    std::int32_t probes = 0;                 ///< that have failed
};

/// A hold has begun, or was lifted.
struct HoldChange {
    Hold hold;
    bool lifted = false;
};

}  // namespace jackgw::store
