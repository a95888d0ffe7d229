#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace jackgw::test {

/// An HTTPS server on loopback with a self-made certificate for "localhost", which it writes into a file; it
/// answers every request with {"data":[]}.
class TlsServer {
  public:
    /// `prefix` begins the names of the files that it writes and removes again.
    explicit TlsServer(const std::string& prefix);
    ~TlsServer();

    std::uint16_t port() const;
    const std::string& certificate_file() const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace jackgw::test
