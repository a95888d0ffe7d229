#include "outbox/queue/claim.h"

#include "conversations/records/consent.h"
#include "conversations/records/messages.h"
#include "outbox/queue/administration.h"
#include "outbox/queue/attempts.h"
#include "outbox/queue/delivery.h"
#include "outbox/queue/queue.h"

namespace jackgw::outbox {

namespace {

/// Messages that one claim takes out of the way: a lane full of expired ones must not keep the writer from
/// everybody else's work.
constexpr int max_dropped = 64;

bool lane_is_open(store::Session& session, const store::Lane& lane) {
    if (is_paused(session)) return false;
    store::Statement row = session.query("SELECT held_reason FROM lanes WHERE channel = ?1 AND sender = ?2",
                                         lane.channel, lane.sender);
    return row.step() && row.text(0).empty();
}

std::optional<OutboxRow> first_ready(store::Session& session, const store::Lane& lane) {
    store::Statement row = session.query(sql::first_ready, lane.channel, lane.sender);
    if (!row.step()) return std::nullopt;
    return read_outbox_row(row);
}

/// Fails a message that must not go any more; false: it may.
bool drop(store::Transaction& transaction, const OutboxRow& row, Message& message) {
    if (row.expiry.has_come(transaction.now())) {
        conclude(transaction, message, DeliveryState::failed, "EXPIRED",
                 "it could not be sent before it expired");
    } else if (conversations::opted_out(transaction.db(), row.channel, row.recipient, row.sender)) {
        conclude(transaction, message, DeliveryState::failed, "UNSUBSCRIBED",
                 "the guest opted out before it could be sent");
    } else {
        return false;
    }
    remove_from_outbox(transaction, row);
    return true;
}

store::Claim make_claim(store::Transaction& transaction, const OutboxRow& row, Message message,
                        std::chrono::microseconds lease) {
    const Moment& now = transaction.now();
    store::Claim claim{.message_id = message.id,
                       .attempt_id = begin_attempt(transaction, row, lease),
                       .attempt_number = row.tries + 1,
                       .lane = {row.channel, row.sender},
                       .to = row.recipient,
                       .content = std::move(message.content),
                       .media_urls = {},
                       .segments = message.segments,
                       .expires_at = row.expiry.named.value_or(now.wall_at(row.expiry.on_store_clock(now)))};
    for (Media& media : message.media) claim.media_urls.push_back(std::move(media.url));
    mark_in_flight(transaction, row);
    return claim;
}

}  // namespace

store::ClaimResult claim(store::Transaction& transaction, const store::Lane& lane,
                         std::chrono::microseconds lease) {
    store::Session& db = transaction.db();
    if (!lane_is_open(db, lane)) return {};
    for (int dropped = 0; dropped < max_dropped; ++dropped) {
        const std::optional<OutboxRow> row = first_ready(db, lane);
        if (!row) return {};
        Message message = conversations::lock_message(transaction, row->seq).value();
        if (!drop(transaction, *row, message))
            return {.claim = make_claim(transaction, *row, std::move(message), lease), .more = false};
    }
    return {.claim = std::nullopt, .more = true};
}

}  // namespace jackgw::outbox
