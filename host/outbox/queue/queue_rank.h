#pragma once

#include <cstdint>

#include "base/time.h"
#include "model/message.h"

namespace jackgw::outbox {

/// The head start that a priority has over the lowest, turned round: what is added to the time at which a
/// message joined its queue.
std::chrono::microseconds priority_offset(Priority priority);

/// The place of a message among those of its sender: least first, `seq` breaks ties. It is fixed when the
/// message joins its queue. Because it is a time plus a bounded offset, whatever waits is overtaken only by
/// what came within that offset after it: nothing starves, and no job has to go round and age the rows.
std::int64_t queue_rank(StoreTime joined, Priority priority);

}  // namespace jackgw::outbox
