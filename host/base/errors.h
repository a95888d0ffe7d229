#pragma once

#include <stdexcept>
#include <string>

namespace jackgw {

/// The root of what the host throws. The text is for people: what, which value, what to do.
class Error : public std::runtime_error {
  public:
    using std::runtime_error::runtime_error;
};

/// Not possible for now (store busy, disk full, shutting down): nothing was changed, the same call may work
/// later.
class Unavailable : public Error {
  public:
    using Error::Error;
};

}  // namespace jackgw
