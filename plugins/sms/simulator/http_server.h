#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace jackgw::sms::simulator {

struct HttpRequest {
    std::string method;
    std::string target;  // path and query as they came
    std::string path;
    std::string query;
    std::string host;  // with the port, as the client named it
    std::string authorization;
    std::string body;
};

struct HttpResponse {
    int status = 200;
    std::string content_type = "application/json";
    std::string body{};
    std::vector<std::pair<std::string, std::string>> headers{};
    bool chunked = false;                // don't tell the body's length
    bool cut = false;                    // end the connection without a word instead
    std::function<void()> afterwards{};  // called when the answer has gone out
};

/// Called on one of the server's threads, many at a time.
using HttpHandler = std::function<HttpResponse(const HttpRequest&)>;

/// An HTTP server on 127.0.0.1, for JSON mostly. It serves from construction to stop().
class HttpServer {
  public:
    /// Port 0: the system chooses. Throws Poco::Exception if the port is taken.
    HttpServer(std::uint16_t port, HttpHandler handler);
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    std::uint16_t port() const;
    /// Goes away for so long: ends all connections and refuses new ones, and keeps the port. `release` ends
    /// what holds handlers. Returns at once; while it is away a further call changes nothing.
    void go_away(std::chrono::milliseconds duration, std::function<void()> release);
    /// Closes all connections and waits for handlers that still run; those that wait must be released first.
    void stop();

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace jackgw::sms::simulator
