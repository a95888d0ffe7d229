#pragma once

#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <string>

#include "base/errors.h"
#include "http/server.h"

namespace jackgw::test {

/// A server whose handler answers by path: /throw/…, /bad/…, /wait (until release()), everything else as an
/// echo.
class EchoServer {
  public:
    explicit EchoServer(http::ServerOptions options = {}, http::ServerHooks hooks = {})
        : server_(
              std::move(options), clock_, [this](const http::Request& request) { return answer(request); },
              std::move(hooks)) {
        server_.start();
    }
    ~EchoServer() { release(); }

    http::Server* operator->() { return &server_; }

    /// Waits until a request for /wait has reached the handler.
    void wait_for_waiter() {
        std::unique_lock lock(mutex_);
        changed_.wait_for(lock, std::chrono::seconds{10}, [this] { return waiting_; });
    }
    void release() {
        const std::lock_guard lock(mutex_);
        released_ = true;
        changed_.notify_all();
    }

  private:
    http::Response answer(const http::Request& request) {
        if (request.path == "/throw/unavailable" || request.path == "/api/unavailable")
            throw Unavailable("busy");
        if (request.path == "/throw/unknown" || request.path == "/api/unknown")
            throw OutcomeUnknown("the disk failed");
        if (request.path == "/throw/exception" || request.path == "/api/exception") {
            throw std::runtime_error("secret detail");
        }
        if (request.path == "/throw/number") throw 42;
        if (request.path == "/bad/header") return {200, {{"X-A", "a\r\nX-B: b"}}, "body"};
        if (request.path == "/bad/status") return {99, {}, "body"};
        if (request.path == "/wait") {
            std::unique_lock lock(mutex_);
            waiting_ = true;
            changed_.notify_all();
            changed_.wait(lock, [this] { return released_; });
        }
        return {200, {{"X-Peer", request.peer}}, request.method + " " + request.target + " " + request.body};
    }

    SystemClock clock_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool waiting_ = false;
    bool released_ = false;
    http::Server server_;  // last: its threads use the rest
};

}  // namespace jackgw::test
