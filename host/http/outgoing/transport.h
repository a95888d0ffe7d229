#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/wire/socket_io.h"

namespace jackgw::http {

/// An open connection to a server, plain or TLS. One thread at a time.
class Transport {
  public:
    virtual ~Transport() = default;

    /// Writes all of it, or fails; how much the kernel took is told by bytes_written().
    virtual IoStatus send(std::string_view bytes, SteadyTime deadline) = 0;

    /// Waits for some bytes. `closed` only for an orderly end: on TLS a cut connection is `failed`.
    virtual IoResult receive(char* buffer, std::size_t size, SteadyTime deadline) = 0;

    /// True if a kept connection is still open and silent. A server that has closed it, or that says
    /// something without being asked, is found out here, before anything is written.
    virtual bool is_quiet() = 0;

    /// All bytes that were ever handed to the kernel, those of TLS included.
    virtual std::uint64_t bytes_written() const = 0;
};

/// Why no connection came about.
struct ConnectFault {
    bool timed_out = false;
    std::string what{};
    bool not_allowed = false;  ///< a rule forbids the address
};

}  // namespace jackgw::http
