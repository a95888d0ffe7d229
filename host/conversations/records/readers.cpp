#include "conversations/records/readers.h"

#include <limits>

#include "conversations/records/conversations.h"
#include "conversations/records/guests.h"
#include "conversations/records/messages.h"
#include "store/seam/words.h"

namespace jackgw::conversations {

namespace {

/// Reads one row more than asked for, to know whether there is a following page.
template <typename T, typename Read>
store::Page<T> read_page(store::Statement& rows, std::size_t limit, std::int64_t T::*cursor, Read read) {
    store::Page<T> page;
    while (rows.step()) {
        if (page.items.size() == limit) {
            if (limit > 0) page.next = page.items.back().*cursor;
            break;
        }
        page.items.push_back(read(rows));
    }
    return page;
}

std::vector<Event> read_events(store::Statement& rows) {
    std::vector<Event> events;
    while (rows.step())
        events.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                          rows.text(5), rows.time(6)});
    return events;
}

}  // namespace

std::vector<Guest> list_guests(store::Session& session, std::string_view after, std::size_t limit) {
    std::vector<Guest> guests;
    store::Statement row =
        session.query("SELECT id FROM guests WHERE id > ?1 ORDER BY id LIMIT ?2", after, limit);
    while (row.step()) guests.push_back(load_guest(session, row.text(0)).value());
    return guests;
}

std::vector<ConsentEntry> list_consents(store::Session& session, std::string_view guest_id) {
    std::vector<ConsentEntry> entries;
    store::Statement row = session.query(
        "SELECT e.seq, e.kind, e.channel, e.address, e.scope, e.source, e.keyword, e.note,"
        " e.recorded_by, e.at, e.ambiguous FROM identities i"
        " JOIN consent_events e ON e.channel = i.channel AND e.address = i.address WHERE i.guest_id = ?1"
        " ORDER BY e.seq",
        guest_id);
    while (row.step())
        entries.push_back({row.integer(0), store::known(parse_consent_kind, row.text(1)), row.text(2),
                           row.text(3), row.text(4), row.text(5), row.text(6), row.text(7), row.text(8),
                           row.time(9), row.flag(10)});
    return entries;
}

store::Page<Conversation> list_conversations(store::Session& session, const store::ConversationFilter& filter,
                                             std::optional<std::int64_t> after, std::size_t limit) {
    // Each combination of conditions is a statement of its own, so that each finds its index.
    std::string sql = "SELECT ";
    sql.append(conversation_columns).append(" FROM conversations c WHERE activity_seq < ?1");
    if (filter.state) sql += " AND state = ?3";
    if (!filter.channel.empty()) sql += " AND channel = ?4";
    if (!filter.guest_id.empty()) sql += " AND guest_id = ?5";
    if (!filter.text.empty())
        sql +=
            " AND (contains_folded(guest_address, ?6) OR EXISTS"
            " (SELECT 1 FROM guests g WHERE g.id = c.guest_id AND contains_folded(g.name, ?6)))";
    sql += " ORDER BY activity_seq DESC LIMIT ?2";
    store::Statement rows =
        session.query(sql, after.value_or(std::numeric_limits<std::int64_t>::max()), limit + 1);
    if (filter.state) rows.bind_value(3, to_string(*filter.state));
    if (!filter.channel.empty()) rows.bind_value(4, filter.channel);
    if (!filter.guest_id.empty()) rows.bind_value(5, filter.guest_id);
    if (!filter.text.empty()) rows.bind_value(6, filter.text);
    return read_page(rows, limit, &Conversation::activity_seq, read_conversation);
}

store::Page<Message> list_messages(store::Session& session, std::string_view conversation_id,
                                   std::optional<std::int64_t> after, std::size_t limit) {
    static const std::string sql =
        "SELECT " + std::string(message_columns) +
        " FROM messages WHERE conversation_id = ?1 AND seq > ?2 ORDER BY seq LIMIT ?3";
    store::Statement rows = session.query(sql, conversation_id, after.value_or(0), limit + 1);
    return read_page(rows, limit, &Message::seq,
                     [&session](const store::Statement& row) { return read_message(session, row); });
}

store::Page<Message> list_failed_messages(store::Session& session, std::optional<std::int64_t> after,
                                          std::size_t limit) {
    static const std::string sql = "SELECT " + std::string(message_columns) +
                                   " FROM messages WHERE direction = 'outbound' AND delivery_state = 'failed'"
                                   " AND seq < ?1 ORDER BY seq DESC LIMIT ?2";
    store::Statement rows =
        session.query(sql, after.value_or(std::numeric_limits<std::int64_t>::max()), limit + 1);
    return read_page(rows, limit, &Message::seq,
                     [&session](const store::Statement& row) { return read_message(session, row); });
}

std::vector<Event> list_events(store::Session& session, std::int64_t after, std::size_t limit) {
    store::Statement rows = session.query(
        "SELECT seq, type, guest_id, conversation_id, message_id, data, at FROM events WHERE seq > ?1"
        " ORDER BY seq LIMIT ?2",
        after, limit);
    return read_events(rows);
}

std::vector<Event> list_message_events(store::Session& session, std::string_view message_id) {
    store::Statement rows = session.query(
        "SELECT seq, type, guest_id, conversation_id, message_id, data, at FROM events"
        " WHERE message_id = ?1 AND message_id <> '' ORDER BY seq",
        message_id);
    return read_events(rows);
}

}  // namespace jackgw::conversations
