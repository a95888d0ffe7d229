#include "store/sqlite/consent.h"

#include <algorithm>

#include "store/event_data.h"
#include "store/sqlite/event_log.h"
#include "store/sqlite/guests.h"

namespace jackgw::store::sqlite {

namespace {

/// True if the guest opted in to the scope after the message had gone to the provider: then what that said of
/// the message is older.
bool opted_in_since(Database& database, const Message& message, std::string_view scope) {
    return database
        .query(
            "SELECT 1 FROM consent_events WHERE channel = ?1 AND address = ?2 AND scope = ?3"
            " AND kind = 'opt_in' AND at > (SELECT max(started_at) FROM attempts WHERE message_seq = ?4)",
            message.channel, message.to, scope, message.seq)
        .step();
}

}  // namespace

void write_consent(Transaction& transaction, const Consent& consent, const ConsentContext& context,
                   Timestamp now) {
    Database& db = transaction.db();
    for (const std::string& scope : consent.scopes) {
        db.run(
            "INSERT INTO consent_events (seq, channel, address, scope, kind, source, keyword, raw, at)"
            " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            transaction.next_seq(), consent.channel, consent.address, scope, to_string(consent.kind),
            consent.source, consent.keyword, context.raw, now);
        if (consent.kind == ConsentKind::help) continue;
        db.run(
            "INSERT INTO consent_state (channel, address, scope, opted_out) VALUES (?1, ?2, ?3, ?4)"
            " ON CONFLICT DO UPDATE SET opted_out = excluded.opted_out",
            consent.channel, consent.address, scope, consent.kind == ConsentKind::opt_out);
    }
    append_event(transaction, {.type = "guest.consent",
                               .guest_id = find_guest(db, consent.channel, consent.address),
                               .conversation_id = context.conversation_id,
                               .message_id = context.message_id,
                               .data = event_data::guest_consent(consent),
                               .at = now});
}

void write_opt_out(Transaction& transaction, const Message& message,
                   const std::vector<std::string>& other_scopes, Timestamp now) {
    Consent consent{.kind = ConsentKind::opt_out,
                    .channel = message.channel,
                    .address = message.to,
                    .scopes = {},
                    .source = "provider",
                    .keyword = {}};
    const auto add = [&](const std::string& scope) {
        const bool known = std::ranges::find(consent.scopes, scope) != consent.scopes.end() ||
                           opted_out(transaction.db(), message.channel, message.to, scope);
        if (!known && !opted_in_since(transaction.db(), message, scope)) consent.scopes.push_back(scope);
    };
    add(message.from);
    std::ranges::for_each(other_scopes, add);
    if (consent.scopes.empty()) return;
    write_consent(transaction, consent, {message.conversation_id, message.id, {}}, now);
}

bool opted_out(Database& database, std::string_view channel, std::string_view address,
               std::string_view scope) {
    Statement row = database.query(
        "SELECT opted_out FROM consent_state WHERE channel = ?1 AND address = ?2 AND scope = ?3", channel,
        address, scope);
    return row.step() && row.flag(0);
}

}  // namespace jackgw::store::sqlite
