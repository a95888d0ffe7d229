#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/errors.h"
#include "base/time.h"
#include "model/attempt.h"
#include "model/consent.h"
#include "model/conversation.h"
#include "model/event.h"
#include "model/guest.h"
#include "model/message.h"

namespace jackgw::store {

/// The store is damaged, of a newer program, locked by another one, or otherwise not to be used: an operator
/// has to act.
class StoreError : public Error {
  public:
    using Error::Error;
};

struct ReceiveResult {
    bool duplicate = false;  ///< known from before: nothing was changed; the ids may be empty
    std::string message_id;
    std::string conversation_id;
    std::string guest_id;
};

struct Enqueued {
    std::vector<Message> messages;  ///< one, or the parts of a long text in their order
    bool repeated = false;  ///< the idempotency key was known: these are the earlier ones, nothing was stored
};

/// Why a message was not taken; nothing was stored.
enum class EnqueueRefusal {
    opted_out,            ///< the guest opted out of messages from this sender
    opted_out_by_staff,   ///< … of all messages of the channel, as staff has recorded
    no_conversation,      ///< conversation_id names none
    conversation_closed,  ///< … or a closed one
    idempotency_conflict  ///< the key was used with another request
};

using EnqueueResult = std::variant<Enqueued, EnqueueRefusal>;

/// A (channel, sender) pair: what a rate limit is kept for.
struct Lane {
    std::string channel;
    std::string sender;

    auto operator<=>(const Lane&) const = default;
};

/// A message whose attempt is recorded: it must be sent now, once.
struct Claim {
    std::string message_id;
    std::string attempt_id;
    std::int32_t attempt_number = 1;
    Lane lane;
    std::string to;
    std::string content;
    std::vector<std::string> media_urls;
    std::int32_t segments = 1;
    Timestamp expires_at{};
};

/// What the dispatcher needs to know of a lane to decide whether to claim from it.
struct LaneStatus {
    Lane lane;
    std::int64_t ready = 0;          ///< messages that could be claimed now; a lane without any is not listed
    std::int32_t next_segments = 1;  ///< of the one that ranks first
};

struct DueSummary {
    std::vector<LaneStatus> lanes;         ///< lanes with something ready that are neither held nor paused
    std::optional<Timestamp> next_due_at;  ///< when the next waiting message becomes ready
};

/// What follows from an outcome. The outbox decides, the store carries it out.
struct AttemptFinish {
    std::string attempt_id;
    Outcome outcome;
    std::optional<Timestamp>
        retry_at;  ///< refused for now: when to try again; nothing: no more attempts, failed
    std::optional<Timestamp> settle_until;  ///< unknown: until when the recipient's queue is held back
    std::optional<std::string>
        hold_lane;  ///< misconfigured: the reason for which the lane is held; the message stays due
    Timestamp now{};
};

/// Whether a message that a report fails is sent again by itself, as a new one.
struct ResendRule {
    std::int32_t limit = 0;             ///< how many may be made of one message; 0: none
    std::chrono::microseconds after{};  ///< how long a new one waits

