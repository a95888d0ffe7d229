#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/message.h"
#include "store/scope.h"
#include "store/seam/transaction.h"

namespace jackgw::conversations {

/// The columns that read_message() expects, in its order.
inline constexpr std::string_view message_columns =
    "seq, id, conversation_id, guest_id, channel, direction, role, content, media_count, sender, recipient,"
    " priority, delivery_state, concluded_by_us, provider_status, error_code, provider_error_code,"
    " error_message, retryable, provider_message_id, segments, encoding, metadata, raw, consent, send_at,"
    " expires_at, created_at, updated_at, group_id, part, parts, retry_of, retried_by, resends,"
    " lives_until, discarded_at";

/// The message of the statement's row, its media with it.
Message read_message(store::Session& session, const store::Statement& row);

std::optional<Message> load_message(store::Session& session, std::string_view id,
                                    const store::Scope& within = {});
std::optional<Message> load_message(store::Session& session, std::int64_t seq);

/// The message, which nobody else changes until the transaction ends.
std::optional<Message> lock_message(store::Transaction& transaction, std::string_view id);
std::optional<Message> lock_message(store::Transaction& transaction, std::int64_t seq);

/// The parts of a long text, in their order.
std::vector<Message> load_group(store::Session& session, std::string_view group_id,
                                const store::Scope& within = {});

void insert_message(store::Transaction& transaction, const Message& message);

}  // namespace jackgw::conversations
