#include "api/resources/messages.h"

#include "api/model_json.h"
#include "api/resources/submit.h"

namespace jackgw::api {

MessagesResource::MessagesResource(store::Readers& readers, store::Desk& desk,
                                   conversations::Submission& submission, const ChannelDirectory& channels)
    : readers_(readers), desk_(desk), submission_(submission), channels_(channels) {}

Routes MessagesResource::routes() {
    return {
        {"POST", "/messages", Access::agent, [this](const Call& call) { return post(call); }},
        {"POST", "/messages/preview", Access::agent, [this](const Call& call) { return preview(call); }},
        {"GET", "/messages/{id}", Access::reader, [this](const Call& call) { return get(call); }},
        {"POST", "/messages/{id}/retry", Access::agent, [this](const Call& call) { return retry(call); }},
        {"POST", "/messages/{id}/cancel", Access::agent, [this](const Call& call) { return cancel(call); }},
    };
}

http::Response MessagesResource::post(const Call& call) {
    const Body body(call.request, {"channel", "to", "content", "mediaUrls", "role", "priority", "sendAt",
                                   "expiresAt", "from", "metadata"});
    conversations::SubmitRequest request = read_message(call, body);
    request.channel = body.required_text("channel");
    request.to = body.required_text("to");
    read_idempotency_key(call, body.canonical(), request);
    return submit(submission_, request);
}

http::Response MessagesResource::preview(const Call& call) {
    const Body body(call.request, {"channel", "content", "mediaUrls"});
    const auto result = submission_.preview(body.required_text("channel"), body.text("content").value_or(""),
                                            body.texts("mediaUrls"), call.caller.scope);
    if (const auto* refusal = std::get_if<conversations::Refusal>(&result)) throw to_error(*refusal);
    return data_response(to_json(std::get<Mapped>(result)));
}

http::Response MessagesResource::get(const Call& call) {
    const Message message = find(call);
    JsonObject object = show(call, message);
    object->set("waiting", waiting(call, message));
    object->set("attempts", to_json_array(readers_.attempts(message.id, call.caller.scope)));
    object->set("events", to_json_array(readers_.message_events(message.id, call.caller.scope)));
    return data_response(object);
}

http::Response MessagesResource::retry(const Call& call) {
    expect_no_body(call.request);
    // First of all: the message that a repeated request is about may not be failed any more.
    conversations::SubmitRequest keyed;
    keyed.within = call.caller.scope;
    read_idempotency_key(call, "", keyed);
    if (const auto earlier = submission_.replay(keyed)) return submitted(*earlier);
    const Message failed = find(call);
    if (failed.direction != Direction::outbound || failed.delivery.state != DeliveryState::failed)
        throw conflict("NOT_FAILED", "Only a failed message can be retried; this one is " +
                                         std::string(to_string(failed.delivery.state)));
    conversations::SubmitRequest request = retry_request(failed, call.caller.scope);
    read_idempotency_key(call, "", request);
    return submit(submission_, request);
}

http::Response MessagesResource::cancel(const Call& call) {
    expect_no_body(call.request);
    const Message message = find(call);
    if (!desk_.cancel(message.id))
        throw conflict("NOT_WAITING",
                       "Only a message that waits in the outbox can be canceled; this one is " +
                           std::string(to_string(message.delivery.state)) + " or is being sent right now");
    return data_response(show(call, find(call)));
}

Poco::Dynamic::Var MessagesResource::waiting(const Call& call, const Message& message) {
    if (message.direction != Direction::outbound) return {};
    const std::optional<store::Waiting> waiting = readers_.waiting(message.id, call.caller.scope);
    if (!waiting) return {};
    const bool ready = channels_.sender(message.channel) != nullptr;
    return to_json(*waiting, ready);
}

JsonObject MessagesResource::show(const Call& call, const Message& message) {
    return with_parts(message, message.group ? readers_.group(message.group->id, call.caller.scope)
                                             : std::vector<Message>{});
}

Message MessagesResource::find(const Call& call) {
    auto message = readers_.message(id_of(call, "message"), call.caller.scope);
    if (!message) throw not_found("There is no message of this id");
    return *std::move(message);
}

}  // namespace jackgw::api
