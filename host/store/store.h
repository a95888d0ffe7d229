#pragma once

#include "model/channel.h"
#include "store/administration.h"
#include "store/desk.h"
#include "store/errors.h"
#include "store/guest_writes.h"
#include "store/outbox.h"
#include "store/readers.h"
#include "store/reports.h"

namespace jackgw::store {

/// Everything that survives the process, for those who own it; whoever calls it takes the part that is made
/// for them. All parts work alike: safe from any thread; each function is one atomic operation; those that
/// change something are durable when they return, and throw Unavailable when nothing was changed and a later
/// call may work, StoreError when an operator has to act, OutcomeUnknown when only the next start will show
/// whether it was stored. Text must be valid UTF-8 without NUL (raw values
/// may be any bytes).
class Store : public GuestWrites,
              public Outbox,
              public Reports,
              public Desk,
              public Readers,
              public ProviderMessages,
              public Administration {};

}  // namespace jackgw::store
