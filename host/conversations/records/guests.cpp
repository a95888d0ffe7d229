#include "conversations/records/guests.h"

#include "base/defaults.h"
#include "conversations/records/event_data.h"
#include "conversations/records/event_log.h"
#include "conversations/records/properties.h"

namespace jackgw::conversations {

std::string find_guest(store::Session& session, std::string_view channel, std::string_view address) {
    store::Statement row = session.query(
        "SELECT guest_id FROM identities WHERE channel = ?1 AND address = ?2", channel, address);
    return row.step() ? row.text(0) : std::string{};
}

std::string identify_guest(store::Transaction& transaction, const Identity& identity, Timestamp now) {
    std::string id = find_guest(transaction.db(), identity.channel, identity.address);
    if (!id.empty()) return id;
    id = transaction.next_id();
    transaction.db().run(
        "INSERT INTO guests (id, property, created_at, updated_at)"
        " VALUES (?1, coalesce((SELECT property FROM channels WHERE name = ?2), ?3), ?4, ?4)",
        id, identity.channel, defaults::property, now);
    transaction.db().run("INSERT INTO identities (channel, address, guest_id) VALUES (?1, ?2, ?3)",
                         identity.channel, identity.address, id);
    append_event(transaction, {.type = "guest.created",
                               .channel = identity.channel,
                               .guest_id = id,
                               .conversation_id = {},
                               .message_id = {},
                               .data = event_data::guest_created(identity),
                               .at = now});
    return id;
}

std::optional<Guest> load_guest(store::Session& session, std::string_view id, const store::Scope& within) {
    store::Statement row =
        session.query("SELECT id, property, name, notes, created_at, updated_at FROM guests WHERE id = ?1" +
                          and_property_in(within, 2),
                      id);
    bind_scope(row, within, 2);
    if (!row.step()) return std::nullopt;
    Guest guest{row.text(0), row.text(1), row.text(2), row.text(3), {}, row.time(4), row.time(5)};
    store::Statement identity = session.query(
        "SELECT channel, address FROM identities WHERE guest_id = ?1 ORDER BY channel, address", id);
    while (identity.step()) guest.identities.push_back({identity.text(0), identity.text(1)});
    return guest;
}

}  // namespace jackgw::conversations
