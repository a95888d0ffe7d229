#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "model/attempt.h"
#include "model/channel.h"
#include "outbox/queue/queue.h"
#include "store/scope.h"

namespace jackgw::outbox {

/// An attempt and whose it is.
struct AttemptRow {
    Attempt attempt;
    std::int64_t message_seq = 0;
    std::int64_t seq = 0;
};

struct BegunAttempt {
    std::int64_t seq = 0;
    std::string id;
};

/// The attempt stays as it is until the transaction ends.
std::optional<AttemptRow> find_attempt(store::Transaction& transaction, std::string_view id);
std::vector<Attempt> load_attempts(store::Session& session, std::string_view message_id,
                                   const store::Scope& within);

/// The attempt that owns a message of the provider's: the latest of its message's that was accepted, or whose
/// acceptance a report has shown.
std::optional<ProviderMessageOwner> provider_message_owner(store::Session& session, std::string_view channel,
                                                           std::string_view provider_message_id);

/// Records that an attempt of this run begins.
BegunAttempt begin_attempt(store::Transaction& transaction, const OutboxRow& row,
                           std::chrono::microseconds lease);

/// Records its outcome, also in place of an earlier one that has turned out wrong.
void save_outcome(store::Transaction& transaction, std::string_view id, const Outcome& outcome);

}  // namespace jackgw::outbox
