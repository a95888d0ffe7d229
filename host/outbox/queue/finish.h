#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

#include "model/message.h"
#include "outbox/queue/queue.h"
#include "store/outbox.h"
#include "store/seam/transaction.h"

namespace jackgw::outbox {

/// What store::Outbox does with an attempt's outcome, inside of a transaction.
store::FinishResult finish_attempt(store::Transaction& transaction, const store::AttemptFinish& finish);
std::int64_t recover(store::Transaction& transaction, std::chrono::microseconds settle_for);

/// The provider has an attempt that was in doubt, as its late answer or its list says.
void settle_as_taken(store::Transaction& transaction, std::string_view attempt_id, Message& message,
                     const OutboxRow& row, const Outcome& outcome);

namespace sql {
/// Attempts that nobody works on any more: their run is proved to have ended, or their lease has.
inline constexpr std::string_view left_attempts =
    "SELECT a.id FROM attempts a JOIN runs r ON r.seq = a.run"
    " WHERE a.outcome IS NULL AND (r.ended_at IS NOT NULL OR a.lease_until <= ?1) ORDER BY a.seq LIMIT ?2";
}  // namespace sql

}  // namespace jackgw::outbox
