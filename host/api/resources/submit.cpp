#include "api/resources/submit.h"

#include <algorithm>

#include "api/model_json.h"

namespace jackgw::api {

std::optional<Role> parse_author(std::string_view text) {
    const auto role = parse_role(text);
    return role == Role::ai || role == Role::staff ? role : std::nullopt;
}

conversations::SubmitRequest read_message(const Call& call, const Body& body) {
    conversations::SubmitRequest request;
    request.within = call.caller.scope;
    request.content = body.text("content").value_or("");
    request.media_urls = body.texts("mediaUrls");
    request.role = body.word<Role>("role", parse_author, "ai, staff").value_or(Role::staff);
    request.priority = body.word<Priority>("priority", parse_priority, "urgent, high, standard, low")
                           .value_or(Priority::standard);
    request.send_at = body.time("sendAt");
    request.expires_at = body.time("expiresAt");
    request.from = body.text("from").value_or("");
    request.metadata = body.object("metadata", max_metadata_bytes).value_or("");
    return request;
}

IdempotencyKey read_idempotency_key(const Call& call, std::string_view content) {
    const auto key = call.request.header("Idempotency-Key");
    if (!key) return {};
    const bool printable =
        std::ranges::all_of(*key, [](char letter) { return letter >= 0x20 && letter < 0x7f; });
    if (key->empty() || key->size() > 255 || !printable)
        throw invalid("Idempotency-Key", "Idempotency-Key must have 1 to 255 printable ASCII characters");
    return {std::string(*key), to_hex(sha256(call.request.path + "\n" + std::string(content)))};
}

void read_idempotency_key(const Call& call, std::string_view content, conversations::SubmitRequest& request) {
    auto [key, hash] = read_idempotency_key(call, content);
    if (key.empty()) return;
    request.idempotency_key = std::move(key);
    request.idempotency_owner = call.caller.name;
    request.request_hash = std::move(hash);
}

conversations::SubmitRequest retry_request(const Message& failed, const store::Scope& within) {
    conversations::SubmitRequest request;
    request.within = within;
    request.channel = failed.channel;
    request.to = failed.to;
    request.from = failed.from;
    request.role = failed.role;
    request.content = failed.content;
    for (const Media& media : failed.media) request.media_urls.push_back(media.url);
    request.priority = failed.priority;
    request.metadata = failed.metadata;
    request.retry_of = failed.id;
    return request;
}

http::Response submit(conversations::Submission& submission, const conversations::SubmitRequest& request) {
    return submitted(submission.submit(request));
}

http::Response submitted(const std::variant<conversations::Submitted, conversations::Refusal>& result) {
    if (const auto* refusal = std::get_if<conversations::Refusal>(&result)) throw to_error(*refusal);
    const auto& taken = std::get<conversations::Submitted>(result);
    const Message& first = taken.stored.messages.front();
    JsonObject object = with_parts(first, taken.stored.messages);
    object->set("truncated", taken.truncated);
    object->set("warnings", strings(taken.warnings));
    http::Response response = data_response(object, 202);
    response.headers.push_back({"Location", "/api/v1/messages/" + first.id});
    if (taken.stored.repeated) response.headers.push_back({"Idempotency-Replayed", "true"});
    return response;
}

JsonObject with_parts(const Message& message, const std::vector<Message>& parts) {
    JsonObject object = to_json(message);
    object->set("parts", message.group ? to_json_array(parts) : new_array());
    return object;
}

ApiError to_error(const conversations::Refusal& refusal) {
    using conversations::RefusalKind;
    switch (refusal.kind) {
        case RefusalKind::not_found:
            return not_found(refusal.message);
        case RefusalKind::conflict:
            return conflict(refusal.code, refusal.message).about_message(refusal.message_id);
        case RefusalKind::unavailable:
            return unavailable(refusal.code, refusal.message, refusal.field);
        case RefusalKind::invalid:
        case RefusalKind::opted_out:
            break;
    }
    return {422, refusal.code, refusal.message, refusal.field};
}

}  // namespace jackgw::api
