#pragma once

#include <Poco/Net/StreamSocket.h>

#include <memory>

#include "http/outgoing/transport.h"

namespace jackgw::http {

/// TCP without TLS; also what TLS is built upon. Owns the socket.
class PlainTransport final : public Transport {
  public:
    PlainTransport(const Poco::Net::StreamSocket& socket, const Clock& clock)
        : socket_(socket), io_(socket_.impl()->sockfd(), clock) {}

    IoStatus send(std::string_view bytes, SteadyTime deadline) override;
    IoResult receive(char* buffer, std::size_t size, SteadyTime deadline) override;
    bool is_quiet() override;
    std::uint64_t bytes_written() const override { return written_; }

    const SocketIo& io() const { return io_; }

  private:
    Poco::Net::StreamSocket socket_;
    SocketIo io_;
    std::uint64_t written_ = 0;
};

/// Connects to an address in figures. Null in failure.
std::unique_ptr<PlainTransport> connect_tcp(const std::string& address, std::uint16_t port,
                                            SteadyTime deadline, const Clock& clock, ConnectFault& fault);

}  // namespace jackgw::http
