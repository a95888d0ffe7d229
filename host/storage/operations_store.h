#pragma once

#include <memory>

#include "store/seam/backend.h"
#include "store/store.h"

namespace jackgw::storage {

/// The store over a back end: each function runs the domain's operation of its name in a transaction.
std::unique_ptr<store::Store> make_store(std::unique_ptr<store::Backend> backend);

}  // namespace jackgw::storage
