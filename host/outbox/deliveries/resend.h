#pragma once

#include "model/message.h"
#include "store/reports.h"
#include "store/seam/transaction.h"

namespace jackgw::outbox {

/// Makes a new message of one that has just failed and surely wasn't delivered, unless the rule or the
/// message's own circumstances forbid it; see Store::apply_status. It waits like any message, expires when
/// the failed one would have, and stands alone if that was a part of a text. The failed one names it then.
void resend(store::Transaction& transaction, Message& failed, const store::ResendRule& rule);

}  // namespace jackgw::outbox
