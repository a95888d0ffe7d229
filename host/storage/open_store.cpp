#include "storage/open_store.h"

#include "storage/operations_store.h"
#include "store/sqlite/sqlite_backend.h"

namespace jackgw::storage {

std::unique_ptr<store::Store> open_store(const std::filesystem::path& file, const Clock& clock,
                                         IdGenerator& ids, store::StoreObservers observers) {
    return make_store(store::open_sqlite(file, clock, ids, std::move(observers)));
}

}  // namespace jackgw::storage
