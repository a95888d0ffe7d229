#pragma once

#include <optional>
#include <string_view>

#include "model/attempt.h"
#include "outbox/holds/holds.h"

/// What one recipient has met may be meant for more than that recipient: a second one decides. The table
/// suspicions.
namespace jackgw::outbox {

/// Whom the outcome concerns, once those are known who met the same before: "unclear" becomes the message or
/// the sender; an unknown outcome concerns more than its message only when it is the second in a row.
Concern settle_concern(store::Transaction& transaction, const HeldAttempt& attempt, const Outcome& outcome);

/// Something was accepted: whatever was met before is forgotten.
void forget_suspicions(store::Transaction& transaction, const HeldAttempt& attempt);

}  // namespace jackgw::outbox
