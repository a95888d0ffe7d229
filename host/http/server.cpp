#include "http/server.h"

#include <sys/socket.h>

#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/TCPServer.h>
#include <Poco/Net/TCPServerConnectionFactory.h>
#include <Poco/ThreadPool.h>

#include <cstring>

#include "base/errors.h"
#include "http/edge/server_connection.h"

namespace jackgw::http {

namespace {

// Threads beyond max_connections, which only answer 503: that takes a moment each, since the client's request
// is to be read before the socket is closed.
constexpr int spare_threads = 16;
constexpr int warm_threads = 8;
constexpr int thread_idle_seconds = 30;
constexpr int backlog = 1024;

class ConnectionFactory final : public Poco::Net::TCPServerConnectionFactory {
  public:
    explicit ConnectionFactory(ServerCore& core) : core_(core) {}

    Poco::Net::TCPServerConnection* createConnection(const Poco::Net::StreamSocket& socket) override {
        return std::make_unique<ServerConnection>(socket, core_).release();  // Poco deletes it
    }

  private:
    ServerCore& core_;
};

// Runs on the accepting thread: what even the spare threads can't take is answered without reading anything.
class Doorkeeper final : public Poco::Net::TCPServerConnectionFilter {
  public:
    explicit Doorkeeper(ServerCore& core) : core_(core) {}

    bool accept(const Poco::Net::StreamSocket& socket) override {
        if (core_.registry.size() < core_.options.max_connections + spare_threads) return true;
        ++core_.refused_connections;
        const SocketIo io(socket.impl()->sockfd(), core_.clock);
        io.send(ServerConnection::too_many_connections(core_.clock), {}, core_.clock.steady_now());
        return false;
    }

  private:
    ServerCore& core_;
};

Poco::Net::ServerSocket listen_on(const ServerOptions& options) {
    const std::string where = options.host + ":" + std::to_string(options.port);
    try {
        Poco::Net::ServerSocket socket;
        // Never SO_REUSEPORT, or a second gateway would silently take half of the connections.
        socket.bind(Poco::Net::SocketAddress(options.host, options.port), true, false);
        socket.listen(backlog);
        return socket;
    } catch (const Poco::Exception& error) {
        const std::string reason = error.code() != 0 ? std::strerror(error.code()) : error.displayText();
        throw Error("can't listen on " + where + ": " + reason);
    }
}

Poco::Net::TCPServerParams::Ptr parameters(int threads) {
    auto params = Poco::makeAuto<Poco::Net::TCPServerParams>();
    params->setMaxThreads(threads);
    params->setMaxQueued(backlog);
    return params;
}

}  // namespace

/// Poco's part of a running server.
class ListeningServer {
  public:
    explicit ListeningServer(ServerCore& core)
        : threads_(static_cast<int>(core.options.max_connections) + spare_threads),
          pool_("http", warm_threads, threads_, thread_idle_seconds),
          socket_(listen_on(core.options)),
          port_(socket_.address().port()),
          tcp_(Poco::makeShared<ConnectionFactory>(core), pool_, socket_, parameters(threads_)) {
        tcp_.setConnectionFilter(Poco::makeAuto<Doorkeeper>(core));
        tcp_.start();
    }
    ~ListeningServer() {
        close();
        pool_.joinAll();
    }

    void close() {
        if (closed_) return;
        closed_ = true;
        ::shutdown(socket_.impl()->sockfd(),
                   SHUT_RD);  // wakes the accepting thread, which else looks up every 250 ms
        tcp_.stop();
        socket_.close();  // else the kernel goes on to accept connections that nobody serves
    }

    std::uint16_t port() const { return port_; }

  private:
    int threads_;
    Poco::ThreadPool pool_;
    Poco::Net::ServerSocket socket_;
    std::uint16_t port_;
    Poco::Net::TCPServer tcp_;
    bool closed_ = false;
};

Server::Server(ServerOptions options, const Clock& clock, Handler handler, ServerHooks hooks)
    : core_(std::make_unique<ServerCore>(std::move(options), clock, std::move(handler), std::move(hooks))) {}

Server::~Server() {
    stop(std::chrono::milliseconds{0});
}

void Server::start() {
    listening_ = std::make_unique<ListeningServer>(*core_);
}

std::uint16_t Server::port() const {
    return listening_ ? listening_->port() : 0;
}

bool Server::stop(std::chrono::milliseconds grace) {
    if (!listening_) return true;
    core_->registry.begin_stop();
    listening_->close();
    const bool finished = core_->registry.wait_until_empty(grace);
    if (!finished) core_->registry.cut_all();
    return finished;
}

ServerCounters Server::counters() const {
    return {core_->requests.load(),         core_->rejected.load(),
            core_->timed_out.load(),        core_->refused_connections.load(),
            core_->handler_failures.load(), core_->registry.size()};
}

}  // namespace jackgw::http
