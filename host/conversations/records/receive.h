#pragma once

#include "model/message.h"
#include "store/guest_writes.h"
#include "store/seam/transaction.h"

/// What store::GuestWrites does, inside of a transaction.
namespace jackgw::conversations {

store::ReceiveResult receive(store::Transaction& transaction, const InboundMessage& inbound);
bool record_consent(store::Transaction& transaction, const store::ConsentReport& report);

}  // namespace jackgw::conversations
