#include "conversations/rules/outgoing.h"

namespace jackgw::conversations {

namespace {

/// What the pieces of a text have in common.
Message common_of(const OutboundMessage& outbound, const Moment& now) {
    Message message;
    message.channel = outbound.channel;
    message.direction = Direction::outbound;
    message.role = outbound.role;
    message.from = outbound.from;
    message.to = outbound.to;
    message.priority = outbound.priority;
    message.metadata = outbound.metadata;
    message.retry_of = outbound.retry_of;
    message.send_at = outbound.send_at;
    message.expires_at = outbound.expires_at;
    message.created_at = now.wall;
    message.updated_at = now.wall;
    if (outbound.expires_at) return message;
    // A lifetime counts from the first moment at which the message may go.
    const bool may_go = !outbound.send_at || *outbound.send_at <= now.wall;
    if (may_go) message.lives_until = now.store + outbound.lifetime;
    message.expires_at = (may_go ? now.wall : *outbound.send_at) + outbound.lifetime;
    return message;
}

}  // namespace

std::vector<Message> messages_of(const OutboundMessage& outbound, const Moment& now) {
    std::vector<OutboundPiece> pieces = outbound.pieces;
    if (pieces.empty()) pieces.push_back({outbound.content, outbound.encoding, outbound.segments});
    std::vector<Message> messages;
    messages.reserve(pieces.size());
    for (OutboundPiece& piece : pieces) {
        Message& message = messages.emplace_back(common_of(outbound, now));
        message.content = std::move(piece.content);
        message.encoding = std::move(piece.encoding);
        message.segments = piece.segments;
        if (pieces.size() > 1)
            message.group = MessageGroup{.id = {},
                                         .part = static_cast<std::int32_t>(messages.size()),
                                         .parts = static_cast<std::int32_t>(pieces.size())};
    }
    for (const std::string& url : outbound.media_urls) messages.front().media.push_back({url, {}});
    return messages;
}

}  // namespace jackgw::conversations
