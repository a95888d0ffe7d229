#pragma once

#include <chrono>
#include <cstdint>
#include <string>

namespace jackgw::bench {

/// One keep-alive connection to a server on this machine, with at most one request on its way. One thread.
class Connection {
  public:
    using Clock = std::chrono::steady_clock;

    /// Throws std::runtime_error, as all functions do when the connection fails.
    explicit Connection(std::uint16_t port);
    ~Connection();
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    int descriptor() const { return descriptor_; }

    /// Where the next request is to be put together.
    std::string& request() { return request_; }
    void send();

    /// Takes what has come; true once the answer is complete. Throws std::runtime_error, quoting it, if the
    /// answer isn't 200 with exactly `body`: an error that is answered quickly is no good figure.
    bool receive(std::string_view body);

    Clock::time_point sent_at() const { return sent_at_; }

  private:
    int descriptor_;
    std::string request_;
    std::string answer_;
    Clock::time_point sent_at_{};
};

}  // namespace jackgw::bench