    bool operator==(const ResendRule&) const = default;
};

struct StatusUpdate {
    std::string channel;
    std::string attempt_id;  ///< may be empty
    std::string provider_message_id;
    DeliveryReport report;
    bool opted_out = false;
    std::vector<std::string> opt_out_scopes;  ///< opted out for these, too, not for the sender alone
    ResendRule resend;                        ///< surely not delivered: what to do about it
    NameValues raw;
    Timestamp received_at{};
};

enum class StatusResult { applied, noted, duplicate, no_message };

/// A message that the provider has and about which no report has said the last word.
struct AwaitedDelivery {
    std::string message_id;
    std::string provider_message_id;
    Lane lane;
    std::string to;
    std::int32_t look_ups = 0;  ///< how often the provider was asked about it
    Timestamp tried_at{};       ///< when its latest attempt began
};

/// What a question about an awaited message came to.
enum class LookUpNote {
    counted,     ///< it is asked about again after the next wait
    unanswered,  ///< doesn't count: its wait begins anew, so that it stands before nobody else
    last         ///< it is never asked about again, its state stays as it is
};

/// When the provider is asked: before the first look-up, the second, … so long must have passed since the
/// message was accepted or last asked about. No further look-ups than there are waits.
using LookUpWaits = std::vector<std::chrono::milliseconds>;

struct OverdueDeliveries {
    std::vector<AwaitedDelivery> items;    ///< those that have waited longest for their next look-up first
    std::optional<Timestamp> next_due_at;  ///< when the next one becomes due; nothing: none is awaited
};

struct ConsentReport {
    Consent consent;
    std::string dedup_key;  ///< empty: always recorded
    NameValues raw;
    Timestamp received_at{};
};

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

struct LaneReport {
    Lane lane;
    std::int64_t depth = 0;  ///< all that waits or is in flight
    std::int64_t ready = 0;
    std::int64_t in_flight = 0;
    std::string held_reason;  ///< empty: not held
};

struct OutboxReport {
    std::int64_t depth = 0;
    std::int64_t unknown = 0;  ///< messages whose outcome is unknown and not settled
    bool paused = false;
    std::optional<Timestamp> oldest_due_at;
    std::vector<LaneReport> lanes;
};

template <typename T>
struct Page {
    std::vector<T> items;
    std::optional<std::int64_t>
        next;  ///< pass as `after` for the following page; nothing: this is the last one
};

struct ConversationFilter {
    std::optional<ConversationState> state;
    std::string channel;   ///< empty: any
    std::string guest_id;  ///< empty: any
    std::string text;      ///< part of the guest's name or address, without regard to case; empty: any
};

/// Everything that survives the process. Each function is one atomic operation, durable when it returns;
/// those that change something throw Unavailable when nothing was changed and a later call may work,
/// StoreError when an operator has to act. Safe from any thread. Times come from the callers; text must be
/// valid UTF-8 without NUL (raw values may be any bytes).
class Store {
  public:
    virtual ~Store() = default;

    // Guests write

    /// Stores a guest's message: identifies or creates the guest, gets or creates the conversation (see
    /// next_state), inserts message, consent and events. (channel, provider message id) is stored once, also
    /// after retention or erasure.
    virtual ReceiveResult receive(const InboundMessage& message) = 0;

    /// Records a consent without a message; false: the dedup key was known.
    virtual bool record_consent(const ConsentReport& report) = 0;

    /// Records what a guest said to staff, for the whole channel. What the guest or the provider said about
    /// one of our addresses, staff can't take back.
    virtual StaffConsentResult record_by_staff(const StaffConsent& said, Timestamp now) = 0;

    // The hotel writes

    /// Stores message, outbox row and events, if consent allows it: opted out for the scope `from` or for
    /// the whole channel, see opt_out_of. The pieces of a long text are messages of one group, each with an
    /// outbox row of its own: stored all or none, and in their order one behind the other in their
    /// recipient's queue.
    virtual EnqueueResult enqueue(const OutboundMessage& message, Timestamp now) = 0;

    /// Makes due what is due: waiting retries and scheduled messages whose time has come, queues whose
    /// settling delay is over. Says which lanes have something ready and when to look again.
    virtual DueSummary promote_due(Timestamp now) = 0;

    /// Claims the ready message of the lane that ranks first, if any: records its attempt. On the way,
    /// messages that have expired or whose recipient has opted out meanwhile are failed (EXPIRED,
    /// UNSUBSCRIBED) and their queues move on.
    virtual std::optional<Claim> claim(const Lane& lane, Timestamp now) = 0;

    /// Records the outcome of an attempt, moves message and queue on. False: the attempt is not known or has
    /// an outcome.
    virtual bool finish_attempt(const AttemptFinish& finish) = 0;

    /// At start: every attempt without an outcome becomes unknown, its recipient's queue is held until
    /// `settle_until`. Returns how many there were.
    virtual std::int64_t recover(Timestamp now, Timestamp settle_until) = 0;

    /// Takes a waiting message out of the outbox: canceled. Of a long text every part goes that still waits,
    /// whichever part is named. False: nothing of it waits (in flight, done, not known).
    virtual bool cancel(std::string_view message_id, Timestamp now) = 0;

