#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "outbox/queue/queue.h"
#include "store/holds.h"
#include "store/lane.h"
#include "store/outbox.h"
#include "store/seam/transaction.h"

/// Holds: what stops a sender, an account or a channel for a cause outside of the messages, and how it is
/// probed. The table `holds` says what a row means.
///
/// A hold begins with the outcome of an attempt that is news: one that began after the latest lifting. It is
/// closed but for one probe at a time, at growing pauses. An acceptance of an attempt that began after the
/// hold makes it recover: twice as many may be in flight after each further acceptance, until it is open.
namespace jackgw::outbox {

struct HoldRow {
    store::Hold hold;
    bool open = false;      ///< it holds nothing (any more)
    std::string recipient;  ///< whose message met the cause
    std::int64_t begun_seq = 0;
    std::int64_t settled_seq = 0;  ///< outcomes of attempts up to this one are no news
    StoreTime probe_at{};
    std::optional<std::int64_t> probe;
    std::int64_t allowed = 0;

    bool closed() const { return !open && !hold.recovering; }
    bool probe_due(const Moment& now) const { return !probe && probe_at <= now.store; }
};

/// An attempt as its outcome's holds see it.
struct HeldAttempt {
    std::int64_t seq = 0;
    store::Lane lane;
    std::string account;
    std::string recipient;
};

/// The holds of a channel that aren't open, in no order; or of all.
std::vector<HoldRow> load_holds(store::Session& session, const Moment& now, std::string_view channel);
std::vector<HoldRow> load_holds(store::Session& session, const Moment& now);

/// What the attempt's channel, account and sender are or were held for: open ones, too, to the transaction's
/// end.
std::vector<HoldRow> lock_holds(store::Transaction& transaction, const HeldAttempt& attempt);

/// True if it stops this lane.
bool concerns(const HoldRow& row, const store::Lane& lane, std::string_view account);

/// How many more may be in flight of what a recovering hold concerns.
std::int64_t free_places(store::Session& session, const HoldRow& row);

/// True if in another lane something of what the hold concerns is ready for another recipient than the one
/// that caused it.
bool others_ready(store::Session& session, const HoldRow& row);

/// The attempt is the probe of a closed hold.
void note_probe(store::Transaction& transaction, const HoldRow& row, std::int64_t attempt_seq);

/// The scope of a cause that lies outside of the message; nothing: it doesn't.
std::optional<store::HoldScope> scope_of(Concern concern);

/// The name under which a scope's holds of this attempt are kept.
std::string_view name_in(store::HoldScope scope, const HeldAttempt& attempt);

namespace sql {
inline constexpr std::string_view another_ready =
    "SELECT 1 FROM lanes l JOIN outbox o ON o.channel = l.channel AND o.sender = l.sender AND o.state = "
    "'ready'"
    " WHERE l.channel = ?1 AND o.recipient <> ?2 AND (?3 = '' OR l.account = ?3) LIMIT 1";
}  // namespace sql

}  // namespace jackgw::outbox
