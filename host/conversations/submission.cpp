#include "conversations/submission.h"

#include <algorithm>

namespace jackgw::conversations {

namespace {

Refusal invalid(std::string field, std::string code, std::string message) {
    return {RefusalKind::invalid, std::move(field), std::move(code), std::move(message)};
}

Refusal not_ready(const std::string& channel) {
    return {RefusalKind::unavailable, "channel", "CHANNEL_UNAVAILABLE",
            "The channel \"" + channel + "\" is not ready now; try again later"};
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n\v\f") == std::string_view::npos;
}

/// What is wrong with the times that were named. An expiry is compared with the first moment at which the
/// message may go.
std::optional<Refusal> check_times(const SubmitRequest& request, Timestamp now) {
    const Timestamp horizon = now + Submission::horizon;
    if (request.send_at && *request.send_at > horizon)
        return invalid("sendAt", "VALIDATION_FAILED",
                       "sendAt " + to_iso8601(*request.send_at) + " lies more than a year ahead");
    const Timestamp earliest = std::max(now, request.send_at.value_or(now));
    if (!request.expires_at) return std::nullopt;
    if (*request.expires_at <= earliest)
        return invalid("expiresAt", "VALIDATION_FAILED",
                       "expiresAt " + to_iso8601(*request.expires_at) +
                           " is not after the first moment at which the message may go, " +
                           to_iso8601(earliest));
    if (*request.expires_at > earliest + Submission::horizon)
        return invalid("expiresAt", "VALIDATION_FAILED",
                       "expiresAt " + to_iso8601(*request.expires_at) + " lies more than a year ahead");
    return std::nullopt;
}

std::int32_t sane_segments(std::uint32_t segments) {
    return static_cast<std::int32_t>(std::clamp<std::uint32_t>(segments, 1, 10'000));
}

Refusal explain(store::EnqueueRefusal refusal) {
    using store::EnqueueRefusal;
    switch (refusal) {
        case EnqueueRefusal::opted_out:
            return {RefusalKind::opted_out, "to", "UNSUBSCRIBED",
                    "The guest has opted out of messages from this sender; they can write START to get "
                    "messages again"};
        case EnqueueRefusal::opted_out_by_staff:
            return {
                RefusalKind::opted_out, "to", "UNSUBSCRIBED",
                "Staff has recorded that the guest wants no more messages on this channel; they can write "
                "START to get messages from this sender again, or tell staff, who records an opt_in then"};
        case EnqueueRefusal::no_conversation:
            return {RefusalKind::not_found, "", "NOT_FOUND", "There is no such conversation"};
        case EnqueueRefusal::conversation_closed:
            return {RefusalKind::conflict, "", "CONVERSATION_CLOSED",
                    "The conversation is closed; write to the guest's address to begin a new one"};
        case EnqueueRefusal::not_failed:
            return {RefusalKind::conflict, "", "NOT_FAILED", "Only a failed message can be retried"};
        case EnqueueRefusal::idempotency_conflict:
            break;
    }
    return {RefusalKind::conflict, "", "IDEMPOTENCY_CONFLICT",
            "The Idempotency-Key was used with another request; use a new key for a new message"};
}

Refusal explain(const store::Retried& retried) {
    return {RefusalKind::conflict, "", "RETRIED",
            "It has been sent anew already: the last that was made of it, " + retried.by + ", is " +
                std::string(to_string(retried.state)) +
                (retried.state == DeliveryState::failed ? "; retry that one" : ""),
            retried.by};
}

}  // namespace

Submission::Submission(store::Readers& readers, store::Desk& desk, const ChannelDirectory& channels,
                       const Clock& clock, std::chrono::microseconds expiry)
    : readers_(readers), desk_(desk), channels_(channels), clock_(clock), expiry_(expiry) {}

std::variant<Submitted, Refusal> Submission::submit(const SubmitRequest& request) {
    if (auto earlier = replay(request)) return *std::move(earlier);
    auto result = judge_and_store(request);
    // The same request may have been taken while this one was judged: by a caller who didn't wait.
    if (std::holds_alternative<Refusal>(result))
        if (auto earlier = replay(request)) return *std::move(earlier);
    return result;
}

std::optional<std::variant<Submitted, Refusal>> Submission::replay(const SubmitRequest& request) {
    if (request.idempotency_key.empty()) return std::nullopt;
    auto found = desk_.find_request(request.idempotency_owner, request.idempotency_key, request.request_hash,
                                    request.within);
    if (!found) return std::nullopt;
    if (const auto* refusal = std::get_if<store::EnqueueRefusal>(&*found)) return explain(*refusal);
    Submitted submitted{.stored = std::get<store::Enqueued>(*std::move(found)), .warnings = {}};
    const Message& first = submitted.stored.messages.front();
    const auto mapped =
        map(first.channel, {.to = first.to,
                            .from = first.from,
                            .content = request.content.empty() ? first.content : request.content,
                            .media_urls = request.media_urls,
                            .preview = false,
                            .reply_from = first.from});
    if (const auto* said = std::get_if<Mapped>(&mapped)) {
        submitted.truncated = said->truncated;
        submitted.warnings = said->warnings;
    }
    return submitted;
}

std::variant<Submitted, Refusal> Submission::judge_and_store(const SubmitRequest& request) {
    OutboundMessage message;
    message.channel = request.channel;
    message.conversation_id = request.conversation_id;
    Draft draft{.to = request.to,
                .from = request.from,
                .content = request.content,
                .media_urls = request.media_urls,
                .preview = false};
    if (!request.conversation_id.empty()) {
        const auto conversation = readers_.conversation(request.conversation_id, request.within);
        if (!conversation) return explain(store::EnqueueRefusal::no_conversation);
        message.channel = conversation->channel;
        draft.to = conversation->guest_address;
        draft.reply_from = conversation->gateway_address;
    }

    if (auto refusal = check_times(request, clock_.now())) return *std::move(refusal);

    auto mapped = map(message.channel, std::move(draft), request.within);
    if (auto* refusal = std::get_if<Refusal>(&mapped)) return std::move(*refusal);
    if (auto refusal = check_media(message.channel, request.media_urls)) return *std::move(refusal);

    auto& result = std::get<Mapped>(mapped);
    message.to = std::move(result.to);
    message.from = std::move(result.from);
    message.role = request.role;
    message.content = std::move(result.content);
    message.media_urls = request.media_urls;
    message.encoding = std::move(result.encoding);
    message.segments = sane_segments(result.segments);
    for (Piece& piece : result.pieces)
        message.pieces.push_back(
            {std::move(piece.content), std::move(piece.encoding), sane_segments(piece.segments)});
    message.priority = request.priority;
    message.send_at = request.send_at;
    message.expires_at = request.expires_at;
    message.lifetime = expiry_;
    message.metadata = request.metadata;
    message.retry_of = request.retry_of;
    message.idempotency_key = request.idempotency_key;
    message.idempotency_owner = request.idempotency_owner;
    message.request_hash = request.request_hash;

    auto enqueued = desk_.enqueue(message);
    if (const auto* refusal = std::get_if<store::EnqueueRefusal>(&enqueued)) return explain(*refusal);
    if (const auto* retried = std::get_if<store::Retried>(&enqueued)) return explain(*retried);
    return Submitted{std::get<store::Enqueued>(std::move(enqueued)), result.truncated,
                     std::move(result.warnings)};
}

std::variant<Mapped, Refusal> Submission::preview(const std::string& channel, const std::string& content,
                                                  const std::vector<std::string>& media_urls,
                                                  const store::Scope& within) const {
    return map(channel, {.to = {}, .from = {}, .content = content, .media_urls = media_urls, .preview = true},
               within);
}

std::string Submission::answer_sender(const Conversation& conversation) const {
    // What it says makes no difference to where it goes from.
    const auto mapped = map(conversation.channel, {.to = conversation.guest_address,
                                                   .from = {},
                                                   .content = "?",
                                                   .media_urls = {},
                                                   .preview = false,
                                                   .reply_from = conversation.gateway_address});
    const auto* answer = std::get_if<Mapped>(&mapped);
    return answer == nullptr || answer->from.empty() ? conversation.gateway_address : answer->from;
}

std::string Submission::reply_from(const Mapper& mapper, const std::string& channel,
                                   const std::string& to) const {
    const auto address = mapper.normalize_address(to);
    // Why it is none is told when it is mapped.
    if (!std::holds_alternative<std::string>(address)) return {};
    const auto conversation = readers_.open_conversation(channel, std::get<std::string>(address));
    return conversation ? conversation->gateway_address : std::string{};
}

std::variant<Mapped, Refusal> Submission::map(const std::string& channel, Draft draft,
                                              const store::Scope& within) const {
    if (!channels_.known(channel) || !within.includes(channels_.property(channel)))
        return invalid("channel", "VALIDATION_FAILED", "There is no enabled channel \"" + channel + "\"");
    if (is_blank(draft.content) && draft.media_urls.empty())
        return invalid("content", "VALIDATION_FAILED",
                       "A message needs content or media: content is empty and mediaUrls names nothing");
    // Held in here only: it keeps the channel's plugin from being retired.
    const auto mapper = channels_.mapper(channel);
    if (!mapper) return not_ready(channel);
    if (!draft.preview && draft.reply_from.empty()) draft.reply_from = reply_from(*mapper, channel, draft.to);
    auto mapped = mapper->map(draft);
    if (auto* problem = std::get_if<Problem>(&mapped))
        return invalid(std::move(problem->field), std::move(problem->code), std::move(problem->message));
    return std::get<Mapped>(std::move(mapped));
}

std::optional<Refusal> Submission::check_media(const std::string& channel,
                                               const std::vector<std::string>& urls) const {
    if (urls.empty()) return std::nullopt;
    const auto media = channels_.media(channel);
    if (!media) return not_ready(channel);
    auto problem = media->check(urls);
    if (!problem) return std::nullopt;
    return invalid(std::move(problem->field), std::move(problem->code), std::move(problem->message));
}

}  // namespace jackgw::conversations
