#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/attempt.h"
#include "store/sqlite/queue.h"

namespace jackgw::store::sqlite {

/// An attempt and whose it is.
struct AttemptRow {
    Attempt attempt;
    std::int64_t message_seq = 0;
};

std::optional<AttemptRow> find_attempt(Database& database, std::string_view id);
std::vector<Attempt> load_attempts(Database& database, std::string_view message_id);

/// Records that an attempt begins; returns its id.
std::string begin_attempt(Transaction& transaction, const OutboxRow& row, Timestamp now);

/// Records its outcome, also in place of an earlier one that has turned out wrong.
void save_outcome(Transaction& transaction, std::string_view id, const Outcome& outcome, Timestamp now);

}  // namespace jackgw::store::sqlite
