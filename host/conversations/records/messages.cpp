#include "conversations/records/messages.h"

#include "conversations/records/event_data.h"
#include "conversations/records/event_log.h"
#include "conversations/records/name_values.h"
#include "conversations/records/properties.h"
#include "store/seam/words.h"

namespace jackgw::conversations {

namespace {

std::vector<Media> load_media(store::Session& session, std::int64_t message_seq) {
    std::vector<Media> media;
    store::Statement row = session.query(
        "SELECT url, content_type FROM media WHERE message_seq = ?1 ORDER BY position", message_seq);
    while (row.step()) media.push_back({row.text(0), row.text(1)});
    return media;
}

template <typename Key>
std::optional<Message> load(store::Session& session, std::string_view condition, const Key& key,
                            const store::Scope& within) {
    std::string sql = "SELECT ";
    sql.append(message_columns).append(" FROM messages WHERE ").append(condition);
    store::Statement row = session.query(sql + and_channel_in(within, 2), key);
    bind_scope(row, within, 2);
    if (!row.step()) return std::nullopt;
    return read_message(session, row);
}

}  // namespace

Message read_message(store::Session& session, const store::Statement& row) {
    Message message;
    message.seq = row.integer(0);
    message.id = row.text(1);
    message.conversation_id = row.text(2);
    message.guest_id = row.text(3);
    message.channel = row.text(4);
    message.direction = store::known(parse_direction, row.text(5));
    message.role = store::known(parse_role, row.text(6));
    message.content = row.text(7);
    if (row.integer(8) > 0) message.media = load_media(session, message.seq);
    message.from = row.text(9);
    message.to = row.text(10);
    message.priority = store::known(parse_priority, row.text(11));
    message.delivery.state = store::known(parse_delivery_state, row.text(12));
    message.delivery.concluded_by_us = row.flag(13);
    message.delivery.provider_status = row.text(14);
    message.delivery.error_code = row.text(15);
    message.delivery.provider_error_code = row.small(16);
    message.delivery.error_message = row.text(17);
    message.delivery.retryable = row.flag(18);
    message.provider_message_id = row.text(19);
    message.segments = row.small(20);
    message.encoding = row.text(21);
    message.metadata = row.text(22);
    message.raw = decode_name_values(row.text(23));
    if (!row.is_null(24)) message.consent = store::known(parse_consent_kind, row.text(24));
    message.send_at = row.optional_time(25);
    message.expires_at = row.optional_time(26);
    message.created_at = row.time(27);
    message.updated_at = row.time(28);
    if (std::string group = row.text(29); !group.empty())
        message.group = MessageGroup{std::move(group), row.small(30), row.small(31)};
    message.retry_of = row.text(32);
    message.retried_by = row.text(33);
    message.resends = row.small(34);
    message.lives_until = row.optional_store_time(35);
    message.discarded_at = row.optional_time(36);
    return message;
}

std::optional<Message> load_message(store::Session& session, std::string_view id,
                                    const store::Scope& within) {
    return load(session, "id = ?1", id, within);
}

std::optional<Message> load_message(store::Session& session, std::int64_t seq) {
    return load(session, "seq = ?1", seq, {});
}

std::optional<Message> lock_message(store::Transaction& transaction, std::string_view id) {
    return load(transaction.db(), "id = ?1 FOR UPDATE", id, {});
}

std::optional<Message> lock_message(store::Transaction& transaction, std::int64_t seq) {
    return load(transaction.db(), "seq = ?1 FOR UPDATE", seq, {});
}

std::vector<Message> load_group(store::Session& session, std::string_view group_id,
                                const store::Scope& within) {
    static const std::string sql =
        "SELECT " + std::string(message_columns) + " FROM messages WHERE group_id = ?1 AND group_id <> ''";
    std::vector<Message> parts;
    store::Statement row = session.query(sql + and_channel_in(within, 2) + " ORDER BY part", group_id);
    bind_scope(row, within, 2);
    while (row.step()) parts.push_back(read_message(session, row));
    return parts;
}

void insert_message(store::Transaction& transaction, const Message& message) {
    const Delivery& delivery = message.delivery;
    const MessageGroup group = message.group.value_or(MessageGroup{});
    const std::optional<std::string_view> consent =
        message.consent ? std::optional{to_string(*message.consent)} : std::nullopt;
    transaction.db().run(
        "INSERT INTO messages (seq, id, conversation_id, guest_id, channel, direction, role, content, "
        "media_count,"
        " sender, recipient, priority, delivery_state, concluded_by_us, provider_status, error_code,"
        " provider_error_code, error_message, retryable, provider_message_id, segments, encoding, metadata, "
        "raw,"
        " consent, send_at, expires_at, created_at, updated_at, group_id, part, parts, retry_of, resends,"
        " lives_until) "
        "VALUES (?1, ?2, ?3, "
        "?4,"
        " ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25,"
        " ?26, ?27, ?28, ?29, ?30, ?31, ?32, ?33, ?34, ?35)",
        message.seq, message.id, message.conversation_id, message.guest_id, message.channel,
        to_string(message.direction), to_string(message.role), message.content, message.media.size(),
        message.from, message.to, to_string(message.priority), to_string(delivery.state),
        delivery.concluded_by_us, delivery.provider_status, delivery.error_code, delivery.provider_error_code,
        delivery.error_message, delivery.retryable, message.provider_message_id, message.segments,
        message.encoding, message.metadata, encode(message.raw), consent, message.send_at, message.expires_at,
        message.created_at, message.updated_at, group.id, group.part, group.parts, message.retry_of,
        message.resends, message.lives_until);
    for (std::size_t i = 0; i < message.media.size(); ++i)
        transaction.db().run(
            "INSERT INTO media (message_seq, position, url, content_type) VALUES (?1, ?2, ?3, ?4)",
            message.seq, i, message.media[i].url, message.media[i].content_type);
    append_event(transaction, {.type = "conversation.message",
                               .channel = message.channel,
                               .guest_id = message.guest_id,
                               .conversation_id = message.conversation_id,
                               .message_id = message.id,
                               .data = event_data::conversation_message(message),
                               .at = message.created_at});
}

}  // namespace jackgw::conversations
