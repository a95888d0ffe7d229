#pragma once

#include <string_view>
#include <vector>

#include "outbox/holds/holds.h"

/// How holds begin, are prolonged, recover and are lifted.
namespace jackgw::outbox {

/// Begins, prolongs and lifts holds as the outcome says; its concern is settled. Returns what changed.
std::vector<store::HoldChange> apply_to_holds(store::Transaction& transaction, const HeldAttempt& attempt,
                                              const Outcome& outcome, const store::HoldPauses& pauses);

/// By hand or by a reload. Returns those that weren't open.
std::vector<store::Hold> lift_channel(store::Transaction& transaction, std::string_view channel);
std::vector<store::Hold> lift_lane(store::Transaction& transaction, const store::Lane& lane);

}  // namespace jackgw::outbox
