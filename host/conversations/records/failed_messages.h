#pragma once

#include <cstdint>
#include <optional>

#include "store/failed_filter.h"
#include "store/readers.h"
#include "store/seam/transaction.h"

/// Failed messages as operators see them: what Readers and Administration do with them.
namespace jackgw::conversations {

store::Page<Message> list_failed_messages(store::Session& session, const store::FailedFilter& filter,
                                          std::optional<std::int64_t> after, std::size_t limit,
                                          const store::Scope& within);
std::int64_t count_failed_messages(store::Session& session, const store::FailedFilter& filter,
                                   const store::Scope& within);

/// At most `limit`, the latest first. Returns how many there were.
std::int64_t discard_failed_messages(store::Transaction& transaction, const store::FailedFilter& filter,
                                     std::size_t limit, const store::Scope& within);

}  // namespace jackgw::conversations
