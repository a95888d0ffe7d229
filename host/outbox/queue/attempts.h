#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/attempt.h"
#include "outbox/queue/queue.h"
#include "store/scope.h"

namespace jackgw::outbox {

/// An attempt and whose it is.
struct AttemptRow {
    Attempt attempt;
    std::int64_t message_seq = 0;
};

std::optional<AttemptRow> find_attempt(store::Session& session, std::string_view id);
std::vector<Attempt> load_attempts(store::Session& session, std::string_view message_id,
                                   const store::Scope& within);

/// Records that an attempt begins; returns its id.
std::string begin_attempt(store::Transaction& transaction, const OutboxRow& row, Timestamp now);

/// Records its outcome, also in place of an earlier one that has turned out wrong.
void save_outcome(store::Transaction& transaction, std::string_view id, const Outcome& outcome,
                  Timestamp now);

}  // namespace jackgw::outbox
