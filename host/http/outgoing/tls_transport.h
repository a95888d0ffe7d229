#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <string>

#include "http/outgoing/plain_transport.h"
#include "http/outgoing/tls_bio.h"

namespace jackgw::http {

/// A TLS session over a TCP connection. Poco's SecureStreamSocket isn't used for it: its time-outs limit
/// silence instead of the whole, and it can't tell whether bytes have reached the kernel.
class TlsTransport final : public Transport {
  public:
    TlsTransport(std::unique_ptr<PlainTransport> tcp, SSL_CTX* context, const BIO_METHOD* method);
    ~TlsTransport() override;

    /// Demands a certificate for this host name or address, as a part of the handshake: without it there is
    /// no connection. False if OpenSSL can't do that.
    bool expect_host(const std::string& host);

    /// `reason` is set if it failed.
    IoStatus shake_hands(SteadyTime deadline, std::string& reason);

    IoStatus send(std::string_view bytes, SteadyTime deadline) override;
    IoResult receive(char* buffer, std::size_t size, SteadyTime deadline) override;
    bool is_quiet() override;
    std::uint64_t bytes_written() const override { return bio_.written; }

  private:
    template <typename Operation>
    IoStatus repeat(SteadyTime deadline, Operation operation);

    std::unique_ptr<PlainTransport> tcp_;
    SocketBio bio_;
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
    bool broken_ = false;  // nothing may be written any more, not even a good-bye
};

}  // namespace jackgw::http
