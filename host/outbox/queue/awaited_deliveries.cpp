#include "outbox/queue/awaited_deliveries.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace jackgw::outbox {

void track_delivery(store::Transaction& transaction, const Message& message, Timestamp now) {
    if (message.direction != Direction::outbound || message.provider_message_id.empty()) return;
    if (is_final(message.delivery.state)) {
        transaction.db().run("DELETE FROM awaited_deliveries WHERE message_seq = ?1", message.seq);
    } else {
        transaction.db().run(
            "INSERT INTO awaited_deliveries (message_seq, channel, look_ups, since) VALUES (?1, ?2, 0, ?3)"
            " ON CONFLICT DO NOTHING",
            message.seq, message.channel, now);
    }
}

store::OverdueDeliveries overdue_deliveries(store::Session& session, std::string_view channel,
                                            const store::LookUpWaits& waits, Timestamp now,
                                            std::size_t limit) {
    store::OverdueDeliveries overdue;
    std::vector<std::pair<Timestamp, store::AwaitedDelivery>> found;  // and since when each is due
    for (std::size_t look_ups = 0; look_ups < waits.size(); ++look_ups) {
        store::Statement row =
            session.query(sql::overdue_deliveries, channel, look_ups, now - waits[look_ups], limit);
        while (row.step())
            found.emplace_back(row.time(5) + waits[look_ups],
                               store::AwaitedDelivery{row.text(0),
                                                      row.text(1),
                                                      {row.text(2), row.text(3)},
                                                      row.text(4),
                                                      static_cast<std::int32_t>(look_ups),
                                                      row.time(6)});
        store::Statement longest = session.query(sql::longest_awaited, channel, look_ups);
        if (!longest.step() || longest.is_null(0)) continue;
        const Timestamp due_at = longest.time(0) + waits[look_ups];
        overdue.next_due_at = std::min(overdue.next_due_at.value_or(due_at), due_at);
    }
    std::ranges::stable_sort(found, {}, &std::pair<Timestamp, store::AwaitedDelivery>::first);
    if (found.size() > limit) found.resize(limit);
    for (auto& [due_at, delivery] : found) overdue.items.push_back(std::move(delivery));
    return overdue;
}

bool note_look_up(store::Transaction& transaction, std::string_view message_id, store::LookUpNote note,
                  Timestamp now) {
    if (note == store::LookUpNote::last)
        return transaction.db().run(
                   "DELETE FROM awaited_deliveries WHERE message_seq = (SELECT seq FROM messages WHERE id = "
                   "?1)",
                   message_id) > 0;
    return transaction.db().run(
               "UPDATE awaited_deliveries SET look_ups = look_ups + ?3, since = ?2"
               " WHERE message_seq = (SELECT seq FROM messages WHERE id = ?1)",
               message_id, now, note == store::LookUpNote::counted ? 1 : 0) > 0;
}

}  // namespace jackgw::outbox
