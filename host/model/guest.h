#pragma once

#include <string>
#include <vector>

#include "base/time.h"

namespace jackgw {

/// An address under which a guest is known on one channel. (channel, address) belongs to one guest.
struct Identity {
    std::string channel;
    std::string address;  ///< normalised by the channel
};

/// A person who writes to the hotel. Made by their first message, or by the first message to them. All of
/// their addresses are on channels of one property, whose guest they are: who writes to two hotels is two
/// guests.
struct Guest {
    std::string id;
    std::string property;
    std::string name;  ///< empty: not known
    std::string notes;
    std::vector<Identity> identities;
    Timestamp created_at{};
    Timestamp updated_at{};
};

}  // namespace jackgw
