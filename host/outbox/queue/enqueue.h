#pragma once

#include <optional>
#include <string_view>

#include "model/message.h"
#include "store/desk.h"
#include "store/seam/transaction.h"

namespace jackgw::outbox {

/// What store::Desk::find_request does.
std::optional<store::EnqueueResult> find_request(store::Session& session, std::string_view owner,
                                                 std::string_view key, std::string_view request_hash,
                                                 const store::Scope& within = {});

/// What store::Desk::enqueue does, inside of a transaction.
store::EnqueueResult enqueue(store::Transaction& transaction, const OutboundMessage& outbound);

}  // namespace jackgw::outbox
