#pragma once

#include "store/batch_observer.h"
#include "store/store_clock.h"

namespace jackgw::store {

/// What a store tells its owner; either may be empty.
struct StoreObservers {
    BatchObserver batch;
    ClockJumpObserver clock_jump;
};

}  // namespace jackgw::store
