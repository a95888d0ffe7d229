#include "store/sqlite/consent.h"
#include "store/sqlite/conversations.h"
#include "store/sqlite/guests.h"
#include "store/sqlite/messages.h"
#include "store/sqlite/operations.h"
#include "store/sqlite/queue.h"
#include "store/sqlite/resend.h"

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
    Message first = load_message(database, row.text(1)).value();
    if (first.group) return Enqueued{.messages = load_group(database, first.group->id), .repeated = true};
    return Enqueued{.messages = {std::move(first)}, .repeated = true};
}

void remember_request(Database& database, const OutboundMessage& outbound, const std::string& message_id) {
    if (outbound.idempotency_key.empty()) return;
    database.run(
        "INSERT INTO idempotency_keys (owner, key, request_hash, message_id) VALUES (?1, ?2, ?3, ?4)",
        outbound.idempotency_owner, outbound.idempotency_key, outbound.request_hash, message_id);
}

/// What the pieces of a text have in common.
Message common_of(const OutboundMessage& outbound, Timestamp now) {
    Message message;
    message.channel = outbound.channel;
    message.direction = Direction::outbound;
    message.role = outbound.role;
    message.from = outbound.from;
    message.to = outbound.to;
    message.priority = outbound.priority;
    message.metadata = outbound.metadata;
    message.retry_of = outbound.retry_of;
    message.send_at = outbound.send_at;
    message.expires_at = outbound.expires_at;
    message.created_at = now;
    message.updated_at = now;
    return message;
}

/// The messages to store, in their order, but for what their conversation gives them.
std::vector<Message> to_messages(const OutboundMessage& outbound, Timestamp now) {
    std::vector<OutboundPiece> pieces = outbound.pieces;
    if (pieces.empty()) pieces.push_back({outbound.content, outbound.encoding, outbound.segments});
    std::vector<Message> messages;
    messages.reserve(pieces.size());
    for (OutboundPiece& piece : pieces) {
        Message& message = messages.emplace_back(common_of(outbound, now));
        message.content = std::move(piece.content);
        message.encoding = std::move(piece.encoding);
        message.segments = piece.segments;
        if (pieces.size() > 1)
            message.group = MessageGroup{.id = {},
                                         .part = static_cast<std::int32_t>(messages.size()),
                                         .parts = static_cast<std::int32_t>(pieces.size())};
    }
    for (const std::string& url : outbound.media_urls) messages.front().media.push_back({url, {}});
    return messages;
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
    switch (find_opt_out(db, outbound.channel, outbound.to, outbound.from)) {
        case OptOut::none:
            break;
        case OptOut::of_scope:
            return EnqueueRefusal::opted_out;
        case OptOut::of_channel:
            return EnqueueRefusal::opted_out_by_staff;
    }

    std::string guest_id;
    if (conversation) {
        guest_id = conversation->guest_id;
    } else {
        guest_id = identify_guest(transaction, {outbound.channel, outbound.to}, now);
        conversation = find_open_conversation(db, guest_id, outbound.channel);
    }
    Enqueued enqueued{.messages = to_messages(outbound, now), .repeated = false};
    const std::optional<MessageGroup>& group = enqueued.messages.front().group;
    for (Message& message : enqueued.messages) {
        message.seq = transaction.next_seq();
        message.guest_id = guest_id;
        if (message.group) message.group->id = group->id;
        conversation = add_message(transaction, std::move(conversation), ConversationEvent::hotel_answered,
                                   message, message.from);
        put_into_outbox(transaction, message, now);
    }
    if (!outbound.retry_of.empty())
        mark_retried(transaction, outbound.retry_of, enqueued.messages.front().id, now);
    remember_request(db, outbound, enqueued.messages.front().id);
    return enqueued;
}

}  // namespace jackgw::store::sqlite
