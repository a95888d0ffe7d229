#pragma once

#include <filesystem>
#include <memory>

#include "base/ids.h"
#include "base/time.h"
#include "store/observers.h"
#include "store/store.h"

namespace jackgw::storage {

/// Opens the store that is kept in the file, made with its folder if it isn't there, and brings it up to
/// date. Throws store::StoreError if another process has it, if it is of a newer or another program, or if it
/// can't be opened. Clock and generator must outlive the store, and what the observers use, too.
std::unique_ptr<store::Store> open_store(const std::filesystem::path& file, const Clock& clock,
                                         IdGenerator& ids, store::StoreObservers observers = {});

}  // namespace jackgw::storage
