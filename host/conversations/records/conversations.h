#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/conversation.h"
#include "model/message.h"
#include "store/scope.h"
#include "store/seam/transaction.h"

namespace jackgw::conversations {

/// The columns that read_conversation() expects, in its order.
std::string conversation_columns();

Conversation read_conversation(const store::Statement& row);

std::optional<Conversation> load_conversation(store::Session& session, std::string_view id,
                                              const store::Scope& within = {});

/// The guest's open conversation on the channel, if there is one.
std::optional<Conversation> find_open_conversation(store::Session& session, std::string_view guest_id,
                                                   std::string_view channel);

/// The same, to change it: nobody else does until the transaction ends.
std::optional<Conversation> lock_conversation(store::Transaction& transaction, std::string_view id);
std::optional<Conversation> lock_open_conversation(store::Transaction& transaction, std::string_view guest_id,
                                                   std::string_view channel);

/// Puts a message into its conversation: begins the conversation if `existing` is nothing, moves its state
/// on, counts, and stores the message, which has its seq and guest already and gets its ids from here (a
/// group's id, too, if it has none yet). `thread`: ours that answers go from after a guest's message; after
/// our own it stays what it was. Returns the conversation as it is then.
Conversation add_message(store::Transaction& transaction, std::optional<Conversation> existing,
                         ConversationEvent event, Message& message, std::string_view thread);

/// Changes the state as the event says; false: not allowed.
bool change_state(store::Transaction& transaction, Conversation conversation, ConversationEvent event);

}  // namespace jackgw::conversations
