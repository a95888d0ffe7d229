#pragma once

#include <chrono>
#include <vector>

#include "store/outbox.h"
#include "store/seam/transaction.h"

namespace jackgw::outbox {

/// What store::Outbox::claim does, inside of a transaction.
store::ClaimResult claim(store::Transaction& transaction, const std::vector<store::ClaimRequest>& requests,
                         std::chrono::microseconds lease);

}  // namespace jackgw::outbox
