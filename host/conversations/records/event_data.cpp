#include "conversations/records/event_data.h"

#include <algorithm>

#include "conversations/records/json_object.h"

namespace jackgw::conversations::event_data {

std::string guest_created(const Identity& identity) {
    return JsonObject{}.add("channel", identity.channel).add("address", identity.address).text();
}

std::string conversation_created(const Conversation& conversation) {
    return JsonObject{}
        .add("channel", conversation.channel)
        .add("state", to_string(conversation.state))
        .text();
}

std::string conversation_state(ConversationState from, ConversationState to) {
    return JsonObject{}.add("from", to_string(from)).add("to", to_string(to)).text();
}

std::string conversation_message(const Message& message) {
    JsonObject data;
    data.add("channel", message.channel)
        .add("direction", to_string(message.direction))
        .add("role", to_string(message.role));
    if (message.consent) data.add("consent", to_string(*message.consent));
    data.add_if_set("retryOf", message.retry_of);
    if (message.group)
        data.add("groupId", message.group->id)
            .add("part", std::int64_t{message.group->part})
            .add("parts", std::int64_t{message.group->parts});
    return data.text();
}

std::string message_status(const Message& message) {
    const Delivery& delivery = message.delivery;
    JsonObject data;
    data.add("channel", message.channel)
        .add("deliveryStatus", to_string(delivery.state))
        .add_if_set("providerStatus", delivery.provider_status)
        .add_if_set("providerMessageId", message.provider_message_id)
        .add_if_set("errorCode", delivery.error_code);
    if (delivery.provider_error_code != 0)
        data.add("providerErrorCode", std::int64_t{delivery.provider_error_code});
    return data.text();
}

std::string guest_consent(const Consent& consent) {
    const bool whole = std::ranges::find(consent.scopes, whole_channel) != consent.scopes.end();
    JsonObject data;
    data.add("kind", to_string(consent.kind)).add("channel", consent.channel).add("address", consent.address);
    if (whole)
        data.add_null("scopes");
    else
        data.add("scopes", consent.scopes);
    return data.add("source", consent.source)
        .add_if_set("keyword", consent.keyword)
        .add_if_set("recordedBy", consent.recorded_by)
        .text();
}

std::string message_report(const store::StatusUpdate& update) {
    const DeliveryReport& report = update.report;
    JsonObject data;
    data.add("channel", update.channel)
        .add("providerMessageId", update.provider_message_id)
        .add("providerStatus", report.provider_status);
    if (report.state) data.add("deliveryStatus", to_string(*report.state));
    data.add_if_set("attemptId", update.attempt_id).add_if_set("errorCode", report.error_code);
    if (report.provider_error_code != 0)
        data.add("providerErrorCode", std::int64_t{report.provider_error_code});
    return data.add("raw", update.raw).text();
}

}  // namespace jackgw::conversations::event_data
