#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "store/readers.h"
#include "store/seam/session.h"

/// The reading operations of Store that are more than loading one row by its id.
namespace jackgw::conversations {

std::vector<Guest> list_guests(store::Session& session, std::string_view after, std::size_t limit,
                               const store::Scope& within);
std::vector<ConsentEntry> list_consents(store::Session& session, std::string_view guest_id,
                                        const store::Scope& within);
store::Page<Conversation> list_conversations(store::Session& session, const store::ConversationFilter& filter,
                                             std::optional<std::int64_t> after, std::size_t limit,
                                             const store::Scope& within);
store::Page<Message> list_messages(store::Session& session, std::string_view conversation_id,
                                   std::optional<std::int64_t> after, std::size_t limit,
                                   const store::Scope& within);
std::vector<Event> list_events(store::Session& session, std::int64_t after, std::size_t limit,
                               const store::Scope& within);
std::vector<Event> list_message_events(store::Session& session, std::string_view message_id,
                                       const store::Scope& within);

}  // namespace jackgw::conversations
