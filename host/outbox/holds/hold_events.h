#pragma once

#include "store/holds.h"
#include "store/seam/transaction.h"

namespace jackgw::outbox {

/// Logs outbox.held or outbox.released.
void log_hold(store::Transaction& transaction, const store::HoldChange& change);

}  // namespace jackgw::outbox
