#include "conversations/rules/thread.h"

namespace jackgw::conversations {

namespace {

constexpr std::size_t preview_bytes = 160;

/// The beginning of a text, not cut inside a character.
std::string preview(const std::string& content) {
    if (content.size() <= preview_bytes) return content;
    std::size_t end = preview_bytes;
    while (end > 0 && (static_cast<unsigned char>(content[end]) & 0xc0) == 0x80) --end;
    return content.substr(0, end);
}

}  // namespace

Conversation begin_conversation(const Message& message) {
    const bool from_guest = message.direction == Direction::inbound;
    Conversation conversation;
    conversation.guest_id = message.guest_id;
    conversation.channel = message.channel;
    conversation.guest_address = from_guest ? message.from : message.to;
    conversation.created_at = message.created_at;
    return conversation;
}

Conversation after_message(Conversation conversation, ConversationEvent event, const Message& message,
                           std::string_view thread) {
    conversation.state = next_state(conversation.state, event).value_or(conversation.state);
    // Where the guest's own messages go decides where they expect the next ones from; ours don't change it.
    const bool from_guest = message.direction == Direction::inbound;
    if (from_guest) conversation.guest_address = message.from;
    if (from_guest || conversation.message_count == 0) conversation.gateway_address = thread;
    const bool begins_text = !message.group || message.group->part == 1;
    if (begins_text) conversation.last_message_preview = preview(message.content);
    ++conversation.message_count;
    conversation.activity_seq = message.seq;
    conversation.last_message_at = message.created_at;
    conversation.updated_at = message.created_at;
    return conversation;
}

}  // namespace jackgw::conversations
