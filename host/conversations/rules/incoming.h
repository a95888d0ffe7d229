#pragma once

#include "model/message.h"

namespace jackgw::conversations {

/// The message that is kept of what a guest wrote, but for its ids, which the store gives. Pure.
Message message_of(const InboundMessage& inbound);

}  // namespace jackgw::conversations
