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
#include <exception>
#include <iostream>

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

/// The socket's own constructor would set SO_REUSEPORT: two simulators could then share a port unnoticed.
Poco::Net::ServerSocket listen_on(std::uint16_t port) {
    Poco::Net::ServerSocket socket;
    socket.bind(Poco::Net::SocketAddress("127.0.0.1", port), true, false);
    socket.listen(256);
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

struct HttpServer::Parts {
    Parts(std::uint16_t port, HttpHandler handler)
        : threads(2, max_threads),
          server(Poco::makeShared<EdgeFactory>(std::move(handler)), threads, listen_on(port), parameters()) {}

    Poco::ThreadPool threads;
    Poco::Net::HTTPServer server;
    bool stopped = false;
};

HttpServer::HttpServer(std::uint16_t port, HttpHandler handler)
    : parts_(std::make_unique<Parts>(port, std::move(handler))) {
    parts_->server.start();
}

HttpServer::~HttpServer() {
    stop();
}

std::uint16_t HttpServer::port() const {
    return parts_->server.port();
}

void HttpServer::stop() {
    if (std::exchange(parts_->stopped, true)) return;
    parts_->server.stopAll(true);
    parts_->threads.joinAll();
}

}  // namespace jackgw::sms::simulator
