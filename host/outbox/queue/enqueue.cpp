#include "outbox/queue/enqueue.h"

#include "conversations/records/consent.h"
#include "conversations/records/conversations.h"
#include "conversations/records/guests.h"
#include "conversations/records/messages.h"
#include "conversations/rules/outgoing.h"
#include "outbox/deliveries/repeats.h"
#include "outbox/queue/queue.h"

namespace jackgw::outbox {

namespace {

void remember_request(store::Session& session, const OutboundMessage& outbound,
                      const std::string& message_id) {
    if (outbound.idempotency_key.empty()) return;
    session.run("INSERT INTO idempotency_keys (owner, key, request_hash, message_id) VALUES (?1, ?2, ?3, ?4)",
                outbound.idempotency_owner, outbound.idempotency_key, outbound.request_hash, message_id);
}

}  // namespace

std::optional<store::EnqueueResult> find_request(store::Session& session, std::string_view owner,
                                                 std::string_view key, std::string_view request_hash,
                                                 const store::Scope& within) {
    if (key.empty()) return std::nullopt;
    store::Statement row = session.query(
        "SELECT request_hash, message_id FROM idempotency_keys WHERE owner = ?1 AND key = ?2", owner, key);
    if (!row.step()) return std::nullopt;
    if (row.text(0) != request_hash) return store::EnqueueRefusal::idempotency_conflict;
    std::optional<Message> first = conversations::load_message(session, row.text(1), within);
    if (!first) return std::nullopt;
    if (first->group)
        return store::Enqueued{.messages = conversations::load_group(session, first->group->id),
                               .repeated = true};
    return store::Enqueued{.messages = {*std::move(first)}, .repeated = true};
}

store::EnqueueResult enqueue(store::Transaction& transaction, const OutboundMessage& outbound) {
    store::Session& db = transaction.db();
    const Moment& now = transaction.now();
    if (auto earlier =
            find_request(db, outbound.idempotency_owner, outbound.idempotency_key, outbound.request_hash))
        return *std::move(earlier);
    if (!outbound.retry_of.empty())
        if (auto refusal = refuse_retry(transaction, outbound.retry_of)) return *std::move(refusal);

    std::optional<Conversation> conversation;
    if (!outbound.conversation_id.empty()) {
        conversation = conversations::lock_conversation(transaction, outbound.conversation_id);
        if (!conversation || conversation->channel != outbound.channel)
            return store::EnqueueRefusal::no_conversation;
        if (conversation->state == ConversationState::closed)
            return store::EnqueueRefusal::conversation_closed;
    }
    switch (conversations::find_opt_out(db, outbound.channel, outbound.to, outbound.from)) {
        case OptOut::none:
            break;
        case OptOut::of_scope:
            return store::EnqueueRefusal::opted_out;
        case OptOut::of_channel:
            return store::EnqueueRefusal::opted_out_by_staff;
    }

    std::string guest_id;
    if (conversation) {
        guest_id = conversation->guest_id;
    } else {
        guest_id = conversations::identify_guest(transaction, {outbound.channel, outbound.to}, now.wall);
        conversation = conversations::lock_open_conversation(transaction, guest_id, outbound.channel);
    }
    store::Enqueued enqueued{.messages = conversations::messages_of(outbound, now), .repeated = false};
    const std::optional<MessageGroup>& group = enqueued.messages.front().group;
    const Entry entry{.lifetime = outbound.lifetime, .named_expiry = outbound.expires_at.has_value()};
    for (Message& message : enqueued.messages) {
        message.seq = transaction.next_seq();
        message.guest_id = guest_id;
        if (message.group) message.group->id = group->id;
        conversation = conversations::add_message(transaction, std::move(conversation),
                                                  ConversationEvent::hotel_answered, message, message.from);
        put_into_outbox(transaction, make_outbox_row(message, entry, now));
    }
    if (!outbound.retry_of.empty())
        mark_retried(transaction, outbound.retry_of, enqueued.messages.front().id);
    remember_request(db, outbound, enqueued.messages.front().id);
    return enqueued;
}

}  // namespace jackgw::outbox
