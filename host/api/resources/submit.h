#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "api/body.h"
#include "api/error.h"
#include "api/route.h"
#include "conversations/submission.h"

namespace jackgw::api {

/// Longest metadata, as compact JSON.
inline constexpr std::size_t max_metadata_bytes = std::size_t{16} * 1024;

/// Who acts through the API: "ai" or "staff". Guests don't, and `system` is for the gateway itself.
std::optional<Role> parse_author(std::string_view text);

/// Reads what all ways to write a message have in common: content, mediaUrls, role, priority, sendAt,
/// expiresAt, from, metadata; and within what the caller may write.
conversations::SubmitRequest read_message(const Call& call, const Body& body);

/// The header Idempotency-Key, and what tells two requests under one key apart. Empty: there is none.
struct IdempotencyKey {
    std::string key;
    std::string request_hash;
};

/// Reads a key of 1 to 255 visible ASCII characters; `content` is the request's body in one form. Throws
/// ApiError 422.
IdempotencyKey read_idempotency_key(const Call& call, std::string_view content);

/// Takes the key over, if there is one.
void read_idempotency_key(const Call& call, std::string_view content, conversations::SubmitRequest& request);

/// What sends a failed message anew: by address and not into the old conversation, which may be closed by
/// now.
conversations::SubmitRequest retry_request(const Message& failed, const store::Scope& within);

/// The message with all messages of its long text under `parts`; an empty list where it stands alone.
JsonObject with_parts(const Message& message, const std::vector<Message>& parts);

/// 202 with the message, as `submit` answers.
http::Response submitted(const std::variant<conversations::Submitted, conversations::Refusal>& result);

/// Stores the message: 202 with it, the parts of a long text, and the channel's warnings. A repeated key is
/// answered with the earlier message and the header Idempotency-Replayed.
http::Response submit(conversations::Submission& submission, const conversations::SubmitRequest& request);

ApiError to_error(const conversations::Refusal& refusal);

}  // namespace jackgw::api
