#include "conversations/records/desk.h"

#include "conversations/records/consent.h"
#include "conversations/records/conversations.h"

namespace jackgw::conversations {

std::optional<store::StaffConsentResult> find_staff_consent(store::Session& session, std::string_view owner,
                                                            std::string_view key,
                                                            std::string_view request_hash) {
    if (key.empty()) return std::nullopt;
    store::Statement row = session.query(
        "SELECT request_hash FROM staff_consent_keys WHERE owner = ?1 AND key = ?2", owner, key);
    if (!row.step()) return std::nullopt;
    return row.text(0) == request_hash ? store::StaffConsentResult::repeated
                                       : store::StaffConsentResult::idempotency_conflict;
}

store::StaffConsentResult record_by_staff(store::Transaction& transaction, const store::StaffConsent& said) {
    store::Session& db = transaction.db();
    if (const auto earlier =
            find_staff_consent(db, said.recorded_by, said.idempotency_key, said.request_hash))
        return *earlier;
    const bool lifts = said.kind == ConsentKind::opt_in;
    if (lifts && !opted_out_of_channel(db, said.guest.channel, said.guest.address))
        return store::StaffConsentResult::nothing_to_lift;
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
                  {}, transaction.now().wall);
    return store::StaffConsentResult::recorded;
}

store::Change change_conversation(store::Transaction& transaction, std::string_view id,
                                  ConversationEvent event) {
    const std::optional<Conversation> conversation = lock_conversation(transaction, id);
    if (!conversation) return store::Change::not_found;
    return change_state(transaction, *conversation, event) ? store::Change::done : store::Change::not_allowed;
}

store::Change update_guest(store::Transaction& transaction, std::string_view id,
                           const std::optional<std::string>& name, const std::optional<std::string>& notes) {
    const std::int64_t found = transaction.db().run(
        "UPDATE guests SET name = coalesce(?2, name), notes = coalesce(?3, notes), updated_at = ?4"
        " WHERE id = ?1",
        id, name, notes, transaction.now().wall);
    return found == 0 ? store::Change::not_found : store::Change::done;
}

}  // namespace jackgw::conversations
