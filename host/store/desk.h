#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/time.h"
#include "model/consent.h"
#include "model/conversation.h"
#include "model/guest.h"
#include "model/message.h"
#include "store/scope.h"

namespace jackgw::store {

struct Enqueued {
    std::vector<Message> messages;  ///< one, or the parts of a long text in their order
    bool repeated = false;  ///< the idempotency key was known: these are the earlier ones, nothing was stored
};

/// Why a message was not taken; nothing was stored.
enum class EnqueueRefusal {
    opted_out,             ///< the guest opted out of messages from this sender
    opted_out_by_staff,    ///< … of all messages of the channel, as staff has recorded
    no_conversation,       ///< conversation_id names none
    conversation_closed,   ///< … or a closed one
    idempotency_conflict,  ///< the key was used with another request
    not_failed             ///< the message that was to be sent anew hasn't failed
};

/// The message that was to be sent anew has been already: nothing was stored. `by` is the last that was made
/// of it, or of what was made of it, canceled ones apart; if that one has failed, it is the one to send anew.
struct Retried {
    std::string by;
    DeliveryState state = DeliveryState::pending;  ///< where that one stands
};

using EnqueueResult = std::variant<Enqueued, EnqueueRefusal, Retried>;

/// What a guest said to staff about messages of a channel, whichever of our addresses they come from.
struct StaffConsent {
    ConsentKind kind = ConsentKind::opt_out;  ///< or opt_in, which takes back what was recorded so
    Identity guest;
    Role role = Role::staff;      ///< who recorded it, staff or ai: the ledger's source
    std::string note;             ///< how the guest said it
    std::string recorded_by;      ///< whose API token recorded it
    std::string idempotency_key;  ///< empty: none. Unique with recorded_by
    std::string request_hash;     ///< of the request that carried the key
};

enum class StaffConsentResult {
    recorded,
    repeated,             ///< the key was known: it was recorded then, nothing was now
    nothing_to_lift,      ///< an opt-in without an opt-out of the whole channel: nothing was recorded
    idempotency_conflict  ///< the key was used with another request
};

/// What became of a change.
enum class Change { done, not_found, not_allowed };

/// What staff and AI do: write to guests, lead conversations, keep what they know of a guest. Each function
/// is one atomic operation, durable when it returns; see Store for what all of them throw and take.
class Desk {
  public:
    virtual ~Desk() = default;

    /// Stores message, outbox row and events, if consent allows it: opted out for the scope `from` or for
    /// the whole channel, see opt_out_of. The pieces of a long text are messages of one group, each with an
    /// outbox row of its own: stored all or none, and in their order one behind the other in their
    /// recipient's queue. With `retry_of` it makes another of a failed message: once, whoever asks and
    /// however many at a time, the gateway's own resends included.
    virtual EnqueueResult enqueue(const OutboundMessage& message) = 0;

    /// What a request under this key came to, if it was taken: the messages as they are now, or
    /// idempotency_conflict if it was another request. To be asked before anything is judged that time,
    /// config or the world may have changed since; enqueue() asks again. Messages that are out of scope are
    /// as if the key had not been used.
    virtual std::optional<EnqueueResult> find_request(std::string_view owner, std::string_view key,
                                                      std::string_view request_hash,
                                                      const Scope& within = {}) = 0;

    /// Takes a waiting message out of the outbox: canceled. Of a long text every part goes that still waits,
    /// whichever part is named. False: nothing of it waits (in flight, done, not known).
    virtual bool cancel(std::string_view message_id) = 0;

    /// Records what a guest said to staff, for the whole channel. What the guest or the provider said about
    /// one of our addresses, staff can't take back.
    virtual StaffConsentResult record_by_staff(const StaffConsent& said) = 0;

    /// What find_request() is to enqueue(), to record_by_staff(): repeated, idempotency_conflict, or nothing.
    virtual std::optional<StaffConsentResult> find_staff_consent(std::string_view owner, std::string_view key,
                                                                 std::string_view request_hash) = 0;

    virtual Change change_conversation(std::string_view id, ConversationEvent event) = 0;
    virtual Change update_guest(std::string_view id, std::optional<std::string> name,
                                std::optional<std::string> notes) = 0;
};

}  // namespace jackgw::store
