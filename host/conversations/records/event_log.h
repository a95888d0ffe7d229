#pragma once

#include "model/event.h"
#include "store/seam/transaction.h"

namespace jackgw::conversations {

/// Appends to the event log; gives the event its seq.
void append_event(store::Transaction& transaction, const Event& event);

}  // namespace jackgw::conversations
