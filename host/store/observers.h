#pragma once

#include <functional>
#include <string_view>

#include "store/batch_observer.h"
#include "store/store_clock.h"

namespace jackgw::store {

/// Called by the writing thread, once, when the store has stopped to write for good: why, and what an
/// operator has to do. Must return at once, must not call the store or throw.
using StopObserver = std::function<void(std::string_view why)>;

/// What a store tells its owner; each may be empty.
struct StoreObservers {
    BatchObserver batch;
    ClockJumpObserver clock_jump;
    StopObserver stopped{};
};

}  // namespace jackgw::store
