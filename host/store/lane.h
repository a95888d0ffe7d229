#pragma once

#include <compare>
#include <string>

namespace jackgw::store {

/// A (channel, sender) pair: what a rate limit is kept for.
struct Lane {
    std::string channel;
    std::string sender;

    auto operator<=>(const Lane&) const = default;
};

}  // namespace jackgw::store
