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

/// It can't be said whether what was asked for was done: the disk failed while it was made durable, and
/// failed again when it was to be taken back. It was done wholly or not at all. Whoever repeats it once the
/// program has been started again, with the key by which a repetition is known, has it done once.
class OutcomeUnknown : public Error {
  public:
    using Error::Error;
};

}  // namespace jackgw
