#pragma once

#include <cstddef>
#include <string_view>

#include "base/time.h"

namespace jackgw::http {

enum class IoStatus {
    ok,
    closed,     ///< the other side has closed in an orderly way
    timed_out,  ///< the deadline has passed
    failed      ///< anything else: reset, broken
};

struct IoResult {
    IoStatus status = IoStatus::failed;
    std::size_t bytes = 0;
};

/// Reads and writes on a borrowed socket against points in time: a deadline limits the whole, where a
/// socket's own time-outs limit only the silence between two bytes. A wait is one plain poll(), where Poco
/// makes an epoll set for each. No SIGPIPE. The descriptor may be blocking or not. Used by one thread at a
/// time.
class SocketIo {
  public:
    SocketIo(int descriptor, const Clock& clock) : descriptor_(descriptor), clock_(clock) {}

    /// Waits for one of poll()'s events; false if the deadline came first. A deadline that has passed is
    /// never "ready".
    bool wait(short events, SteadyTime deadline) const;

    /// Waits for some bytes, at least one.
    IoResult receive(char* buffer, std::size_t size, SteadyTime deadline) const;

    /// Writes all of `first` and `second`; `bytes` is what the kernel took, also in failure.
    IoResult send(std::string_view first, std::string_view second, SteadyTime deadline) const;

    const Clock& clock() const { return clock_; }
    int descriptor() const { return descriptor_; }

  private:
    int descriptor_;
    const Clock& clock_;
};

}  // namespace jackgw::http
