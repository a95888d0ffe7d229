#pragma once

#include <cstdint>
#include <string>

#include "base/time.h"

namespace jackgw {

/// One entry of the event log. Types: guest.created, conversation.created, conversation.message,
/// conversation.state, message.status, guest.consent, message.report (a provider's raw report),
/// outbox.held, outbox.released.
struct Event {
    std::int64_t seq = 0;  ///< given inside the writing transaction: no gap is ever filled later
    std::string type;
    std::string channel;  ///< that it happened on; empty: not known any more
    std::string guest_id;
    std::string conversation_id;
    std::string message_id;
    std::string data;  ///< a JSON object
    Timestamp at{};
};

}  // namespace jackgw
