#pragma once

#include "model/message.h"
#include "store/outbox.h"
#include "store/seam/session.h"

namespace jackgw::outbox {

/// True if a message may go in quiet hours: it is urgent, or answers what its guest has just written.
bool may_disturb(store::Session& session, const Message& message, const store::Quiet& quiet,
                 const Moment& now);

}  // namespace jackgw::outbox
