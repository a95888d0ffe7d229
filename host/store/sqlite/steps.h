#pragma once

#include <functional>

#include "store/sqlite/checkpointer.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/log_tail.h"

namespace jackgw::store::sqlite {

/// How a store on SQLite does what can be done otherwise. The program takes it as it stands here; simulations
/// make checkpoints come at a known moment, and leave out a step to see that its lack is found.
struct Steps {
    Checkpoints checkpoints;
    std::function<void(Connection&)> overwrite_tail = &sqlite::overwrite_tail;
    std::function<void(Connection&)> secure_log = &sqlite::secure_log;
};

}  // namespace jackgw::store::sqlite
