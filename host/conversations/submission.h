#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/defaults.h"
#include "base/time.h"
#include "model/channel.h"
#include "model/message.h"
#include "store/desk.h"
#include "store/readers.h"

namespace jackgw::conversations {

/// A message as somebody of the hotel wants it sent.
struct SubmitRequest {
    store::Scope within{};        ///< whose channels and conversations may be named
    std::string channel;          ///< empty where conversation_id is given
    std::string conversation_id;  ///< empty: the guest's open conversation on the channel, or a new one
    std::string to;               ///< as typed; the conversation's guest where conversation_id is given
    std::string from;             ///< as typed; empty: the channel's default sender
    Role role = Role::staff;
    std::string content;
    std::vector<std::string> media_urls;
    Priority priority = Priority::standard;
    std::optional<Timestamp> send_at;
    std::optional<Timestamp> expires_at;
    std::string metadata;           ///< JSON object as text; empty: none
    std::string retry_of;           ///< the failed message that this one is made of; empty: none
    std::string idempotency_key;    ///< empty: none
    std::string idempotency_owner;  ///< whose key it is
    std::string request_hash;       ///< tells two requests under one key apart
};

enum class RefusalKind {
    invalid,      ///< the request itself is wrong: `field` says where
    not_found,    ///< the conversation doesn't exist
    conflict,     ///< not in the present state
    opted_out,    ///< the guest doesn't want messages
    unavailable,  ///< the channel isn't ready now; the same request may work later
};

/// Why a message was not taken. Nothing was stored.
struct Refusal {
    RefusalKind kind = RefusalKind::invalid;
    std::string field;         ///< as the API names it: "to", "content", …; empty: none in particular
    std::string code;          ///< UPPER_SNAKE_CASE
    std::string message;       ///< for people
    std::string message_id{};  ///< of the message that stands in the way; empty: none does
};

/// A message that was taken, with what its sender should know.
struct Submitted {
    store::Enqueued stored;
    bool truncated = false;             ///< content was cut to fit
    std::vector<std::string> warnings;  ///< in words
};

/// A message to a guest: the channel's mapper first, then what the channel has to ask of media's servers,
/// then the store. Either may take its time, so neither runs inside a transaction. Safe from any thread.
/// Throws what the store throws.
class Submission {
  public:
    /// How far ahead a message may be scheduled, and how long it may be kept waiting.
    static constexpr std::chrono::days horizon{366};

    Submission(store::Readers& readers, store::Desk& desk, const ChannelDirectory& channels,
               const Clock& clock, std::chrono::microseconds expiry = defaults::expiry);

    /// Stores the message for sending; durable when it returns. Where no sender is named, it goes from the
    /// address that the guest's open conversation is kept with, as far as the channel can send from it. A
    /// request that was taken under its key before is answered by `replay`, and judged by nothing else.
    std::variant<Submitted, Refusal> submit(const SubmitRequest& request);

    /// What the request came to if it was taken before under its key, or a refusal if the key was used for
    /// another one; nothing: it is new. What was taken stays taken, whatever time, config and the world have
    /// made of the same request since: so this comes before all that depends on them. Of the request only key
    /// and scope are read, and what the channel warns of is said anew as far as it still can be.
    std::optional<std::variant<Submitted, Refusal>> replay(const SubmitRequest& request);

    /// What the channel would make of a text, without sending anything.
    std::variant<Mapped, Refusal> preview(const std::string& channel, const std::string& content,
                                          const std::vector<std::string>& media_urls,
                                          const store::Scope& within = {}) const;

    /// Our address or service that an answer in the conversation would go from, if no sender is named.
    std::string answer_sender(const Conversation& conversation) const;

  private:
    std::variant<Submitted, Refusal> judge_and_store(const SubmitRequest& request);
    std::variant<Mapped, Refusal> map(const std::string& channel, Draft draft,
                                      const store::Scope& within = {}) const;
    /// What the open conversation of the guest is kept with; empty: there is none.
    std::string reply_from(const Mapper& mapper, const std::string& channel, const std::string& to) const;
    std::optional<Refusal> check_media(const std::string& channel,
                                       const std::vector<std::string>& urls) const;

    store::Readers& readers_;
    store::Desk& desk_;
    const ChannelDirectory& channels_;
    const Clock& clock_;
    std::chrono::microseconds expiry_;
};

}  // namespace jackgw::conversations
