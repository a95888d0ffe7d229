#include "outbox/queue/resend.h"

#include "conversations/records/consent.h"
#include "conversations/records/conversations.h"
#include "outbox/queue/queue.h"

namespace jackgw::outbox {

namespace {

Message copy_to_send(const Message& failed, Timestamp due, Timestamp now) {
    Message message;
    message.guest_id = failed.guest_id;
    message.channel = failed.channel;
    message.direction = Direction::outbound;
    message.role = failed.role;
    message.content = failed.content;
    message.media = failed.media;
    message.from = failed.from;
    message.to = failed.to;
    message.priority = failed.priority;
    message.segments = failed.segments;
    message.encoding = failed.encoding;
    message.metadata = failed.metadata;
    message.retry_of = failed.id;
    message.resends = failed.resends + 1;
    if (due > now) message.send_at = due;
    message.expires_at = failed.expires_at;
    message.created_at = now;
    message.updated_at = now;
    return message;
}

}  // namespace

void resend(store::Transaction& transaction, const Message& failed, const store::ResendRule& rule,
            Timestamp now) {
    // Somebody was faster, by hand: the guest must not get it twice.
    if (failed.resends >= rule.limit || !failed.retried_by.empty()) return;
    const Timestamp due = now + rule.after;
    if (failed.expires_at && due >= *failed.expires_at) return;
    store::Session& db = transaction.db();
    if (conversations::opted_out(db, failed.channel, failed.to, failed.from)) return;
    std::optional<Conversation> conversation = conversations::load_conversation(db, failed.conversation_id);
    if (!conversation || conversation->state == ConversationState::closed) return;

    Message message = copy_to_send(failed, due, now);
    message.seq = transaction.next_seq();
    conversations::add_message(transaction, std::move(conversation), ConversationEvent::message_resent,
                               message, message.from);
    put_into_outbox(transaction, message, now);
    mark_retried(transaction, failed.id, message.id, now);
}

void mark_retried(store::Transaction& transaction, std::string_view failed_id, std::string_view by_id,
                  Timestamp now) {
    transaction.db().run("UPDATE messages SET retried_by = ?2, updated_at = ?3 WHERE id = ?1", failed_id,
                         by_id, now);
}

}  // namespace jackgw::outbox
