#pragma once

#include <memory>

#include "base/ids.h"
#include "store/seam/backend.h"

namespace jackgw::test {

/// Where the store under test keeps its data: an empty place of its own, gone with this object.
class Backend {
  public:
    virtual ~Backend() = default;
    /// Opens it; again after the last one is gone, and what was committed is there.
    virtual std::unique_ptr<store::Backend> open(const Clock& clock, IdGenerator& ids) = 0;
};

/// Each backend's program defines this once.
std::unique_ptr<Backend> make_backend();

}  // namespace jackgw::test
