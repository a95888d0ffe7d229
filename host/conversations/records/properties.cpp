#include "conversations/records/properties.h"

#include <optional>

#include "base/assert.h"
#include "base/defaults.h"
#include "store/errors.h"

namespace jackgw::conversations {

namespace {

static_assert(channels_property.ends_with(" '" + std::string(defaults::property) + "')"));

/// "(?4, ?5)" for two properties from the fourth parameter on.
std::string parameters(const store::Scope& scope, int first) {
    const std::vector<std::string>& properties = *scope.properties;
    JACKGW_ASSERT(!properties.empty() && properties.size() <= defaults::max_token_properties,
                  "a scope has one property at least and not more than a token may name");
    std::string list;
    for (std::size_t i = 0; i < properties.size(); ++i)
        list += (i == 0 ? "(?" : ", ?") + std::to_string(first + static_cast<int>(i));
    return list + ")";
}

std::optional<std::string> recorded_property(store::Session& session, const std::string& channel) {
    store::Statement row = session.query("SELECT property FROM channels WHERE name = ?1 FOR UPDATE", channel);
    return row.step() ? std::optional{row.text(0)} : std::nullopt;
}

/// True if anything ever came or went on the channel. A message has a conversation; a report about none that
/// is known has an event alone.
bool has_history(store::Session& session, const std::string& channel) {
    for (const std::string_view sql : {"SELECT 1 FROM identities WHERE channel = ?1 LIMIT 1",
                                       "SELECT 1 FROM conversations WHERE channel = ?1 LIMIT 1",
                                       "SELECT 1 FROM consent_events WHERE channel = ?1 LIMIT 1",
                                       "SELECT 1 FROM events WHERE channel = ?1 LIMIT 1"})
        if (session.query(sql, channel).step()) return true;
    return false;
}

}  // namespace

std::string and_channel_in(const store::Scope& scope, int first, std::string_view column) {
    if (scope.all()) return {};
    return " AND " + std::string(column) + " IN (SELECT name FROM channels WHERE property IN " +
           parameters(scope, first) + ")";
}

std::string and_property_in(const store::Scope& scope, int first) {
    return scope.all() ? std::string{} : " AND property IN " + parameters(scope, first);
}

void bind_scope(store::Statement& statement, const store::Scope& scope, int first) {
    if (scope.all()) return;
    for (const std::string& property : *scope.properties) statement.bind_value(first++, property);
}

bool includes_channel(store::Session& session, const store::Scope& scope, std::string_view channel) {
    if (scope.all()) return true;
    store::Statement row =
        session.query("SELECT 1 FROM channels WHERE name = ?1" + and_property_in(scope, 2), channel);
    bind_scope(row, scope, 2);
    return row.step();
}

std::vector<std::string> list_channels(store::Session& session, const store::Scope& scope) {
    std::vector<std::string> channels;
    store::Statement row =
        session.query("SELECT name FROM channels WHERE TRUE" + and_property_in(scope, 1) + " ORDER BY name");
    bind_scope(row, scope, 1);
    while (row.step()) channels.push_back(row.text(0));
    return channels;
}

void place_channels(store::Transaction& transaction, const std::vector<store::ChannelPlace>& places) {
    store::Session& db = transaction.db();
    for (const auto& [channel, property] : places) {
        const std::optional<std::string> recorded = recorded_property(db, channel);
        const std::string from = recorded.value_or(defaults::property);
        if (from != property && has_history(db, channel))
            throw store::StoreError(
                "the channel \"" + channel + "\" belongs to the property \"" + from +
                "\", where it has guests or messages, and the configuration gives it to \"" + property +
                "\": a channel takes its guests to no other hotel. Set property = \"" + from +
                "\" for it, or give \"" + property + "\" a channel of a new name");
        if (!recorded)
            db.run("INSERT INTO channels (name, property) VALUES (?1, ?2)", channel, property);
        else if (*recorded != property)
            db.run("UPDATE channels SET property = ?2 WHERE name = ?1", channel, property);
    }
}

}  // namespace jackgw::conversations
