#pragma once

#include <optional>
#include <string_view>

#include "store/sqlite/transaction.h"
#include "store/store.h"

/// The writing operations of Store, each in a file of its name: what runs inside the writer's transaction.
namespace jackgw::store::sqlite {

// receive.cpp
ReceiveResult receive(Transaction& transaction, const InboundMessage& inbound);
bool record_consent(Transaction& transaction, const ConsentReport& report);
StaffConsentResult record_by_staff(Transaction& transaction, const StaffConsent& said, Timestamp now);

// enqueue.cpp
EnqueueResult enqueue(Transaction& transaction, const OutboundMessage& outbound, Timestamp now);

// claim.cpp
struct ClaimRound {
    std::optional<Claim> claim;
    bool more = false;  ///< nothing claimed yet, but the round was long enough: ask again
};
ClaimRound claim(Transaction& transaction, const Lane& lane, Timestamp now);

// finish.cpp
bool finish_attempt(Transaction& transaction, const AttemptFinish& finish);
std::int64_t recover(Transaction& transaction, Timestamp now, Timestamp settle_until);

// status.cpp
StatusResult apply_status(Transaction& transaction, const StatusUpdate& update);
/// Applies what was reported about a provider's id before it was known whose it is.
void apply_early_reports(Transaction& transaction, Message& message, Timestamp now);

// outbox_admin.cpp
bool cancel(Transaction& transaction, std::string_view message_id, Timestamp now);
std::int64_t release_lanes(Transaction& transaction, std::string_view channel);
void hold_lane(Transaction& transaction, const Lane& lane, std::string_view reason);
void set_paused(Transaction& transaction, bool paused);
bool is_paused(Database& database);
DueSummary due_summary(Database& database);
OutboxReport outbox_report(Database& database);

}  // namespace jackgw::store::sqlite
