#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.h"
#include "model/attempt.h"
#include "model/media.h"
#include "model/problem.h"

namespace jackgw {

/// A message to hand to the provider now.
struct Outgoing {
    std::string message_id;
    std::string attempt_id;
    std::string from;
    std::string to;
    std::string content;
    std::vector<std::string> media_urls;
    Timestamp expires_at{};
    /// From then on somebody else may take the attempt for lost: no request may run longer.
    BootTime lease_ends = BootTime::max();
};

/// A message that the provider has, and about which it hasn't said the last word.
struct SentMessage {
    std::string message_id;
    std::string provider_message_id;
    std::string from;
    std::string to;
};

/// What asking the provider about a message came to. What it said, if it answered, is stored already.
enum class LookUp {
    answered,
    failed,        ///< it can't tell, and asking again at once is no use
    unavailable,   ///< it takes no questions for now
    not_supported  ///< it can't be asked
};

std::string_view to_string(LookUp look_up);

/// An attempt whose outcome is unknown, and whose settling delay is over.
struct DoubtfulAttempt {
    std::string message_id;
    std::string attempt_id;
    std::string from;
    std::string to;
    std::string content;
    std::vector<std::string> media_urls;
    Timestamp started_at{};  ///< between these two the provider got it, if it did
    Timestamp ended_at{};
};

/// What the provider says about a doubtful attempt; see ext/reconcile.h for the meaning of each.
enum class Reconciliation { taken, absent, cant_tell, unavailable, not_supported };

std::string_view to_string(Reconciliation reconciliation);

struct ReconcileResult {
    Reconciliation kind = Reconciliation::not_supported;
    /// Taken: what an accepting answer would have said, kind, id, state and all.
    Outcome outcome{};
    std::string reason;  ///< can't tell, unavailable: why, in words
};

/// Whose a message of the provider's is: that attempt's which began then.
struct ProviderMessageOwner {
    Timestamp attempt_started_at{};
};

/// Knows the provider's messages that attempts of ours own. Safe from any thread.
class ProviderMessages {
  public:
    virtual ~ProviderMessages() = default;

    /// Nothing: none of our attempts owns it, as far as is known. Throws what the store throws.
    virtual std::optional<ProviderMessageOwner> provider_message_owner(
        std::string_view channel, std::string_view provider_message_id) = 0;
};

struct LookUpResult {
    LookUp kind = LookUp::not_supported;
    std::string error;  ///< failed, unavailable: why, in words
};

/// Hands messages of one channel to its provider. Safe from any thread.
class Sender {
  public:
    virtual ~Sender() = default;

    /// Makes exactly one attempt; blocks for as long as it takes, at most a minute. Never throws: whatever
    /// goes wrong is an outcome.
    virtual Outcome send(const Outgoing& message) = 0;

    /// Asks the provider what became of a message; blocks for a minute at most. Never throws.
    virtual LookUpResult look_up(const SentMessage& message) = 0;

    /// Asks the provider whether it took an attempt; blocks for a minute at most. Never throws.
    virtual ReconcileResult reconcile(const DoubtfulAttempt& attempt) = 0;

    /// The account at the provider that sends for one of our senders; empty: the channel has one. Quick.
    virtual std::string account_of(std::string_view sender) = 0;
};

struct Draft {
    std::string to;
    std::string from;  ///< empty: the channel's default sender
    std::string content;
    std::vector<std::string> media_urls;
    bool preview = false;      ///< look at content and media only
    std::string reply_from{};  ///< ours that answers go from where `from` is empty; empty: not known
};

/// One of the messages that a long text becomes.
struct Piece {
    std::string content;
    std::string encoding;
    std::uint32_t units = 0;
    std::uint32_t segments = 1;
};

/// What the provider makes of a character on its way.
struct Replacement {
    std::string written;
    std::string sent;
};

struct Mapped {
    std::string to;
    std::string from;
    std::string content;
    std::string encoding;
    std::uint32_t units = 0;
    std::uint32_t segments = 1;
    bool truncated = false;
    std::vector<std::string> parts;
    std::vector<std::string> warnings;
    std::vector<Piece> pieces;  ///< at least two; empty: it is one message
    std::vector<Replacement> replacements;
    std::uint32_t code_points = 0;  ///< 0: not told
};

/// A channel's knowledge of addresses, lengths and media. Pure; safe from any thread.
class Mapper {
  public:
    virtual ~Mapper() = default;
    virtual std::variant<Mapped, Problem> map(const Draft& draft) const = 0;
    virtual std::variant<std::string, Problem> normalize_address(std::string_view address) const = 0;
};

/// Finds what a channel can do at this moment. What it returns keeps the channel's plugin alive: hold it for
/// one piece of work, not longer. Safe from any thread.
class ChannelDirectory {
  public:
    virtual ~ChannelDirectory() = default;

    /// True if the channel is configured and enabled, ready or not.
    virtual bool known(std::string_view channel) const = 0;
    /// Id of the property that the channel belongs to, enabled or not; empty: no such channel.
    virtual std::string property(std::string_view channel) const = 0;
    /// Null: no such channel, or not ready now.
    virtual std::shared_ptr<Sender> sender(std::string_view channel) const = 0;
    virtual std::shared_ptr<const Mapper> mapper(std::string_view channel) const = 0;
    virtual std::shared_ptr<MediaAccess> media(std::string_view channel) const = 0;
};

}  // namespace jackgw
