#include "store/sqlite/attempts.h"
#include "store/sqlite/consent.h"
#include "store/sqlite/messages.h"
#include "store/sqlite/operations.h"
#include "store/sqlite/queue.h"

namespace jackgw::store::sqlite {

namespace {

/// Messages that one claim takes out of the way: a lane full of expired ones must not keep the writer from
/// everybody else's work.
constexpr int max_dropped = 64;

bool lane_is_open(Database& database, const Lane& lane) {
    if (is_paused(database)) return false;
    Statement row = database.query("SELECT held_reason FROM lanes WHERE channel = ?1 AND sender = ?2",
                                   lane.channel, lane.sender);
    return row.step() && row.text(0).empty();
}

std::optional<OutboxRow> first_ready(Database& database, const Lane& lane) {
    Statement row = database.query(sql::first_ready, lane.channel, lane.sender);
    if (!row.step()) return std::nullopt;
    return read_outbox_row(row);
}

/// Fails a message that must not go any more; false: it may.
bool drop(Transaction& transaction, const OutboxRow& row, Message& message, Timestamp now) {
    if (row.expires_at <= now) {
        conclude(transaction, message, DeliveryState::failed, "EXPIRED",
                 "it could not be sent before it expired", now);
    } else if (opted_out(transaction.db(), row.channel, row.recipient, row.sender)) {
        conclude(transaction, message, DeliveryState::failed, "UNSUBSCRIBED",
                 "the guest opted out before it could be sent", now);
    } else {
        return false;
    }
    remove_from_outbox(transaction, row, now);
    return true;
}

Claim make_claim(Transaction& transaction, const OutboxRow& row, Message message, Timestamp now) {
    Claim claim{.message_id = message.id,
                .attempt_id = begin_attempt(transaction, row, now),
                .attempt_number = row.tries + 1,
                .lane = {row.channel, row.sender},
                .to = row.recipient,
                .content = std::move(message.content),
                .media_urls = {},
                .segments = message.segments,
                .expires_at = row.expires_at};
    for (Media& media : message.media) claim.media_urls.push_back(std::move(media.url));
    mark_in_flight(transaction, row);
    return claim;
}

}  // namespace

ClaimRound claim(Transaction& transaction, const Lane& lane, Timestamp now) {
    Database& db = transaction.db();
    if (!lane_is_open(db, lane)) return {};
    for (int dropped = 0; dropped < max_dropped; ++dropped) {
        const std::optional<OutboxRow> row = first_ready(db, lane);
        if (!row) return {};
        Message message = load_message(db, row->seq).value();
        if (!drop(transaction, *row, message, now))
            return {.claim = make_claim(transaction, *row, std::move(message), now), .more = false};
    }
    return {.claim = std::nullopt, .more = true};
}

}  // namespace jackgw::store::sqlite
