#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/attempt.h"
#include "model/consent.h"
#include "model/conversation.h"
#include "model/event.h"
#include "model/guest.h"
#include "model/message.h"
#include "store/failed_filter.h"
#include "store/page.h"
#include "store/scope.h"

namespace jackgw::store {

struct ConversationFilter {
    std::optional<ConversationState> state;
    std::string channel;   ///< empty: any
    std::string guest_id;  ///< empty: any
    std::string text;      ///< part of the guest's name or address, without regard to case; empty: any
};

/// What a message of the outbox waits for.
enum class WaitingFor {
    schedule,      ///< the time that somebody named
    quiet_hours,   ///< their end
    resend_delay,  ///< the wait before a message that wasn't delivered is sent anew
    retry,         ///< its next attempt, after the provider refused it for now
    settling,      ///< its outcome is unknown, or that of an earlier message to the same guest: not yet asked
    provider,      ///< its outcome is unknown until the provider tells
    earlier_message,  ///< one to the same guest goes before
    paused,           ///< by hand: its lane, its channel, or all
    held,             ///< a cause outside of the message
    rate              ///< nothing else: its turn, a token of the lane's rate, a worker
};

std::string_view to_string(WaitingFor what);

struct Waiting {
    WaitingFor what = WaitingFor::rate;
    Timestamp since{};
    std::optional<Timestamp> until;  ///< as far as it is known; held: the next probe
    std::string reason;              ///< held: why
};

/// What is stored, for those who look. Each function sees one moment, the latest commit or later; see Store
/// for what all of them throw and take. What is not within the scope is not found, as if it didn't exist;
/// pages are as long as if it didn't, too.
class Readers {
  public:
    virtual ~Readers() = default;

    virtual std::optional<Guest> guest(std::string_view id, const Scope& within = {}) = 0;
    virtual std::optional<Guest> guest_by_address(std::string_view channel, std::string_view address,
                                                  const Scope& within = {}) = 0;
    /// By id, ascending; `after` is the last one's id, empty at first.
    virtual std::vector<Guest> guests(std::string_view after, std::size_t limit,
                                      const Scope& within = {}) = 0;
    /// The ledger of a guest, oldest first.
    virtual std::vector<ConsentEntry> consents(std::string_view guest_id, const Scope& within = {}) = 0;
    /// True if the guest at the address wants no messages from one of our addresses or services; see
    /// opt_out_of.
    virtual bool opted_out(std::string_view channel, std::string_view address, std::string_view scope,
                           const Scope& within = {}) = 0;
    virtual std::optional<Conversation> conversation(std::string_view id, const Scope& within = {}) = 0;
    /// The conversation that isn't closed of the guest at the address.
    virtual std::optional<Conversation> open_conversation(std::string_view channel, std::string_view address,
                                                          const Scope& within = {}) = 0;
    /// Latest activity first; `after` is an activity_seq.
    virtual Page<Conversation> conversations(const ConversationFilter& filter,
                                             std::optional<std::int64_t> after, std::size_t limit,
                                             const Scope& within = {}) = 0;
    /// Oldest first; `after` is a message's seq.
    virtual Page<Message> messages(std::string_view conversation_id, std::optional<std::int64_t> after,
                                   std::size_t limit, const Scope& within = {}) = 0;
    virtual std::optional<Message> message(std::string_view id, const Scope& within = {}) = 0;
    /// The parts of a long text, in their order; empty: there is no such group.
    virtual std::vector<Message> group(std::string_view id, const Scope& within = {}) = 0;
    /// Nothing: it doesn't wait in the outbox.
    virtual std::optional<Waiting> waiting(std::string_view message_id, const Scope& within = {}) = 0;
    virtual std::vector<Attempt> attempts(std::string_view message_id, const Scope& within = {}) = 0;
    virtual std::vector<Event> message_events(std::string_view message_id, const Scope& within = {}) = 0;
    /// Ascending by seq, those after `after`.
    virtual std::vector<Event> events(std::int64_t after, std::size_t limit, const Scope& within = {}) = 0;
    /// Failed outbound messages, latest first; `after` is a message's seq.
    virtual Page<Message> failed_messages(const FailedFilter& filter, std::optional<std::int64_t> after,
                                          std::size_t limit, const Scope& within = {}) = 0;
    virtual std::int64_t count_failed(const FailedFilter& filter, const Scope& within = {}) = 0;
};

}  // namespace jackgw::store
