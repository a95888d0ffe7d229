#pragma once

#include <string>

#include "model/consent.h"
#include "model/conversation.h"
#include "model/guest.h"
#include "model/message.h"
#include "store/reports.h"

/// The `data` of each type of event, the same from every backend. It names what changed and holds no
/// contents: whoever may read those asks for them by id, and erasing a message leaves no copy behind.
namespace jackgw::conversations::event_data {

std::string guest_created(const Identity& identity);
std::string conversation_created(const Conversation& conversation);
std::string conversation_state(ConversationState from, ConversationState to);
std::string conversation_message(const Message& message);
std::string message_status(const Message& message);
/// No scopes: for the whole channel.
std::string guest_consent(const Consent& consent);
std::string message_report(const store::StatusUpdate& update);

}  // namespace jackgw::conversations::event_data
