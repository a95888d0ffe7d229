#include "store/sqlite/consent.h"
#include "store/sqlite/conversations.h"
#include "store/sqlite/dedup.h"
#include "store/sqlite/guests.h"
#include "store/sqlite/messages.h"
#include "store/sqlite/name_values.h"
#include "store/sqlite/operations.h"

namespace jackgw::store::sqlite {

namespace {

ReceiveResult duplicate_of(Database& database, std::int64_t seq) {
    ReceiveResult result{.duplicate = true, .message_id = {}, .conversation_id = {}, .guest_id = {}};
    Statement row = database.query("SELECT id, conversation_id, guest_id FROM messages WHERE seq = ?1", seq);
    if (row.step()) {
        result.message_id = row.text(0);
        result.conversation_id = row.text(1);
        result.guest_id = row.text(2);
    }
    return result;
}

Message to_message(const InboundMessage& inbound) {
    Message message;
    message.channel = inbound.channel;
    message.direction = Direction::inbound;
    message.role = Role::guest;
    message.content = inbound.content;
    message.media = inbound.media;
    message.from = inbound.from;
    message.to = inbound.to;
    message.delivery.state = DeliveryState::received;
    message.delivery.provider_status = inbound.provider_status;
    message.provider_message_id = inbound.provider_message_id;
    message.segments = inbound.segments;
    message.encoding = inbound.encoding;
    message.raw = inbound.raw;
    if (inbound.consent) message.consent = inbound.consent->kind;
    message.created_at = inbound.received_at;
    message.updated_at = inbound.received_at;
    return message;
}

}  // namespace

ReceiveResult receive(Transaction& transaction, const InboundMessage& inbound) {
    Database& db = transaction.db();
    Message message = to_message(inbound);
    message.seq = transaction.next_seq();
    // A provider that names no id can't be told from one that repeats itself: better twice than lost.
    if (!inbound.provider_message_id.empty()) {
        const auto earlier =
            remember(transaction, {"message", inbound.channel, inbound.provider_message_id}, message.seq);
        if (earlier) return duplicate_of(db, *earlier);
    }
    message.guest_id = identify_guest(transaction, {inbound.channel, inbound.from}, inbound.received_at);
    add_message(transaction, find_open_conversation(db, message.guest_id, message.channel),
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

bool record_consent(Transaction& transaction, const ConsentReport& report) {
    if (!report.dedup_key.empty() &&
        remember(transaction, {"consent", report.consent.channel, report.dedup_key}, transaction.next_seq()))
        return false;
    write_consent(transaction, report.consent, {{}, {}, encode(report.raw)}, report.received_at);
    return true;
}

StaffConsentResult record_by_staff(Transaction& transaction, const StaffConsent& said, Timestamp now) {
    Database& db = transaction.db();
    if (!said.idempotency_key.empty()) {
        Statement row = db.query("SELECT request_hash FROM staff_consent_keys WHERE owner = ?1 AND key = ?2",
                                 said.recorded_by, said.idempotency_key);
        if (row.step())
            return row.text(0) == said.request_hash ? StaffConsentResult::repeated
                                                    : StaffConsentResult::idempotency_conflict;
    }
    const bool lifts = said.kind == ConsentKind::opt_in;
    if (lifts && !opted_out_of_channel(db, said.guest.channel, said.guest.address))
        return StaffConsentResult::nothing_to_lift;
    if (!said.idempotency_key.empty())
        db.run("INSERT INTO staff_consent_keys (owner, key, request_hash) VALUES (?1, ?2, ?3)",
               said.recorded_by, said.idempotency_key, said.request_hash);
    write_consent(transaction,
                  {.kind = said.kind,
                   .channel = said.guest.channel,
                   .address = said.guest.address,
                   .scopes = {std::string(whole_channel)},
                   .source = std::string(to_string(said.role)),
                   .keyword = {},
                   .note = said.note,
                   .recorded_by = said.recorded_by,
                   .ambiguous = false},
                  {}, now);
    return StaffConsentResult::recorded;
}

}  // namespace jackgw::store::sqlite
