#pragma once

#include "store/reports.h"
#include "store/seam/transaction.h"

namespace jackgw::outbox {

/// What store::Reports::apply_status does, inside of a transaction.
store::StatusResult apply_status(store::Transaction& transaction, const store::StatusUpdate& update);

/// Applies what was reported about a provider's id before it was known whose it is.
void apply_early_reports(store::Transaction& transaction, Message& message);

}  // namespace jackgw::outbox
