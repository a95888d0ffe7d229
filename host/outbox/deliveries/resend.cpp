#include "outbox/deliveries/resend.h"

#include "conversations/records/consent.h"
#include "conversations/records/conversations.h"
#include "outbox/deliveries/repeats.h"
#include "outbox/queue/queue.h"

namespace jackgw::outbox {

namespace {

Message copy_to_send(const Message& failed, std::chrono::microseconds after, const Moment& now) {
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
    if (after.count() > 0) message.send_at = now.wall + after;  // for showing: it waits by the store's clock
    message.expires_at = failed.expires_at;
    message.lives_until = failed.lives_until;
    message.created_at = now.wall;
    message.updated_at = now.wall;
    return message;
}

}  // namespace

void resend(store::Transaction& transaction, Message& failed, const store::ResendRule& rule) {
    if (failed.resends >= rule.limit) return;
    const Moment& now = transaction.now();
    const Expiry expiry{.named = failed.lives_until ? std::nullopt : failed.expires_at,
                        .lives_until = failed.lives_until,
                        .lifetime = {}};
    if (now.store + rule.after >= expiry.on_store_clock(now)) return;
    // Somebody was faster, by hand: the guest must not get it twice.
    if (!may_resend(transaction, failed)) return;
    store::Session& db = transaction.db();
    if (conversations::opted_out(db, failed.channel, failed.to, failed.from)) return;
    std::optional<Conversation> conversation =
        conversations::lock_conversation(transaction, failed.conversation_id);
    if (!conversation || conversation->state == ConversationState::closed) return;

    Message message = copy_to_send(failed, rule.after, now);
    message.seq = transaction.next_seq();
    conversations::add_message(transaction, std::move(conversation), ConversationEvent::message_resent,
                               message, message.from);
    Entry entry{.named_expiry = true};
    if (rule.after.count() > 0) entry.delay = rule.after;
    put_into_outbox(transaction, make_outbox_row(message, entry, now));
    mark_retried(transaction, failed.id, message.id);
    failed.retried_by = message.id;
}

}  // namespace jackgw::outbox
