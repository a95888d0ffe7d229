#include "outbox/deliveries/awaited_deliveries.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace jackgw::outbox {

void track_delivery(store::Transaction& transaction, const Message& message) {
    if (message.direction != Direction::outbound || message.provider_message_id.empty()) return;
    if (is_final(message.delivery.state)) {
        transaction.db().run("DELETE FROM awaited_deliveries WHERE message_seq = ?1", message.seq);
    } else {
        transaction.db().run(
            "INSERT INTO awaited_deliveries (message_seq, channel, look_ups, since, accepted_at)"
            " VALUES (?1, ?2, 0, ?3, ?3) ON CONFLICT DO NOTHING",
            message.seq, message.channel, transaction.now().store);
    }
}

store::OverdueDeliveries overdue_deliveries(store::Session& session, std::string_view channel,
                                            const store::LookUpWaits& waits, std::size_t limit,
                                            const Moment& now) {
    store::OverdueDeliveries overdue;
    std::vector<std::pair<StoreTime, store::AwaitedDelivery>> found;  // and since when each is due
    for (std::size_t look_ups = 0; look_ups < waits.size(); ++look_ups) {
        store::Statement row =
            session.query(sql::overdue_deliveries, channel, look_ups, now.store - waits[look_ups], limit);
        while (row.step())
            found.emplace_back(row.store_time(5) + waits[look_ups],
                               store::AwaitedDelivery{row.text(0),
                                                      row.text(1),
                                                      {row.text(2), row.text(3)},
                                                      row.text(4),
                                                      static_cast<std::int32_t>(look_ups),
                                                      now.store - row.store_time(6)});
        store::Statement longest = session.query(sql::longest_awaited, channel, look_ups);
        if (!longest.step() || longest.is_null(0)) continue;
        const std::chrono::microseconds due_in = longest.store_time(0) + waits[look_ups] - now.store;
        overdue.next_due_in = std::min(overdue.next_due_in.value_or(due_in), due_in);
    }
    std::ranges::stable_sort(found, {}, &std::pair<StoreTime, store::AwaitedDelivery>::first);
    if (found.size() > limit) found.resize(limit);
    for (auto& [due_at, delivery] : found) overdue.items.push_back(std::move(delivery));
    return overdue;
}

bool note_look_up(store::Transaction& transaction, std::string_view message_id, store::LookUpNote note) {
    if (note == store::LookUpNote::last)
        return transaction.db().run(
                   "DELETE FROM awaited_deliveries WHERE message_seq = (SELECT seq FROM messages WHERE id = "
                   "?1)",
                   message_id) > 0;
    return transaction.db().run(
               "UPDATE awaited_deliveries SET look_ups = look_ups + ?3, since = ?2"
               " WHERE message_seq = (SELECT seq FROM messages WHERE id = ?1)",
               message_id, transaction.now().store, note == store::LookUpNote::counted ? 1 : 0) > 0;
}

}  // namespace jackgw::outbox
