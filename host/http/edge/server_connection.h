#pragma once

#include <Poco/Net/StreamSocket.h>
#include <Poco/Net/TCPServerConnection.h>

#include <string>

#include "http/edge/request_reader.h"
#include "http/edge/response_writer.h"
#include "http/edge/server_core.h"
#include "http/edge/streamed_response.h"

namespace jackgw::http {

/// One connection, served by the thread that runs it until it ends.
class ServerConnection final : public Poco::Net::TCPServerConnection {
  public:
    ServerConnection(const Poco::Net::StreamSocket& socket, ServerCore& core);

    void run() override;

    /// The answer to a connection that is one too many, ready for the wire.
    static std::string too_many_connections(const Clock& clock);

  private:
    enum class Next {
        request,  ///< the connection goes on
        close,
        reset,  ///< an answer was broken off: the client must not take it for the whole
        drain   ///< the client may still be sending: read that before closing
    };

    Next serve_one();
    Next after_answer(bool closes) const;
    Response answer(const Request& request);
    std::optional<Response> stream(const Request& request, const Streamer& streamer,
                                   StreamedResponse& streamed);
    template <typename Work>
    std::optional<Response> guarded(const Request& request, Work work);
    bool write(const Response& response, const Framing& framing);
    void observe(const Request* request, int status, SteadyTime since) const;

    ServerCore& core_;
    SocketIo io_;
    RequestReader reader_;
    std::string peer_;
    std::string head_;  // kept between answers for its capacity
};

}  // namespace jackgw::http
