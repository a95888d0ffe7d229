#include "conversations/records/receive.h"

#include "conversations/records/consent.h"
#include "conversations/records/conversations.h"
#include "conversations/records/dedup.h"
#include "conversations/records/guests.h"
#include "conversations/records/messages.h"
#include "conversations/records/name_values.h"
#include "conversations/rules/incoming.h"

namespace jackgw::conversations {

namespace {

store::ReceiveResult duplicate_of(store::Session& session, std::int64_t seq) {
    store::ReceiveResult result{.duplicate = true, .message_id = {}, .conversation_id = {}, .guest_id = {}};
    store::Statement row =
        session.query("SELECT id, conversation_id, guest_id FROM messages WHERE seq = ?1", seq);
    if (row.step()) {
        result.message_id = row.text(0);
        result.conversation_id = row.text(1);
        result.guest_id = row.text(2);
    }
    return result;
}

}  // namespace

store::ReceiveResult receive(store::Transaction& transaction, const InboundMessage& inbound) {
    store::Session& db = transaction.db();
    Message message = message_of(inbound);
    message.seq = transaction.next_seq();
    // A provider that names no id can't be told from one that repeats itself: better twice than lost.
    if (!inbound.provider_message_id.empty()) {
        const auto earlier =
            remember(transaction, {"message", inbound.channel, inbound.provider_message_id}, message.seq);
        if (earlier) return duplicate_of(db, *earlier);
    }
    message.guest_id = identify_guest(transaction, {inbound.channel, inbound.from}, inbound.received_at);
    add_message(transaction, lock_open_conversation(transaction, message.guest_id, message.channel),
                ConversationEvent::guest_wrote, message,
                inbound.reply_from.empty() ? inbound.to : inbound.reply_from);
    if (inbound.consent)
        write_consent(transaction, *inbound.consent, {message.conversation_id, message.id, {}},
                      inbound.received_at);
    return {.duplicate = false,
            .message_id = message.id,
            .conversation_id = message.conversation_id,
            .guest_id = message.guest_id};
}

bool record_consent(store::Transaction& transaction, const store::ConsentReport& report) {
    if (!report.dedup_key.empty() &&
        remember(transaction, {"consent", report.consent.channel, report.dedup_key}, transaction.next_seq()))
        return false;
    write_consent(transaction, report.consent, {{}, {}, encode(report.raw)}, report.received_at);
    return true;
}

}  // namespace jackgw::conversations
