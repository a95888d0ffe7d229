#pragma once

#include <cstddef>
#include <string_view>

#include "model/message.h"
#include "store/outbox.h"
#include "store/seam/transaction.h"

/// The list of messages that the provider has and about which it hasn't said the last word; the table
/// awaited_deliveries.
namespace jackgw::outbox {

/// Puts the message on the list or takes it off, as it stands now. Called wherever a delivery changes.
void track_delivery(store::Transaction& transaction, const Message& message);

store::OverdueDeliveries overdue_deliveries(store::Session& session, std::string_view channel,
                                            const store::LookUpWaits& waits, std::size_t limit,
                                            const Moment& now);

bool note_look_up(store::Transaction& transaction, std::string_view message_id, store::LookUpNote note);

/// The statements whose cost must not depend on how many are awaited.
namespace sql {
inline constexpr std::string_view overdue_deliveries =
    "SELECT m.id, m.provider_message_id, m.channel, m.sender, m.recipient, a.since, a.accepted_at"
    " FROM awaited_deliveries a JOIN messages m ON m.seq = a.message_seq"
    " WHERE a.channel = ?1 AND a.look_ups = ?2 AND a.since <= ?3 ORDER BY a.since LIMIT ?4";
inline constexpr std::string_view longest_awaited =
    "SELECT min(since) FROM awaited_deliveries WHERE channel = ?1 AND look_ups = ?2";
}  // namespace sql

}  // namespace jackgw::outbox
