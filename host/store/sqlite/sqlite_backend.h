#pragma once

#include <filesystem>
#include <memory>

#include "base/ids.h"
#include "base/time.h"
#include "store/observers.h"
#include "store/seam/backend.h"
#include "store/sqlite/steps.h"

namespace jackgw::store {

/// Opens the database file, made with its folder if it isn't there, makes durable what its log holds, and
/// brings it up to date. Throws
/// StoreError if another process has it, if it is of a newer or another program, or if it can't be opened.
/// Clock and generator must outlive the back end, and what the observers use, too.
std::unique_ptr<Backend> open_sqlite(const std::filesystem::path& file, const Clock& clock, IdGenerator& ids,
                                     StoreObservers observers = {}, const sqlite::Steps& steps = {});

}  // namespace jackgw::store
