#pragma once

#include <string_view>

#include "model/message.h"
#include "store/reports.h"
#include "store/seam/transaction.h"

namespace jackgw::outbox {

/// Makes a new message of one that has just failed and surely wasn't delivered, unless the rule or the
/// message's own circumstances forbid it; see Store::apply_status. It waits like any message, expires when
/// the failed one would have, and stands alone if that was a part of a text.
void resend(store::Transaction& transaction, const Message& failed, const store::ResendRule& rule);

/// Notes in a failed message that another was made of it.
void mark_retried(store::Transaction& transaction, std::string_view failed_id, std::string_view by_id);

}  // namespace jackgw::outbox
