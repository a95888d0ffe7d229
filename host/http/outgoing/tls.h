#pragma once

#include <memory>
#include <string>

#include "http/outgoing/transport.h"

namespace jackgw::http {

/// What all TLS connections of a client share: the trusted certificate authorities and the rules. Outlives
/// its connections. Safe from any thread.
class TlsContext {
  public:
    /// `ca_file`: PEM; empty: the system's. Throws Error if it can't be read.
    explicit TlsContext(const std::string& ca_file);
    ~TlsContext();
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

    /// Connects to an address in figures and shakes hands; the certificate must be valid for `host`. Null in
    /// failure.
    std::unique_ptr<Transport> connect(const std::string& address, std::uint16_t port,
                                       const std::string& host, SteadyTime deadline, const Clock& clock,
                                       ConnectFault& fault) const;

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace jackgw::http
