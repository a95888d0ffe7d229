#pragma once

#include <string_view>

#include "model/conversation.h"
#include "model/message.h"

/// How a conversation goes on from message to message. Pure.
namespace jackgw::conversations {

/// The conversation that a message begins, before the message is in it; it has no id yet.
Conversation begin_conversation(const Message& message);

/// The conversation after the message, which has its ids, has come into it: state, count, preview, and where
/// both sides are. `thread`: ours that answers go from after a guest's message; after our own it stays what
/// it was, unless that begins the conversation.
Conversation after_message(Conversation conversation, ConversationEvent event, const Message& message,
                           std::string_view thread);

}  // namespace jackgw::conversations
