#pragma once

#include "model/message.h"
#include "store/desk.h"
#include "store/seam/transaction.h"

namespace jackgw::outbox {

/// What store::Desk::enqueue does, inside of a transaction.
store::EnqueueResult enqueue(store::Transaction& transaction, const OutboundMessage& outbound);

}  // namespace jackgw::outbox
