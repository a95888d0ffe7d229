#include "conversations/records/readers.h"

#include <algorithm>
#include <functional>
#include <limits>

#include "conversations/records/conversations.h"
#include "conversations/records/guests.h"
#include "conversations/records/messages.h"
#include "conversations/records/properties.h"
#include "store/seam/words.h"

namespace jackgw::conversations {

namespace {

/// A page of what was read: one item more than asked for, if there is a following page.
template <typename T>
store::Page<T> make_page(std::vector<T> items, std::size_t limit, std::int64_t T::*cursor) {
    store::Page<T> page{std::move(items), std::nullopt};
    if (page.items.size() <= limit) return page;
    page.items.resize(limit);
    if (limit > 0) page.next = page.items.back().*cursor;
    return page;
}

store::Page<Message> read_messages(store::Session& session, store::Statement& rows, std::size_t limit) {
    std::vector<Message> messages;
    while (rows.step()) messages.push_back(read_message(session, rows));
    return make_page(std::move(messages), limit, &Message::seq);
}

std::vector<Event> read_events(store::Statement& rows) {
    std::vector<Event> events;
    while (rows.step())
        events.push_back({rows.integer(0), rows.text(1), rows.text(2), rows.text(3), rows.text(4),
                          rows.text(5), rows.text(6), rows.time(7)});
    return events;
}

constexpr std::string_view event_columns =
    "seq, type, channel, guest_id, conversation_id, message_id, data, at";

/// Those that pass the filter, at most `limit`, added to the others. `channel`: empty for any.
void add_conversations(store::Session& session, const store::ConversationFilter& filter,
                       std::string_view channel, std::optional<std::int64_t> after, std::size_t limit,
                       std::vector<Conversation>& conversations) {
    // Each combination of conditions is a statement of its own, so that each finds its index.
    std::string sql = "SELECT " + conversation_columns() + " FROM conversations c WHERE activity_seq < ?1";
    if (filter.state) sql += " AND state = ?3";
    // A guest has few, so that their index is the better one: written so, the channel's isn't looked at.
    if (!channel.empty()) sql += filter.guest_id.empty() ? " AND channel = ?4" : " AND channel || '' = ?4";
    if (!filter.guest_id.empty()) sql += " AND guest_id = ?5";
    if (!filter.text.empty())
        sql +=
            " AND (contains_folded(guest_address, ?6) OR EXISTS"
            " (SELECT 1 FROM guests g WHERE g.id = c.guest_id AND contains_folded(g.name, ?6)))";
    sql += " ORDER BY activity_seq DESC LIMIT ?2";
    store::Statement rows =
        session.query(sql, after.value_or(std::numeric_limits<std::int64_t>::max()), limit);
    if (filter.state) rows.bind_value(3, to_string(*filter.state));
    if (!channel.empty()) rows.bind_value(4, channel);
    if (!filter.guest_id.empty()) rows.bind_value(5, filter.guest_id);
    if (!filter.text.empty()) rows.bind_value(6, filter.text);
    while (rows.step()) conversations.push_back(read_conversation(rows));
}

}  // namespace

std::vector<Guest> list_guests(store::Session& session, std::string_view after, std::size_t limit,
                               const store::Scope& within) {
    std::vector<std::string> ids;
    const auto add = [&ids](store::Statement row) {
        while (row.step()) ids.push_back(row.text(0));
    };
    if (within.all()) {
        add(session.query("SELECT id FROM guests WHERE id > ?1 ORDER BY id LIMIT ?2", after, limit));
    } else {
        // Each property has its own part of the index, in the order of the ids.
        for (const std::string& property : *within.properties)
            add(session.query("SELECT id FROM guests WHERE property = ?3 AND id > ?1 ORDER BY id LIMIT ?2",
                              after, limit, property));
        std::ranges::sort(ids);
        if (ids.size() > limit) ids.resize(limit);
    }
    std::vector<Guest> guests;
    for (const std::string& id : ids) guests.push_back(load_guest(session, id).value());
    return guests;
}

std::vector<ConsentEntry> list_consents(store::Session& session, std::string_view guest_id,
                                        const store::Scope& within) {
    std::vector<ConsentEntry> entries;
    store::Statement row = session.query(
        "SELECT e.seq, e.kind, e.channel, e.address, e.scope, e.source, e.keyword, e.note,"
        " e.recorded_by, e.at, e.ambiguous FROM identities i"
        " JOIN consent_events e ON e.channel = i.channel AND e.address = i.address WHERE i.guest_id = ?1" +
            and_channel_in(within, 2, "e.channel") + " ORDER BY e.seq",
        guest_id);
    bind_scope(row, within, 2);
    while (row.step())
        entries.push_back({row.integer(0), store::known(parse_consent_kind, row.text(1)), row.text(2),
                           row.text(3), row.text(4), row.text(5), row.text(6), row.text(7), row.text(8),
                           row.time(9), row.flag(10)});
    return entries;
}

store::Page<Conversation> list_conversations(store::Session& session, const store::ConversationFilter& filter,
                                             std::optional<std::int64_t> after, std::size_t limit,
                                             const store::Scope& within) {
    std::vector<Conversation> found;
    if (within.all()) {
        add_conversations(session, filter, filter.channel, after, limit + 1, found);
    } else {
        // Channel by channel: each has its own part of the index, in the order of activity, and a hotel with
        // little to do doesn't search through what a busy one has.
        for (const std::string& channel : list_channels(session, within))
            if (filter.channel.empty() || filter.channel == channel)
                add_conversations(session, filter, channel, after, limit + 1, found);
        std::ranges::sort(found, std::greater{}, &Conversation::activity_seq);
        if (found.size() > limit + 1) found.resize(limit + 1);
    }
    return make_page(std::move(found), limit, &Conversation::activity_seq);
}

store::Page<Message> list_messages(store::Session& session, std::string_view conversation_id,
                                   std::optional<std::int64_t> after, std::size_t limit,
                                   const store::Scope& within) {
    static const std::string sql =
        "SELECT " + std::string(message_columns) + " FROM messages WHERE conversation_id = ?1 AND seq > ?2";
    store::Statement rows = session.query(sql + and_channel_in(within, 4) + " ORDER BY seq LIMIT ?3",
                                          conversation_id, after.value_or(0), limit + 1);
    bind_scope(rows, within, 4);
    return read_messages(session, rows, limit);
}

std::vector<Event> list_events(store::Session& session, std::int64_t after, std::size_t limit,
                               const store::Scope& within) {
    static const std::string sql = "SELECT " + std::string(event_columns) + " FROM events WHERE seq > ?1";
    store::Statement rows =
        session.query(sql + and_channel_in(within, 3) + " ORDER BY seq LIMIT ?2", after, limit);
    bind_scope(rows, within, 3);
    return read_events(rows);
}

std::vector<Event> list_message_events(store::Session& session, std::string_view message_id,
                                       const store::Scope& within) {
    static const std::string sql =
        "SELECT " + std::string(event_columns) + " FROM events WHERE message_id = ?1 AND message_id <> ''";
    store::Statement rows = session.query(sql + and_channel_in(within, 2) + " ORDER BY seq", message_id);
    bind_scope(rows, within, 2);
    return read_events(rows);
}

}  // namespace jackgw::conversations
