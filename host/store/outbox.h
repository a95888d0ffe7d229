#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/attempt.h"
#include "model/channel.h"
#include "store/holds.h"
#include "store/lane.h"

namespace jackgw::store {

/// A message whose attempt is recorded: it must be sent now, once.
struct Claim {
    std::string message_id;
    std::string attempt_id;
    std::int32_t attempt_number = 1;
    Lane lane;
    std::string account;  ///< as the request named it
    std::string to;
    std::string content;
    std::vector<std::string> media_urls;
    std::int32_t segments = 1;
    Timestamp expires_at{};
    bool probe = false;  ///< of a hold
};

/// Quiet hours: what isn't urgent waits until they end, but for an answer to a guest who has just written.
struct Quiet {
    Timestamp until{};
    std::chrono::microseconds answer_within{};
};

/// What is wanted of a lane.
struct ClaimRequest {
    Lane lane;
    std::string account;  ///< that sends for the lane's sender; empty: the channel has one
    std::size_t max_messages = 1;
    /// Of all together. The message that ranks first goes whatever its length, for that was known; one that
    /// comes up when others were taken out of the way doesn't.
    std::int64_t max_segments = 1;
    std::optional<Quiet> quiet{};  ///< nothing: these aren't quiet hours
};

/// How many messages have failed since they had expired, by channel.
using Expired = std::map<std::string, std::int64_t>;

struct ClaimResult {
    std::vector<Claim> claims;
    Expired expired{};  ///< on the way
    bool more = false;  ///< messages were taken out of the way, and others may be behind: ask again at once
};

/// What the dispatcher needs to know of a lane to decide whether to claim from it.
struct LaneStatus {
    Lane lane;
    std::int64_t ready = 0;          ///< messages that could be claimed now; a lane without any is not listed
    std::int32_t next_segments = 1;  ///< of the one that ranks first
    bool probe = false;              ///< it is held, and a probe is due
};

struct DueSummary {
    std::vector<LaneStatus> lanes;  ///< those with something ready that may go
    /// How long until something changes by itself: a message becomes ready or expires, a hold is to be
    /// probed. Not positive: at once. Nothing: nothing will.
    std::optional<std::chrono::microseconds> next_due_in;
    Expired expired{};  ///< by this look
};

/// What follows from an outcome. The outbox decides, the store carries it out.
struct AttemptFinish {
    std::string attempt_id;
    Outcome outcome;
    /// Refused for now: how long until it is tried again; nothing: no more attempts, failed. It waits no
    /// longer than it lives.
    std::optional<std::chrono::microseconds> retry_after;
    /// Unknown: for how long the recipient's queue is held back.
    std::optional<std::chrono::microseconds> settle_for;
    /// Where the cause lies outside of the message: how the hold is probed. The message stays due.
    HoldPauses pauses;
    std::string account;  ///< that made the attempt; empty: the channel has one
};

struct FinishResult {
    bool recorded = false;               ///< false: the attempt is not known or has an outcome
    bool stays_due = false;              ///< the message is tried again
    Concern concern = Concern::message;  ///< whom the outcome concerns, once the store has settled it
    std::vector<HoldChange> changes;     ///< holds that began or were lifted

    explicit operator bool() const { return recorded; }
};

/// An attempt whose outcome is unknown, and about which the provider is to be asked now.
struct Doubt {
    DoubtfulAttempt attempt;
    std::string channel;
    std::int32_t asked = 0;  ///< how often so far
};

struct DueDoubts {
    std::vector<Doubt> items;  ///< those that have waited longest first
    /// How long until the next one is due; not positive: at once. Nothing: there is none.
    std::optional<std::chrono::microseconds> next_due_in;
};

/// What the provider said about a doubtful attempt, and what follows.
struct DoubtAnswer {
    std::string attempt_id;
    ReconcileResult result;
    /// Absent: that long after the first search that says so a second one must say so, too. Unavailable and
    /// can't tell: that long until it is asked again; nothing: it is never asked again.
    std::optional<std::chrono::microseconds> again_after;
};

/// What became of the message.
enum class DoubtChange {
    none,       ///< the attempt is not in doubt (any more)
    noted,      ///< it is asked about again
    taken,      ///< the provider has it
    due_again,  ///< surely not taken: it is sent as the same message, unless it has expired
    given_up    ///< it stays unknown until a report tells
};

/// A message that the provider has and about which no report has said the last word.
struct AwaitedDelivery {
    std::string message_id;
    std::string provider_message_id;
    Lane lane;
    std::string to;
    std::int32_t look_ups = 0;        ///< how often the provider was asked about it
    std::chrono::microseconds age{};  ///< how long the provider has had it
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
    std::vector<AwaitedDelivery> items;  ///< those that have waited longest for their next look-up first
    /// How long until the next one becomes due; not positive: at once. Nothing: none is awaited.
    std::optional<std::chrono::microseconds> next_due_in;
};

/// What sends messages, and asks what became of them. Each function is one atomic operation, durable when it
/// returns; see Store for what all of them throw and take.
class Outbox {
  public:
    virtual ~Outbox() = default;

    /// Makes due what is due: waiting retries and scheduled messages whose time has come, queues whose
    /// settling delay is over. Says which lanes have something ready and when to look again.
    virtual DueSummary promote_due() = 0;

    /// Claims the ready messages of the lanes that rank first, in one commit: records their attempts, which
    /// belong to this run of the program, and to nobody when the lease has ended. Of a lane that is held at
    /// most one, the probe, with a message to another recipient than the one that caused the hold where there
    /// is one. On the way, messages that have expired or whose recipient has opted out meanwhile are failed
    /// (EXPIRED, UNSUBSCRIBED), those that repeat one that has arrived after all are canceled (NOT_NEEDED),
    /// and their queues move on: a limited number at a time, so that a lane full of them doesn't keep
    /// everybody else waiting.
    virtual ClaimResult claim(const std::vector<ClaimRequest>& requests, std::chrono::microseconds lease) = 0;
    static constexpr std::size_t max_claimed = 512;

    /// Records the outcome of an attempt, moves message and queue on, and holds, probes or lets go what it
    /// concerns. The outcome of an attempt that began before a hold was lifted says nothing new of its cause.
    virtual FinishResult finish_attempt(const AttemptFinish& finish) = 0;

    /// Attempts without an outcome that nobody works on any more become unknown, and their recipients' queues
    /// are held for `settle_for`: those of runs that are proved to have ended, and those whose lease has
    /// ended. At most max_recovered; returns how many there were.
    virtual std::int64_t recover(std::chrono::microseconds settle_for) = 0;
    static constexpr std::int64_t max_recovered = 512;

    /// Attempts of the channel in doubt whose settling delay is over, at most `limit`.
    virtual DueDoubts due_doubts(std::string_view channel, std::size_t limit) = 0;

    /// The provider was asked about an attempt in doubt.
    virtual DoubtChange note_doubt(const DoubtAnswer& answer) = 0;

    /// The channel's messages whose final state is overdue, at most `limit`; see LookUpWaits.
    virtual OverdueDeliveries overdue_deliveries(std::string_view channel, const LookUpWaits& waits,
                                                 std::size_t limit) = 0;

    /// The provider was asked about a message. False: it is not awaited (any more), for instance since its
    /// final state came with the answer.
    virtual bool note_look_up(std::string_view message_id, LookUpNote note) = 0;

    /// Calls `wake` after each commit that enqueued, finished or freed outbox work. Set once, before other
    /// threads use the store; it must return at once and must not call the store.
    virtual void on_outbox_change(std::function<void()> wake) = 0;
};

}  // namespace jackgw::store
