#pragma once

#include <optional>
#include <string_view>

#include "model/conversation.h"
#include "model/message.h"
#include "store/seam/transaction.h"

namespace jackgw::conversations {

/// The columns that read_conversation() expects, in its order.
inline constexpr std::string_view conversation_columns =
    "id, guest_id, channel, state, guest_address, gateway_address, message_count, activity_seq,"
    " last_message_preview, last_message_at, created_at, updated_at";

Conversation read_conversation(const store::Statement& row);

std::optional<Conversation> load_conversation(store::Session& session, std::string_view id);

/// The guest's open conversation on the channel, if there is one.
std::optional<Conversation> find_open_conversation(store::Session& session, std::string_view guest_id,
                                                   std::string_view channel);

/// Puts a message into its conversation: begins the conversation if `existing` is nothing, moves its state
/// on, counts, and stores the message, which has its seq and guest already and gets its ids from here (a
/// group's id, too, if it has none yet). `thread`: ours that answers go from after a guest's message; after
/// our own it stays what it was. Returns the conversation as it is then.
Conversation add_message(store::Transaction& transaction, std::optional<Conversation> existing,
                         ConversationEvent event, Message& message, std::string_view thread);

/// Changes the state as the event says; false: not allowed.
bool change_state(store::Transaction& transaction, Conversation conversation, ConversationEvent event,
                  Timestamp now);

}  // namespace jackgw::conversations
