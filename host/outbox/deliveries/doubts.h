#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "store/outbox.h"
#include "store/seam/transaction.h"

/// Attempts whose outcome is unknown, and about which the provider is asked. The table doubts: a row lives
/// until the answer is known, a report tells, or nobody asks any more.
namespace jackgw::outbox {

/// From now on an attempt is in doubt; the provider is first asked when its settling delay is over.
void begin_doubt(store::Transaction& transaction, std::int64_t attempt_seq, std::string_view channel,
                 std::chrono::microseconds settle_for);

/// It is known what became of the message's attempts.
void end_doubts(store::Transaction& transaction, std::int64_t message_seq);

store::DueDoubts due_doubts(store::Session& session, std::string_view channel, std::size_t limit,
                            const Moment& now);

/// What store::Outbox::note_doubt does, inside of a transaction.
store::DoubtChange note_doubt(store::Transaction& transaction, const store::DoubtAnswer& answer);

/// The statements whose cost must not depend on how many are in doubt.
namespace sql {
inline constexpr std::string_view due_doubts =
    "SELECT d.asked, a.id, a.message_seq, a.started_at, coalesce(a.finished_at, a.started_at)"
    " FROM doubts d JOIN attempts a ON a.seq = d.attempt_seq WHERE d.channel = ?1 AND d.next_at <= ?2 ORDER "
    "BY d.next_at LIMIT ?3";
inline constexpr std::string_view next_doubt = "SELECT min(next_at) FROM doubts WHERE channel = ?1";
}  // namespace sql

}  // namespace jackgw::outbox
