#include "conversations/records/consent.h"

#include <algorithm>

#include "conversations/records/event_data.h"
#include "conversations/records/event_log.h"
#include "conversations/records/guests.h"

namespace jackgw::conversations {

namespace {

/// True if the guest opted in to the scope after the message had gone to the provider: then what that said of
/// the message is older. Counted in the store's own order, which no clock that is set back can turn round.
bool opted_in_since(store::Session& session, const Message& message, std::string_view scope) {
    return session
        .query(
            "SELECT 1 FROM consent_events WHERE channel = ?1 AND address = ?2 AND scope = ?3"
            " AND kind = 'opt_in' AND seq > (SELECT max(seq) FROM attempts WHERE message_seq = ?4)",
            message.channel, message.to, scope, message.seq)
        .step();
}

LastWord last_word(store::Session& session, std::string_view channel, std::string_view address,
                   std::string_view scope) {
    store::Statement row = session.query(
        "SELECT seq, opted_out FROM consent_state WHERE channel = ?1 AND address = ?2 AND scope = ?3",
        channel, address, scope);
    return row.step() ? LastWord{row.integer(0), row.flag(1)} : LastWord{};
}

/// Writes what the last word on a scope is now. Who is the first to say something about it loses a race by
/// the key, everybody after waits for the row.
void save_word(store::Transaction& transaction, const Consent& consent, std::string_view scope,
               std::int64_t seq) {
    store::Session& db = transaction.db();
    std::optional<LastWord> before;
    {
        store::Statement row = db.query(
            "SELECT seq, opted_out FROM consent_state WHERE channel = ?1 AND address = ?2 AND scope = ?3"
            " FOR UPDATE",
            consent.channel, consent.address, scope);
        if (row.step()) before = LastWord{row.integer(0), row.flag(1)};
    }
    const LastWord word = next_word(before.value_or(LastWord{}), consent.kind, consent.ambiguous, seq);
    db.run(before ? "UPDATE consent_state SET opted_out = ?4, seq = ?5"
                    " WHERE channel = ?1 AND address = ?2 AND scope = ?3"
                  : "INSERT INTO consent_state (channel, address, scope, opted_out, seq)"
                    " VALUES (?1, ?2, ?3, ?4, ?5)",
           consent.channel, consent.address, scope, word.opted_out, word.seq);
}

}  // namespace

void write_consent(store::Transaction& transaction, const Consent& consent, const ConsentContext& context,
                   Timestamp now) {
    store::Session& db = transaction.db();
    for (const std::string& scope : consent.scopes) {
        const std::int64_t seq = transaction.next_seq();
        db.run(
            "INSERT INTO consent_events (seq, channel, address, scope, kind, source, keyword, note,"
            " recorded_by, raw, at, ambiguous) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
            seq, consent.channel, consent.address, scope, to_string(consent.kind), consent.source,
            consent.keyword, consent.note, consent.recorded_by, context.raw, now, consent.ambiguous);
        if (consent.kind == ConsentKind::help) continue;
        save_word(transaction, consent, scope, seq);
    }
    append_event(transaction, {.type = "guest.consent",
                               .channel = consent.channel,
                               .guest_id = find_guest(db, consent.channel, consent.address),
                               .conversation_id = context.conversation_id,
                               .message_id = context.message_id,
                               .data = event_data::guest_consent(consent),
                               .at = now});
}

void write_opt_out(store::Transaction& transaction, const Message& message,
                   const std::vector<std::string>& other_scopes, Timestamp now) {
    Consent consent{.kind = ConsentKind::opt_out,
                    .channel = message.channel,
                    .address = message.to,
                    .scopes = {},
                    .source = "provider",
                    .keyword = {},
                    .note = {},
                    .recorded_by = {},
                    .ambiguous = false};
    const auto add = [&](const std::string& scope) {
        if (scope == whole_channel) return;  // no plugin's to say
        // By its own word: what staff recorded for the channel says nothing about what the provider holds.
        const bool known = std::ranges::find(consent.scopes, scope) != consent.scopes.end() ||
                           last_word(transaction.db(), message.channel, message.to, scope).opted_out;
        if (!known && !opted_in_since(transaction.db(), message, scope)) consent.scopes.push_back(scope);
    };
    add(message.from);
    std::ranges::for_each(other_scopes, add);
    if (consent.scopes.empty()) return;
    write_consent(transaction, consent, {message.conversation_id, message.id, {}}, now);
}

bool opted_out_of_channel(store::Session& session, std::string_view channel, std::string_view address) {
    return last_word(session, channel, address, whole_channel).opted_out;
}

OptOut find_opt_out(store::Session& session, std::string_view channel, std::string_view address,
                    std::string_view scope) {
    return opt_out_of(last_word(session, channel, address, scope),
                      last_word(session, channel, address, whole_channel));
}

}  // namespace jackgw::conversations
