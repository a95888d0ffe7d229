#include "conversations/records/conversations.h"

#include "base/assert.h"
#include "conversations/records/event_data.h"
#include "conversations/records/event_log.h"
#include "conversations/records/messages.h"
#include "conversations/records/properties.h"
#include "conversations/rules/thread.h"
#include "store/seam/words.h"

namespace jackgw::conversations {

namespace {

void log_state(store::Transaction& transaction, const Conversation& conversation, ConversationState before,
               Timestamp now) {
    append_event(transaction, {.type = "conversation.state",
                               .channel = conversation.channel,
                               .guest_id = conversation.guest_id,
                               .conversation_id = conversation.id,
                               .message_id = {},
                               .data = event_data::conversation_state(before, conversation.state),
                               .at = now});
}

void insert(store::Session& session, const Conversation& conversation) {
    session.run(
        "INSERT INTO conversations (id, guest_id, channel, state, guest_address, gateway_address, "
        "message_count,"
        " activity_seq, last_message_preview, last_message_at, created_at, updated_at)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        conversation.id, conversation.guest_id, conversation.channel, to_string(conversation.state),
        conversation.guest_address, conversation.gateway_address, conversation.message_count,
        conversation.activity_seq, conversation.last_message_preview, conversation.last_message_at,
        conversation.created_at, conversation.updated_at);
}

void update(store::Session& session, const Conversation& conversation, ConversationState before) {
    const std::int64_t updated = session.run(
        "UPDATE conversations SET guest_address = ?2, gateway_address = ?3, message_count = ?4,"
        " activity_seq = ?5, last_message_preview = ?6, last_message_at = ?7, updated_at = ?8 WHERE id = ?1",
        conversation.id, conversation.guest_address, conversation.gateway_address, conversation.message_count,
        conversation.activity_seq, conversation.last_message_preview, conversation.last_message_at,
        conversation.updated_at);
    JACKGW_ASSERT(updated == 1, "a conversation that was locked is there");
    // Apart, since it seldom changes and to name it is to rewrite its indexes.
    if (conversation.state != before)
        session.run("UPDATE conversations SET state = ?2 WHERE id = ?1", conversation.id,
                    to_string(conversation.state));
}

}  // namespace

std::string conversation_columns() {
    return "id, guest_id, channel, state, guest_address, gateway_address, message_count, activity_seq,"
           " last_message_preview, last_message_at, created_at, updated_at, " +
           std::string(channels_property);
}

namespace {

constexpr std::string_view is_open =
    "guest_id = ?1 AND channel = ?2 AND state IN ('new', 'active', 'escalated', 'resolved')";

std::string select_where(std::string_view condition) {
    std::string sql = "SELECT ";
    return sql.append(conversation_columns()).append(" FROM conversations WHERE ").append(condition);
}

std::optional<Conversation> read_one(store::Statement rows) {
    if (!rows.step()) return std::nullopt;
    return read_conversation(rows);
}

}  // namespace

Conversation read_conversation(const store::Statement& row) {
    Conversation conversation;
    conversation.id = row.text(0);
    conversation.guest_id = row.text(1);
    conversation.channel = row.text(2);
    conversation.state = store::known(parse_conversation_state, row.text(3));
    conversation.guest_address = row.text(4);
    conversation.gateway_address = row.text(5);
    conversation.message_count = row.integer(6);
    conversation.activity_seq = row.integer(7);
    conversation.last_message_preview = row.text(8);
    conversation.last_message_at = row.time(9);
    conversation.created_at = row.time(10);
    conversation.updated_at = row.time(11);
    conversation.property = row.text(12);
    return conversation;
}

std::optional<Conversation> load_conversation(store::Session& session, std::string_view id,
                                              const store::Scope& within) {
    static const std::string sql = select_where("id = ?1");
    store::Statement rows = session.query(sql + and_channel_in(within, 2), id);
    bind_scope(rows, within, 2);
    return read_one(std::move(rows));
}

std::optional<Conversation> lock_conversation(store::Transaction& transaction, std::string_view id) {
    static const std::string sql = select_where("id = ?1 FOR UPDATE");
    return read_one(transaction.db().query(sql, id));
}

std::optional<Conversation> find_open_conversation(store::Session& session, std::string_view guest_id,
                                                   std::string_view channel) {
    static const std::string sql = select_where(is_open);
    return read_one(session.query(sql, guest_id, channel));
}

std::optional<Conversation> lock_open_conversation(store::Transaction& transaction, std::string_view guest_id,
                                                   std::string_view channel) {
    static const std::string sql = select_where(std::string(is_open) + " FOR UPDATE");
    return read_one(transaction.db().query(sql, guest_id, channel));
}

Conversation add_message(store::Transaction& transaction, std::optional<Conversation> existing,
                         ConversationEvent event, Message& message, std::string_view thread) {
    const bool is_new = !existing;
    if (is_new) {
        existing = begin_conversation(message);
        existing->id = transaction.next_id();
        append_event(transaction, {.type = "conversation.created",
                                   .channel = existing->channel,
                                   .guest_id = existing->guest_id,
                                   .conversation_id = existing->id,
                                   .message_id = {},
                                   .data = event_data::conversation_created(*existing),
                                   .at = message.created_at});
    }
    JACKGW_ASSERT(existing->state != ConversationState::closed, "nothing is added to what is closed");
    JACKGW_ASSERT(existing->guest_id == message.guest_id && existing->channel == message.channel,
                  "a message belongs to its conversation's guest and channel");
    const ConversationState before = existing->state;
    message.id = transaction.next_id();
    message.conversation_id = existing->id;
    if (message.group && message.group->id.empty()) message.group->id = message.id;
    Conversation conversation = after_message(std::move(*existing), event, message, thread);
    if (is_new) {
        insert(transaction.db(), conversation);
    } else {
        update(transaction.db(), conversation, before);
    }
    if (conversation.state != before) log_state(transaction, conversation, before, message.created_at);
    insert_message(transaction, message);
    return conversation;
}

bool change_state(store::Transaction& transaction, Conversation conversation, ConversationEvent event) {
    const Timestamp now = transaction.now().wall;
    const ConversationState before = conversation.state;
    const std::optional<ConversationState> next = next_state(before, event);
    if (!next) return false;
    if (*next == before) return true;
    conversation.state = *next;
    conversation.updated_at = now;
    update(transaction.db(), conversation, before);
    log_state(transaction, conversation, before, now);
    return true;
}

}  // namespace jackgw::conversations
