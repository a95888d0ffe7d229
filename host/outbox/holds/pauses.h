#pragma once

#include <vector>

#include "store/administration.h"
#include "store/lane.h"
#include "store/seam/transaction.h"

/// What operators have paused: all, a channel, a lane. The table pauses.
namespace jackgw::outbox {

void set_paused(store::Transaction& transaction, const store::Pause& pause, bool paused);

/// By itself, with its channel or with all.
bool is_paused(store::Session& session, const store::Lane& lane);
bool is_paused(const std::vector<store::Pause>& pauses, const store::Lane& lane);

std::vector<store::Pause> load_pauses(store::Session& session);

}  // namespace jackgw::outbox
