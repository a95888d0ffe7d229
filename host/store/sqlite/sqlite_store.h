#pragma once

#include <filesystem>
#include <memory>

#include "base/ids.h"
#include "base/time.h"
#include "store/sqlite/batch_observer.h"
#include "store/store.h"

namespace jackgw::store {

/// Opens the database file, made with its folder if it isn't there, and brings it up to date. Throws
/// StoreError if another process has it, if it is of a newer or another program, or if it can't be opened.
/// Clock and generator must outlive the store, and what the observer uses, too.
std::unique_ptr<Store> open_sqlite_store(const std::filesystem::path& file, const Clock& clock,
                                         IdGenerator& ids, BatchObserver observer = {});

}  // namespace jackgw::store
