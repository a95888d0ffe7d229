#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/defaults.h"
#include "base/time.h"
#include "model/consent.h"
#include "model/delivery.h"

namespace jackgw {

enum class Direction { inbound, outbound };
enum class Role { guest, ai, staff, system };
enum class Priority { urgent, high, standard, low };

std::string_view to_string(Direction direction);
std::string_view to_string(Role role);
std::string_view to_string(Priority priority);
std::optional<Direction> parse_direction(std::string_view text);
std::optional<Role> parse_role(std::string_view text);
std::optional<Priority> parse_priority(std::string_view text);

struct Media {
    std::string url;
    std::string content_type;  ///< empty: not known
};

/// Names and values in the order in which they came, repeated names included.
using NameValues = std::vector<std::pair<std::string, std::string>>;

/// The place of a message among those that one long text became.
struct MessageGroup {
    std::string id;  ///< the first one's id
    std::int32_t part = 1;
    std::int32_t parts = 1;
};

struct Message {
    std::string id;
    std::int64_t seq = 0;  ///< given in the transaction that stored it: the order of messages, and a cursor
    std::string conversation_id;
    std::string guest_id;
    std::string channel;
    Direction direction = Direction::inbound;
    Role role = Role::guest;
    std::string content;
    std::vector<Media> media;
    std::string from;
    std::string to;
    Priority priority = Priority::standard;
    Delivery delivery;
    std::string provider_message_id;  ///< not empty: the provider has it
    std::int32_t segments = 0;
    std::string encoding;
    std::string metadata;                ///< JSON object of the caller, as text; empty: none
    NameValues raw;                      ///< inbound: all that the provider sent
    std::optional<ConsentKind> consent;  ///< inbound: the message was a keyword
    std::optional<MessageGroup> group;   ///< outbound: nothing where it stands alone
    std::string retry_of;      ///< outbound: the failed message that this one was made of; empty: none
    std::string retried_by;    ///< outbound: the latest one that was made of this one; empty: none
    std::int32_t resends = 0;  ///< outbound: how many the gateway made by itself on the way to this one
    std::optional<Timestamp> send_at;
    std::optional<Timestamp> expires_at;  ///< for showing where lives_until counts
    /// Outbound: until when it lives on the store's clock; nothing where somebody named an expiry, and as
    /// long as it may not go yet.
    std::optional<StoreTime> lives_until;
    std::optional<Timestamp> discarded_at;  ///< outbound: when it was taken off the list of failed ones
    Timestamp created_at{};
    Timestamp updated_at{};
};

/// A message from a guest, as a plugin reports it.
struct InboundMessage {
    std::string channel;
    std::string provider_message_id;
    std::string from;        ///< the guest's address, normalised
    std::string to;          ///< ours
    std::string reply_from;  ///< ours that an answer should come from; empty: `to`
    std::string content;
    std::string encoding;
    std::string provider_status;
    std::int32_t segments = 0;
    std::vector<Media> media;
    NameValues raw;
    std::optional<Consent> consent;
    Timestamp received_at{};
};

/// One of the messages that a long text becomes.
struct OutboundPiece {
    std::string content;
    std::string encoding;
    std::int32_t segments = 1;
};

/// A message to a guest, after the channel's mapper: addresses are normalised, the content fits.
struct OutboundMessage {
    std::string channel;
    std::string conversation_id;  ///< empty: the guest's open conversation on the channel, or a new one
    std::string to;
    std::string from;  ///< the sender; with the channel it names the lane
    Role role = Role::staff;
    std::string content;
    std::vector<std::string> media_urls;
    std::string encoding;
    std::int32_t segments = 1;
    /// A text that is too long for one message goes as these, in this order: content, encoding and segments
    /// above are then the whole's, media go with the first. Empty: it is one message.
    std::vector<OutboundPiece> pieces;
    Priority priority = Priority::standard;
    std::optional<Timestamp> send_at;
    std::optional<Timestamp> expires_at;  ///< as somebody named it, by the wall clock as it then stands
    /// How long it lives where nobody named an expiry, counted from the first moment at which it may go, on
    /// the store's clock.
    std::chrono::microseconds lifetime = defaults::expiry;
    std::string metadata;
    std::string retry_of;           ///< the failed message that this one is made of; empty: none
    std::string idempotency_key;    ///< empty: none. Unique with idempotency_owner
    std::string idempotency_owner;  ///< the API token's name
    std::string request_hash;       ///< of the request that carried the key
};

}  // namespace jackgw
