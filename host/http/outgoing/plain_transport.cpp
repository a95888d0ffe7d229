#include "http/outgoing/plain_transport.h"

#include <poll.h>

#include <system_error>

namespace jackgw::http {

IoStatus PlainTransport::send(std::string_view bytes, SteadyTime deadline) {
    const auto [status, count] = io_.send(bytes, {}, deadline);
    written_ += count;
    return status;
}

IoResult PlainTransport::receive(char* buffer, std::size_t size, SteadyTime deadline) {
    return io_.receive(buffer, size, deadline);
}

bool PlainTransport::is_quiet() {
    pollfd entry{io_.descriptor(), POLLIN | POLLRDHUP, 0};
    return ::poll(&entry, 1, 0) == 0;
}

std::unique_ptr<PlainTransport> connect_tcp(const std::string& address, std::uint16_t port,
                                            SteadyTime deadline, const Clock& clock, ConnectFault& fault) {
    const std::string where = address + " port " + std::to_string(port);
    try {
        Poco::Net::StreamSocket socket;
        socket.connectNB(Poco::Net::SocketAddress(address, port));
        if (!SocketIo(socket.impl()->sockfd(), clock).wait(POLLOUT, deadline)) {
            fault = {true, "no connection to " + where + " in time"};
            return nullptr;
        }
        if (const int error = socket.impl()->socketError(); error != 0) {
            fault = {false, "can't connect to " + where + ": " + std::generic_category().message(error)};
            return nullptr;
        }
        socket.setNoDelay(true);
        return std::make_unique<PlainTransport>(std::move(socket), clock);
    } catch (const Poco::Exception& error) {
        fault = {false, "can't connect to " + where + ": " + error.displayText()};
        return nullptr;
    }
}

}  // namespace jackgw::http
