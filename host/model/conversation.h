#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"

namespace jackgw {

/// `fresh` is written "new", a word that C++ keeps for itself.
enum class ConversationState { fresh, active, escalated, resolved, closed };

std::string_view to_string(ConversationState state);  ///< "new", "active", …
std::optional<ConversationState> parse_conversation_state(std::string_view text);

/// What happens to a conversation.
enum class ConversationEvent {
    guest_wrote,
    hotel_answered,
    message_resent,
    escalate,
    resolve,
    reopen,
    close
};

/// The state that follows, or nothing where the event isn't allowed. A guest has at most one conversation
/// that isn't closed per channel. It starts `fresh`; the first answer makes it active; a guest's message on
/// `resolved` reopens it; after `closed` nothing happens any more: the next message begins a new
/// conversation.
std::optional<ConversationState> next_state(ConversationState state, ConversationEvent event);

struct Conversation {
    std::string id;
    std::string guest_id;
    std::string channel;
    std::string property;  ///< the channel's
    ConversationState state = ConversationState::fresh;
    std::string guest_address;  ///< the address that the guest last used
    /// Ours that answers go from: what the guest last wrote to, or a service that owns it; what the first
    /// message came from until the guest writes.
    std::string gateway_address;
    std::int64_t message_count = 0;
    std::int64_t activity_seq = 0;  ///< orders conversations by their latest activity; a cursor
    std::string last_message_preview;
    Timestamp last_message_at{};
    Timestamp created_at{};
    Timestamp updated_at{};
};

}  // namespace jackgw
