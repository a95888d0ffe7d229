#pragma once

#include <chrono>
#include <cstddef>
#include <functional>

namespace jackgw::store {

/// What became of operations that were written together.
struct BatchReport {
    std::size_t operations = 0;
    std::chrono::steady_clock::duration commit_time{};  ///< of the COMMIT alone: the disk's share
    bool committed = false;  ///< false: the transaction was lost and nothing was stored
};

/// Called by the writing thread after each batch; must return at once, must not call the store or throw.
using BatchObserver = std::function<void(const BatchReport&)>;

}  // namespace jackgw::store
