#pragma once

#include <vector>

#include "base/time.h"
#include "model/message.h"

namespace jackgw::conversations {

/// The messages that are kept of one to a guest, in their order, but for what their conversation gives them.
/// More than one: they are the parts of a long text. Pure.
std::vector<Message> messages_of(const OutboundMessage& outbound, const Moment& now);

}  // namespace jackgw::conversations
