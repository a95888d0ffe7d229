#pragma once

#include <cstdint>

#include "store/outbox.h"
#include "store/seam/transaction.h"

namespace jackgw::outbox {

/// What store::Outbox does with an attempt's outcome, inside of a transaction.
bool finish_attempt(store::Transaction& transaction, const store::AttemptFinish& finish);
std::int64_t recover(store::Transaction& transaction, Timestamp now, Timestamp settle_until);

}  // namespace jackgw::outbox
