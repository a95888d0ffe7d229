#pragma once

#include "base/errors.h"

namespace jackgw::store {

/// Another transaction was faster: what this one had read is no longer so (a unique key that is taken by now,
/// a serialisation failure, a deadlock). The back end runs the unit again, `max_runs` times in all.
class LostRace : public Error {
  public:
    static constexpr int max_runs = 5;
    using Error::Error;
};

}  // namespace jackgw::store