    /// Lets held lanes of a channel go on (its configuration has changed). Returns how many were held.
    virtual std::int64_t release_lanes(std::string_view channel, Timestamp now) = 0;

    virtual void set_paused(bool paused, Timestamp now) = 0;

    /// Applies a provider's report: found by attempt id, else by (channel, provider message id). The report
    /// is kept as an event in any case, once for each (provider message id, status, error code). An opt-out
    /// that it tells of is recorded for each scope for which the guest is not opted out yet, nor has opted in
    /// since the message's latest attempt began. Where it fails the message for the first time, a new message
    /// is made of it as the report's rule says, in the same transaction: unless the guest has opted out, it
    /// would be expired by then, or its conversation is closed.
    virtual StatusResult apply_status(const StatusUpdate& update) = 0;

    /// The channel's messages whose final state is overdue, at most `limit`; see LookUpWaits.
    virtual OverdueDeliveries overdue_deliveries(std::string_view channel, const LookUpWaits& waits,
                                                 Timestamp now, std::size_t limit) = 0;

    /// The provider was asked about a message. False: it is not awaited (any more), for instance since its
    /// final state came with the answer.
    virtual bool note_look_up(std::string_view message_id, LookUpNote note, Timestamp now) = 0;

    // Staff and AI work with conversations

    enum class Change { done, not_found, not_allowed };
    virtual Change change_conversation(std::string_view id, ConversationEvent event, Timestamp now) = 0;
    virtual Change update_guest(std::string_view id, std::optional<std::string> name,
                                std::optional<std::string> notes, Timestamp now) = 0;

    // Readers

    virtual std::optional<Guest> guest(std::string_view id) = 0;
    virtual std::optional<Guest> guest_by_address(std::string_view channel, std::string_view address) = 0;
    /// By id, ascending; `after` is the last one's id, empty at first.
    virtual std::vector<Guest> guests(std::string_view after, std::size_t limit) = 0;
    /// The ledger of a guest, oldest first.
    virtual std::vector<ConsentEntry> consents(std::string_view guest_id) = 0;
    /// True if the guest at the address wants no messages from one of our addresses or services; see
    /// opt_out_of.
    virtual bool opted_out(std::string_view channel, std::string_view address, std::string_view scope) = 0;
    virtual std::optional<Conversation> conversation(std::string_view id) = 0;
    /// The conversation that isn't closed of the guest at the address.
    virtual std::optional<Conversation> open_conversation(std::string_view channel,
                                                          std::string_view address) = 0;
    /// Latest activity first; `after` is an activity_seq.
    virtual Page<Conversation> conversations(const ConversationFilter& filter,
                                             std::optional<std::int64_t> after, std::size_t limit) = 0;
    /// Oldest first; `after` is a message's seq.
    virtual Page<Message> messages(std::string_view conversation_id, std::optional<std::int64_t> after,
                                   std::size_t limit) = 0;
    virtual std::optional<Message> message(std::string_view id) = 0;
    /// The parts of a long text, in their order; empty: there is no such group.
    virtual std::vector<Message> group(std::string_view id) = 0;
    virtual std::vector<Attempt> attempts(std::string_view message_id) = 0;
    virtual std::vector<Event> message_events(std::string_view message_id) = 0;
    /// Ascending by seq, those after `after`.
    virtual std::vector<Event> events(std::int64_t after, std::size_t limit) = 0;
    /// Failed outbound messages, latest first; `after` is a message's seq.
    virtual Page<Message> failed_messages(std::optional<std::int64_t> after, std::size_t limit) = 0;
    virtual OutboxReport outbox() = 0;

    /// A cheap read that proves the store answers; throws if it doesn't.
    virtual void check() = 0;

    /// Calls `wake` after each commit that enqueued, finished or freed outbox work. Set once, before other
    /// threads use the store; it must return at once and must not call the store.
    virtual void on_outbox_change(std::function<void()> wake) = 0;
};

}  // namespace jackgw::store
