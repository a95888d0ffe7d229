#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "model/message.h"
#include "store/administration.h"
#include "store/outbox.h"
#include "store/seam/transaction.h"

/// Pausing, holding, canceling, and how the outbox stands.
namespace jackgw::outbox {

/// Takes one message out, if it waits. `code` and `reason`: why, where nobody asked for it.
bool cancel_waiting(store::Transaction& transaction, Message& message, std::string_view code,
                    std::string_view reason);
bool cancel(store::Transaction& transaction, std::string_view message_id);
std::vector<store::Hold> release_lanes(store::Transaction& transaction, std::string_view channel);
std::vector<store::Hold> release_lane(store::Transaction& transaction, const store::Lane& lane);

/// What is ready, and when something will be.
store::DueSummary due_summary(store::Session& session, const Moment& now);
/// Fails what has expired and makes due what is due, as much as one transaction should; then the summary.
store::DueSummary promote_due(store::Transaction& transaction);

store::OutboxReport outbox_report(store::Session& session, const Moment& now, const store::Scope& within);

}  // namespace jackgw::outbox
