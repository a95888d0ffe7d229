#include "api/resources/conversations.h"

#include "api/model_json.h"
#include "api/paging.h"
#include "api/resources/submit.h"

namespace jackgw::api {

namespace {

struct Action {
    const char* path;
    ConversationEvent event;
};

constexpr Action actions[] = {
    {"/conversations/{id}/escalate", ConversationEvent::escalate},
    {"/conversations/{id}/resolve", ConversationEvent::resolve},
    {"/conversations/{id}/reopen", ConversationEvent::reopen},
    {"/conversations/{id}/close", ConversationEvent::close},
};

}  // namespace

ConversationsResource::ConversationsResource(store::Readers& readers, store::Desk& desk,
                                             conversations::Submission& submission)
    : readers_(readers), desk_(desk), submission_(submission) {}

Routes ConversationsResource::routes() {
    Routes routes{
        {"GET", "/conversations", Access::reader, [this](const Call& call) { return list(call); }},
        {"GET", "/conversations/{id}", Access::reader, [this](const Call& call) { return get(call); }},
        {"GET", "/conversations/{id}/messages", Access::reader,
         [this](const Call& call) { return messages(call); }},
        {"POST", "/conversations/{id}/messages", Access::agent,
         [this](const Call& call) { return post_message(call); }},
    };
    for (const auto& [path, event] : actions)
        routes.push_back({"POST", path, Access::agent,
                          [this, which = event](const Call& call) { return change(call, which); }});
    return routes;
}

http::Response ConversationsResource::list(const Call& call) {
    const Query query(call.request, {"state", "channel", "guestId", "q", "cursor", "limit"});
    store::ConversationFilter filter;
    if (const auto state = query.get("state")) {
        filter.state = parse_conversation_state(*state);
        if (!filter.state)
            throw invalid("state", "state must be one of new, active, escalated, resolved, closed");
    }
    filter.channel = query.get("channel").value_or("");
    filter.guest_id = query.get("guestId").value_or("");
    filter.text = query.get("q").value_or("");
    const SeqPage page = seq_page(query, CursorKind::conversations);
    const auto found = readers_.conversations(filter, page.after, page.limit, call.caller.scope);
    JsonArray items = new_array();
    for (const Conversation& conversation : found.items) items->add(show(conversation));
    return list_response(items, next_cursor(CursorKind::conversations, found.next));
}

http::Response ConversationsResource::get(const Call& call) {
    return data_response(show(find(call)));
}

http::Response ConversationsResource::messages(const Call& call) {
    const Query query(call.request, {"cursor", "limit"});
    const SeqPage page = seq_page(query, CursorKind::messages);
    const Conversation conversation = find(call);
    const auto found = readers_.messages(conversation.id, page.after, page.limit, call.caller.scope);
    return list_response(to_json_array(found.items), next_cursor(CursorKind::messages, found.next));
}

http::Response ConversationsResource::post_message(const Call& call) {
    const std::string id = id_of(call, "conversation");
    const Body body(call.request,
                    {"content", "mediaUrls", "role", "priority", "sendAt", "expiresAt", "from", "metadata"});
    conversations::SubmitRequest request = read_message(call, body);
    request.conversation_id = id;
    read_idempotency_key(call, body.canonical(), request);
    return submit(submission_, request);
}

http::Response ConversationsResource::change(const Call& call, ConversationEvent event) {
    expect_no_body(call.request);
    const std::string id = find(call).id;  // first of all: is it the caller's to change?
    const auto result = desk_.change_conversation(id, event);
    const Conversation conversation = find(call);
    if (result == store::Change::not_allowed)
        throw conflict("STATE_CONFLICT", "The conversation is " + std::string(to_string(conversation.state)) +
                                             ", which doesn't allow this");
    return data_response(show(conversation));
}

JsonObject ConversationsResource::show(const Conversation& conversation) {
    std::string sender = submission_.answer_sender(conversation);
    const bool opted_out = readers_.opted_out(conversation.channel, conversation.guest_address, sender);
    return to_json(conversation, {std::move(sender), opted_out});
}

Conversation ConversationsResource::find(const Call& call) {
    auto conversation = readers_.conversation(id_of(call, "conversation"), call.caller.scope);
    if (!conversation) throw not_found("There is no conversation of this id");
    return *std::move(conversation);
}

}  // namespace jackgw::api
