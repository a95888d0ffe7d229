#pragma once

#include "model/event.h"
#include "store/sqlite/transaction.h"

namespace jackgw::store::sqlite {

/// Appends to the event log; gives the event its seq.
void append_event(Transaction& transaction, const Event& event);

}  // namespace jackgw::store::sqlite
