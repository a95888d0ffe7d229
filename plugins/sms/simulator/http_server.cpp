#include "http_server.h"

#include <Poco/Net/HTTPRequestHandler.h>
#include <Poco/Net/HTTPRequestHandlerFactory.h>
#include <Poco/Net/HTTPServer.h>
#include <Poco/Net/HTTPServerParams.h>
#include <Poco/Net/HTTPServerRequest.h>
#include <Poco/Net/HTTPServerRequestImpl.h>
#include <Poco/Net/HTTPServerResponse.h>
#include <Poco/Net/ServerSocket.h>
#include <Poco/ThreadPool.h>

#include <array>
#include <condition_variable>
#include <exception>
#include <iostream>
#include <mutex>
#include <optional>
#include <thread>

namespace jackgw::sms::simulator {

namespace {

// A connection has a thread of its own while it lives, idle or held by a fault: enough for a gateway's whole
// pool.
constexpr int max_threads = 512;
constexpr std::size_t max_body = 64U << 20;  // media that a guest sends come in one request

/// Reads the whole body; false if it is longer than any request here has reason to be.
bool read_body(std::istream& stream, std::string& body) {
    std::array<char, 8192> block{};
    while (stream.read(block.data(), block.size()) || stream.gcount() > 0) {
        body.append(block.data(), static_cast<std::size_t>(stream.gcount()));
        if (body.size() > max_body) return false;
    }
    return true;
}

class Edge final : public Poco::Net::HTTPRequestHandler {
  public:
    explicit Edge(const HttpHandler& handler) : handler_(handler) {}

    void handleRequest(Poco::Net::HTTPServerRequest& request,
                       Poco::Net::HTTPServerResponse& response) override {
        const HttpResponse answer = answer_to(request);
        if (answer.cut) {
            dynamic_cast<Poco::Net::HTTPServerRequestImpl&>(request).socket().shutdown();
            return;
        }
        response.setStatusAndReason(static_cast<Poco::Net::HTTPResponse::HTTPStatus>(answer.status));
        if (answer.status == 413) response.setKeepAlive(false);  // the rest of the body is still on its way
        for (const auto& [name, value] : answer.headers) response.set(name, value);
        if (answer.body.empty()) {
            response.setContentLength(0);
            response.send();
        } else {
            response.setContentType(answer.content_type);
            if (answer.chunked) {
                response.setChunkedTransferEncoding(true);
                response.send() << answer.body;
            } else if (answer.afterwards) {
                response.setContentLength64(static_cast<Poco::Int64>(answer.body.size()));
                response.send() << answer.body << std::flush;
                answer.afterwards();
            } else {
                response.sendBuffer(answer.body.data(), answer.body.size());
            }
        }
    }

  private:
    HttpResponse answer_to(Poco::Net::HTTPServerRequest& request) const {
        try {
            HttpRequest plain;
            plain.method = request.getMethod();
            plain.target = request.getURI();
            const auto mark = plain.target.find('?');
            plain.path = plain.target.substr(0, mark);
            if (mark != std::string::npos) plain.query = plain.target.substr(mark + 1);
            plain.host = request.get("Host", "");
            plain.authorization = request.get("Authorization", "");
            if (!read_body(request.stream(), plain.body)) return {.status = 413};
            return handler_(plain);
        } catch (const std::exception& error) {
            std::cerr << "twilio-sim: a request failed: " << error.what() << std::endl;
            return {.status = 500};
        }
    }

    const HttpHandler& handler_;
};

class EdgeFactory final : public Poco::Net::HTTPRequestHandlerFactory {
  public:
    explicit EdgeFactory(HttpHandler handler) : handler_(std::move(handler)) {}
    Poco::Net::HTTPRequestHandler* createRequestHandler(const Poco::Net::HTTPServerRequest&) override {
        return std::make_unique<Edge>(handler_).release();  // Poco takes it over
    }

  private:
    const HttpHandler handler_;
};

/// Bound, but not listening: who connects is refused, and nobody else gets the port. The socket's own
/// constructor would set SO_REUSEPORT: two simulators could then share a port unnoticed.
Poco::Net::ServerSocket bind_to(std::uint16_t port) {
    Poco::Net::ServerSocket socket;
    socket.bind(Poco::Net::SocketAddress("127.0.0.1", port), true, false);
    return socket;
}

Poco::Net::HTTPServerParams::Ptr parameters() {
    auto params = Poco::makeAuto<Poco::Net::HTTPServerParams>();
    params->setMaxThreads(max_threads);
    params->setMaxQueued(max_threads);
    params->setKeepAliveTimeout(Poco::Timespan(30, 0));
    params->setMaxKeepAliveRequests(0);
    return params;
}

}  // namespace

/// The server proper, which is made anew after an absence. Its state is changed by one thread at a time.
struct HttpServer::Parts {
    Parts(std::uint16_t wanted, HttpHandler handle) : handler(std::move(handle)), threads(2, max_threads) {
        listen(bind_to(wanted));
        port = server->port();
    }

    ~Parts() { stop(); }

    void listen(Poco::Net::ServerSocket socket) {
        socket.listen(256);
        server.emplace(Poco::makeShared<EdgeFactory>(handler), threads, socket, parameters());
        server->start();
    }

    void close(const std::function<void()>& release = [] {}) {
        server->stopAll(true);
        release();
        threads.joinAll();
        server.reset();
    }

    void be_away(std::chrono::milliseconds duration, const std::function<void()>& release) {
        close(release);
        const Poco::Net::ServerSocket reserved = bind_to(port);
        std::unique_lock lock(mutex);
        if (ends.wait_for(lock, duration, [this] { return stopped; })) return;
        listen(reserved);
        away = false;
    }

    void stop() {
        {
            const std::lock_guard lock(mutex);
            if (std::exchange(stopped, true)) return;
        }
        ends.notify_all();
        if (absence.joinable()) absence.join();
        if (server) close();
    }

    const HttpHandler handler;
    Poco::ThreadPool threads;
    std::optional<Poco::Net::HTTPServer> server;
    std::uint16_t port = 0;

    std::mutex mutex;  // of the rest
    std::condition_variable ends;
    bool stopped = false;
    bool away = false;
    std::thread absence;
};

HttpServer::HttpServer(std::uint16_t port, HttpHandler handler)
    : parts_(std::make_unique<Parts>(port, std::move(handler))) {}

HttpServer::~HttpServer() = default;

std::uint16_t HttpServer::port() const {
    return parts_->port;
}

void HttpServer::go_away(std::chrono::milliseconds duration, std::function<void()> release) {
    const std::lock_guard lock(parts_->mutex);
    if (parts_->stopped || std::exchange(parts_->away, true)) return;
    if (parts_->absence.joinable()) parts_->absence.join();  // an earlier one, which is over
    parts_->absence = std::thread([parts = parts_.get(), duration, release = std::move(release)] {
        parts->be_away(duration, release);
    });
}

void HttpServer::stop() {
    parts_->stop();
}

}  // namespace jackgw::sms::simulator
