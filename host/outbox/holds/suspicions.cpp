#include "outbox/holds/suspicions.h"

#include <string>

namespace jackgw::outbox {

namespace {

using store::HoldScope;

constexpr std::string_view suspicion_of_unknown = "unknown";

/// True if another recipient has met this before, with nothing accepted in between.
bool met_by_another(store::Transaction& transaction, HoldScope scope, const HeldAttempt& attempt,
                    std::string_view cause) {
    store::Session& db = transaction.db();
    const std::string_view name = name_in(scope, attempt);
    transaction.lock({"suspicion", attempt.lane.channel, to_string(scope), name});
    {
        store::Statement row = db.query(
            "SELECT recipient FROM suspicions WHERE channel = ?1 AND scope = ?2 AND name = ?3 AND cause = ?4",
            attempt.lane.channel, to_string(scope), name, cause);
        if (row.step()) return row.text(0) != attempt.recipient;
    }
    db.run("INSERT INTO suspicions (channel, scope, name, cause, recipient) VALUES (?1, ?2, ?3, ?4, ?5)",
           attempt.lane.channel, to_string(scope), name, cause, attempt.recipient);
    return false;
}

}  // namespace

Concern settle_concern(store::Transaction& transaction, const HeldAttempt& attempt, const Outcome& outcome) {
    if (outcome.kind == OutcomeKind::accepted) return Concern::message;
    if (outcome.concern == Concern::unclear) {
        const std::string cause = "code " + std::to_string(outcome.provider_error_code);
        return met_by_another(transaction, HoldScope::sender, attempt, cause) ? Concern::sender
                                                                              : Concern::message;
    }
    const std::optional<HoldScope> scope = scope_of(outcome.concern);
    if (outcome.kind == OutcomeKind::unknown && scope &&
        !met_by_another(transaction, *scope, attempt, suspicion_of_unknown))
        return Concern::message;
    return outcome.concern;
}

void forget_suspicions(store::Transaction& transaction, const HeldAttempt& attempt) {
    {
        store::Statement any = transaction.db().query("SELECT 1 FROM suspicions WHERE channel = ?1 LIMIT 1",
                                                      attempt.lane.channel);
        if (!any.step()) return;
    }
    transaction.db().run(
        "DELETE FROM suspicions WHERE channel = ?1 AND (scope = 'channel' OR (scope = 'account' AND name = "
        "?2)"
        " OR (scope = 'sender' AND name = ?3))",
        attempt.lane.channel, attempt.account, attempt.lane.sender);
}

}  // namespace jackgw::outbox
