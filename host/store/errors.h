#pragma once

#include "base/errors.h"

namespace jackgw::store {

/// The store is damaged, of a newer program, locked by another one, or otherwise not to be used: an operator
/// has to act.
class StoreError : public Error {
  public:
    using Error::Error;
};

}  // namespace jackgw::store
