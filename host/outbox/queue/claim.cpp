#include "outbox/queue/claim.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/assert.h"
#include "conversations/records/consent.h"
#include "conversations/records/messages.h"
#include "outbox/deliveries/delivery.h"
#include "outbox/deliveries/repeats.h"
#include "outbox/holds/holds.h"
#include "outbox/holds/pauses.h"
#include "outbox/queue/attempts.h"
#include "outbox/queue/queue.h"
#include "outbox/queue/quiet.h"

namespace jackgw::outbox {

namespace {

/// Messages that one claim takes out of the way: a lane full of expired ones must not keep the writer from
/// everybody else's work.
constexpr int max_dropped = 64;

/// What may be claimed of a lane now, as its holds allow.
struct Allowance {
    std::size_t messages = 0;
    std::vector<HoldRow> probed;  ///< the closed holds that one message is to probe
};

Allowance allowance(store::Transaction& transaction, const store::ClaimRequest& request) {
    Allowance allowed{.messages = request.max_messages, .probed = {}};
    for (HoldRow& row : load_holds(transaction.db(), transaction.now(), request.lane.channel)) {
        if (!concerns(row, request.lane, request.account)) continue;
        if (!row.closed()) {
            const auto places = static_cast<std::size_t>(free_places(transaction.db(), row));
            allowed.messages = std::min(allowed.messages, places);
        } else if (row.probe_due(transaction.now())) {
            allowed.messages = std::min<std::size_t>(allowed.messages, 1);
            allowed.probed.push_back(std::move(row));
        } else {
            allowed.messages = 0;
        }
    }
    return allowed;
}

/// The lane's account is written down, for those who look at lanes without a channel's plugin. False: there
/// is no such lane.
bool note_account(store::Transaction& transaction, const store::ClaimRequest& request) {
    std::string known;
    {
        store::Statement row =
            transaction.db().query("SELECT account FROM lanes WHERE channel = ?1 AND sender = ?2 FOR UPDATE",
                                   request.lane.channel, request.lane.sender);
        if (!row.step()) return false;
        known = row.text(0);
    }
    if (known == request.account) return true;
    transaction.db().run("UPDATE lanes SET account = ?3 WHERE channel = ?1 AND sender = ?2",
                         request.lane.channel, request.lane.sender, request.account);
    transaction.outbox_changed();  // holds of the account concern the lane from now on
    return true;
}

std::optional<OutboxRow> first_ready(store::Session& session, const store::Lane& lane) {
    store::Statement row = session.query(sql::first_ready, lane.channel, lane.sender);
    if (!row.step()) return std::nullopt;
    return read_outbox_row(row);
}

/// A probe goes to another recipient than the one that caused the hold. Only where nobody else waits for the
/// same hold, it goes to that one.
std::optional<OutboxRow> ready_for_probe(store::Session& session, const store::Lane& lane,
                                         const HoldRow& hold) {
    {
        store::Statement row =
            session.query(sql::first_ready_for_others, lane.channel, lane.sender, hold.recipient);
        if (row.step()) return read_outbox_row(row);
    }
    if (others_ready(session, hold)) return std::nullopt;  // another lane's turn
    return first_ready(session, lane);
}

/// Takes a message out of the way that must not go any more, or not now; false: it may go.
bool drop(store::Transaction& transaction, const OutboxRow& row, Message& message,
          const std::optional<store::Quiet>& quiet, store::Expired& expired) {
    if (row.expiry.has_come(transaction.now())) {
        ++expired[row.channel];
        conclude(transaction, message, DeliveryState::failed, expired_code, expired_words);
    } else if (conversations::opted_out(transaction.db(), row.channel, row.recipient, row.sender)) {
        conclude(transaction, message, DeliveryState::failed, "UNSUBSCRIBED",
                 "the guest opted out before it could be sent");
    } else if (!withdraw_if_needless(transaction, message)) {
        if (!quiet || may_disturb(transaction.db(), message, *quiet, transaction.now())) return false;
        put_off(transaction, row, quiet->until);
        return true;
    }
    remove_from_outbox(transaction, row);
    return true;
}

store::Claim make_claim(store::Transaction& transaction, const OutboxRow& row, Message message,
                        std::string_view account, const Allowance& allowed, std::chrono::microseconds lease) {
    const Moment& now = transaction.now();
    BegunAttempt begun = begin_attempt(transaction, row, lease);
    store::Claim claim{.message_id = message.id,
                       .attempt_id = std::move(begun.id),
                       .attempt_number = row.tries + 1,
                       .lane = {row.channel, row.sender},
                       .account = std::string(account),
                       .to = row.recipient,
                       .content = std::move(message.content),
                       .media_urls = {},
                       .segments = message.segments,
                       .expires_at = row.expiry.named.value_or(now.wall_at(row.expiry.on_store_clock(now))),
                       .probe = !allowed.probed.empty()};
    for (Media& media : message.media) claim.media_urls.push_back(std::move(media.url));
    mark_in_flight(transaction, row);
    for (const HoldRow& hold : allowed.probed) note_probe(transaction, hold, begun.seq);
    return claim;
}

/// Claims of one lane. `dropped` counts over all lanes of a call.
void claim_from(store::Transaction& transaction, const store::ClaimRequest& request,
                std::chrono::microseconds lease, int& dropped, store::ClaimResult& result) {
    store::Session& db = transaction.db();
    if (!note_account(transaction, request)) return;
    const Allowance allowed = allowance(transaction, request);
    std::int64_t segments = request.max_segments;
    bool first = true;  // the one that ranked first: its size was known when the claim was asked for
    for (std::size_t claimed = 0; claimed < allowed.messages;) {
        const std::optional<OutboxRow> row = allowed.probed.empty()
                                                 ? first_ready(db, request.lane)
                                                 : ready_for_probe(db, request.lane, allowed.probed.front());
        if (!row) return;
        if (dropped >= max_dropped) {
            result.more = true;
            return;
        }
        Message message = conversations::lock_message(transaction, row->seq).value();
        if (drop(transaction, *row, message, request.quiet, result.expired)) {
            ++dropped;
            first = false;
            continue;
        }
        if (!first && message.segments > segments) {
            result.more = result.more || claimed == 0;
            return;
        }
        first = false;
        segments -= message.segments;
        result.claims.push_back(
            make_claim(transaction, *row, std::move(message), request.account, allowed, lease));
        ++claimed;
    }
}

}  // namespace

store::ClaimResult claim(store::Transaction& transaction, const std::vector<store::ClaimRequest>& requests,
                         std::chrono::microseconds lease) {
    store::ClaimResult result;
    int dropped = 0;
    const std::vector<store::Pause> pauses = load_pauses(transaction.db());
    for (const store::ClaimRequest& request : requests) {
        JACKGW_ASSERT(request.max_messages <= store::Outbox::max_claimed, "a batch of claims has a limit");
        if (is_paused(pauses, request.lane)) continue;
        claim_from(transaction, request, lease, dropped, result);
    }
    return result;
}

}  // namespace jackgw::outbox
