#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/defaults.h"
#include "base/time.h"
#include "http/message.h"

namespace jackgw::http {

struct ServerOptions {
    std::string host = defaults::listen_host;
    std::uint16_t port = 0;  ///< 0: any free one, see Server::port()
    std::size_t max_body = defaults::max_body_bytes;
    std::size_t max_header = defaults::max_header_bytes;
    std::chrono::milliseconds header_deadline =
        defaults::header_timeout;  ///< from its first byte until the head is complete
    std::chrono::milliseconds body_deadline =
        defaults::body_timeout;  ///< from the head until the body is complete
    std::chrono::milliseconds send_deadline =
        defaults::send_timeout;  ///< for the whole answer, or a piece of a streamed one
    std::chrono::milliseconds keep_alive =
        defaults::keep_alive_timeout;  ///< how long a connection may wait for its next request
    std::size_t max_connections =
        defaults::max_connections;             ///< a thread each; one more is answered 503 at once
    std::vector<std::string> trusted_proxies;  ///< addresses or CIDR blocks whose X-Forwarded-For is believed
};

/// Called on the connections' threads, several at once; they must not throw.
struct ServerHooks {
    /// Every answer, just before it is written: so that what it counts is there when the client has its
    /// answer. The request is null where not even a first line came; the time counts from the request's first
    /// byte.
    std::function<void(const Request*, int status, std::chrono::microseconds)> observer;
    /// A handler threw (or gave an answer that can't be written): the text says what.
    std::function<void(const Request&, std::string_view what)> failure;
};

/// Since the start.
struct ServerCounters {
    std::uint64_t requests = 0;             ///< handed to the handler
    std::uint64_t rejected = 0;             ///< answered 4xx or 5xx by the edge, time-outs included
    std::uint64_t timed_out = 0;            ///< header or body too slow
    std::uint64_t refused_connections = 0;  ///< over max_connections
    std::uint64_t handler_failures = 0;     ///< the handler threw
    std::size_t open_connections = 0;       ///< now
};

struct ServerCore;
class ListeningServer;

/// The HTTP/1.1 server: Poco's TCP server, a thread for each connection, and an edge of its own that reads
/// requests against deadlines and limits and hands only complete ones to the handler. Poco's HTTP classes
/// aren't used for it: their time-outs limit silence only, they let contradictory lengths pass, and a body
/// that isn't read becomes the next request.
///
/// start() and stop() are called by one thread; the rest is safe from any.
class Server {
  public:
    /// Throws Error for a trusted proxy that is no address. Clock, handler and hooks must outlive the server.
    Server(ServerOptions options, const Clock& clock, Handler handler, ServerHooks hooks = {});
    /// Stops without grace and waits for the handlers that still run.
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Listens and serves. Throws Error if the address can't be used.
    void start();

    /// The port that is listened on; 0 before start().
    std::uint16_t port() const;

    /// Takes no new connections, ends the idle ones, and lets requests in flight finish: they are answered
    /// with Connection: close. What is left after `grace` is cut. True if all had finished. A stopped server
    /// stays stopped.
    bool stop(std::chrono::milliseconds grace);

    ServerCounters counters() const;

  private:
    std::unique_ptr<ServerCore> core_;
    std::unique_ptr<ListeningServer> listening_;
};

}  // namespace jackgw::http
