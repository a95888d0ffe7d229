#include "store/sqlite/consent.h"
#include "store/sqlite/conversations.h"
#include "store/sqlite/guests.h"
#include "store/sqlite/messages.h"
#include "store/sqlite/operations.h"
#include "store/sqlite/queue.h"

namespace jackgw::store::sqlite {

namespace {

/// What an idempotency key was used for before, if it was.
std::optional<EnqueueResult> earlier_request(Database& database, const OutboundMessage& outbound) {
    if (outbound.idempotency_key.empty()) return std::nullopt;
    Statement row =
        database.query("SELECT request_hash, message_id FROM idempotency_keys WHERE owner = ?1 AND key = ?2",
                       outbound.idempotency_owner, outbound.idempotency_key);
    if (!row.step()) return std::nullopt;
    if (row.text(0) != outbound.request_hash) return EnqueueRefusal::idempotency_conflict;
    return Enqueued{.message = load_message(database, row.text(1)).value(), .repeated = true};
}

void remember_request(Database& database, const OutboundMessage& outbound, const std::string& message_id) {
    if (outbound.idempotency_key.empty()) return;
    database.run(
        "INSERT INTO idempotency_keys (owner, key, request_hash, message_id) VALUES (?1, ?2, ?3, ?4)",
        outbound.idempotency_owner, outbound.idempotency_key, outbound.request_hash, message_id);
}

Message to_message(const OutboundMessage& outbound, Timestamp now) {
    Message message;
    message.channel = outbound.channel;
    message.direction = Direction::outbound;
    message.role = outbound.role;
    message.content = outbound.content;
    for (const std::string& url : outbound.media_urls) message.media.push_back({url, {}});
    message.from = outbound.from;
    message.to = outbound.to;
    message.priority = outbound.priority;
    message.segments = outbound.segments;
    message.encoding = outbound.encoding;
    message.metadata = outbound.metadata;
    message.send_at = outbound.send_at;
    message.expires_at = outbound.expires_at;
    message.created_at = now;
    message.updated_at = now;
    return message;
}

}  // namespace

EnqueueResult enqueue(Transaction& transaction, const OutboundMessage& outbound, Timestamp now) {
    Database& db = transaction.db();
    if (auto earlier = earlier_request(db, outbound)) return std::move(*earlier);

    std::optional<Conversation> conversation;
    if (!outbound.conversation_id.empty()) {
        conversation = load_conversation(db, outbound.conversation_id);
        if (!conversation || conversation->channel != outbound.channel)
            return EnqueueRefusal::no_conversation;
        if (conversation->state == ConversationState::closed) return EnqueueRefusal::conversation_closed;
    }
    if (opted_out(db, outbound.channel, outbound.to, outbound.from)) return EnqueueRefusal::opted_out;

    Message message = to_message(outbound, now);
    message.seq = transaction.next_seq();
    if (conversation) {
        message.guest_id = conversation->guest_id;
    } else {
        message.guest_id = identify_guest(transaction, {outbound.channel, outbound.to}, now);
        conversation = find_open_conversation(db, message.guest_id, message.channel);
    }
    add_message(transaction, std::move(conversation), ConversationEvent::hotel_answered, message);
    put_into_outbox(transaction, message, now);
    remember_request(db, outbound, message.id);
    return Enqueued{.message = std::move(message), .repeated = false};
}

}  // namespace jackgw::store::sqlite
