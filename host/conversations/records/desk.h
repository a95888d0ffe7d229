#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "store/desk.h"
#include "store/seam/transaction.h"

/// What store::Desk does with guests and conversations, inside of a transaction.
namespace jackgw::conversations {

std::optional<store::StaffConsentResult> find_staff_consent(store::Session& session, std::string_view owner,
                                                            std::string_view key,
                                                            std::string_view request_hash);
store::StaffConsentResult record_by_staff(store::Transaction& transaction, const store::StaffConsent& said);
store::Change change_conversation(store::Transaction& transaction, std::string_view id,
                                  ConversationEvent event);
store::Change update_guest(store::Transaction& transaction, std::string_view id,
                           const std::optional<std::string>& name, const std::optional<std::string>& notes);

}  // namespace jackgw::conversations
