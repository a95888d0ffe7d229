#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "store/sqlite/database.h"
#include "store/store.h"

/// The reading operations of Store that are more than loading one row by its id.
namespace jackgw::store::sqlite {

std::vector<Guest> list_guests(Database& database, std::string_view after, std::size_t limit);
std::vector<ConsentEntry> list_consents(Database& database, std::string_view guest_id);
Page<Conversation> list_conversations(Database& database, const ConversationFilter& filter,
                                      std::optional<std::int64_t> after, std::size_t limit);
Page<Message> list_messages(Database& database, std::string_view conversation_id,
                            std::optional<std::int64_t> after, std::size_t limit);
Page<Message> list_failed_messages(Database& database, std::optional<std::int64_t> after, std::size_t limit);
std::vector<Event> list_events(Database& database, std::int64_t after, std::size_t limit);
std::vector<Event> list_message_events(Database& database, std::string_view message_id);

}  // namespace jackgw::store::sqlite
