#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "test_certificates.h"

namespace jackgw::test {

class FaultServer;

/// The server's end of one connection, as a script sees it. All calls block; they fail once the test is over.
class Peer {
  public:
    /// The next request, head and body, after counting it; nothing if the client has closed.
    std::optional<std::string> read_request();

    /// Only the head of a request, counted too; its body stays unread.
    std::optional<std::string> read_head();

    bool write(std::string_view bytes);

    /// Waits until the client closes: what a server does that hangs.
    void hang();

    /// Ends the connection at once by a reset, without TLS's good-bye.
    void reset();

    int ordinal() const { return ordinal_; }  ///< 0 for the first connection

  private:
    friend class FaultServer;
    Peer(FaultServer& server, int descriptor, int ordinal)
        : server_(server), descriptor_(descriptor), ordinal_(ordinal) {}

    long receive(char* bytes, std::size_t size);

    FaultServer& server_;
    int descriptor_;
    int ordinal_;
    std::unique_ptr<SSL, decltype(&SSL_free)> ssl_{nullptr, &SSL_free};
    std::string buffer_;
    bool reset_ = false;
};

/// A server on a loopback port that treats each connection, in a thread of its own, as a script says: well or
/// badly. When the script returns, the connection is closed in an orderly way.
class FaultServer {
  public:
    using Script = std::function<void(Peer&)>;

    explicit FaultServer(Script script, std::optional<Identity> identity = {}, int max_tls_version = 0);
    ~FaultServer();

    std::uint16_t port() const { return port_; }
    int connections() const { return connections_; }
    int requests() const { return requests_; }

    /// Waits until that many connections are closed on this side.
    void wait_for_closed(int count);

  private:
    friend class Peer;
    void accept_all();
    void serve(Peer& peer);

    Script script_;
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_{nullptr, &SSL_CTX_free};
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<int> connections_{0};
    std::atomic<int> requests_{0};
    std::mutex mutex_;
    std::condition_variable changed_;
    int closed_ = 0;
    bool stopping_ = false;
    std::vector<int> open_;
    std::vector<std::thread>
        threads_;  // of the connections; touched by the acceptor alone until it has ended
    std::thread acceptor_;
};

}  // namespace jackgw::test
