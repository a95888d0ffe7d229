#include "conversations/rules/incoming.h"

namespace jackgw::conversations {

Message message_of(const InboundMessage& inbound) {
    Message message;
    message.channel = inbound.channel;
    message.direction = Direction::inbound;
    message.role = Role::guest;
    message.content = inbound.content;
    message.media = inbound.media;
    message.from = inbound.from;
    message.to = inbound.to;
    message.delivery.state = DeliveryState::received;
    message.delivery.provider_status = inbound.provider_status;
    message.provider_message_id = inbound.provider_message_id;
    message.segments = inbound.segments;
    message.encoding = inbound.encoding;
    message.raw = inbound.raw;
    if (inbound.consent) message.consent = inbound.consent->kind;
    message.created_at = inbound.received_at;
    message.updated_at = inbound.received_at;
    return message;
}

}  // namespace jackgw::conversations
