#include "outbox/deliveries/delivery.h"

#include "base/assert.h"
#include "conversations/records/event_data.h"
#include "conversations/records/event_log.h"
#include "outbox/deliveries/awaited_deliveries.h"

namespace jackgw::outbox {

void save_delivery(store::Transaction& transaction, Message& message) {
    const Timestamp now = transaction.now().wall;
    message.updated_at = now;
    const Delivery& delivery = message.delivery;
    const std::int64_t saved = transaction.db().run(
        "UPDATE messages SET delivery_state = ?2, concluded_by_us = ?3, provider_status = ?4, error_code = "
        "?5,"
        " provider_error_code = ?6, error_message = ?7, retryable = ?8, provider_message_id = ?9, segments = "
        "?10,"
        " updated_at = ?11 WHERE seq = ?1",
        message.seq, to_string(delivery.state), delivery.concluded_by_us, delivery.provider_status,
        delivery.error_code, delivery.provider_error_code, delivery.error_message, delivery.retryable,
        message.provider_message_id, message.segments, now);
    JACKGW_ASSERT(saved == 1, "a message that was locked is there");
    track_delivery(transaction, message);
    conversations::append_event(transaction, {.type = "message.status",
                                              .channel = message.channel,
                                              .guest_id = message.guest_id,
                                              .conversation_id = message.conversation_id,
                                              .message_id = message.id,
                                              .data = conversations::event_data::message_status(message),
                                              .at = now});
}

void conclude(store::Transaction& transaction, Message& message, DeliveryState state,
              std::string_view error_code, std::string_view error_message) {
    JACKGW_ASSERT(!is_final(message.delivery.state), "we conclude nothing about what has ended");
    message.delivery.state = state;
    message.delivery.concluded_by_us = true;
    message.delivery.error_code = error_code;
    message.delivery.error_message = error_message;
    save_delivery(transaction, message);
}

}  // namespace jackgw::outbox
