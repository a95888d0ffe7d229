#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "http/message.h"

namespace jackgw::http {

/// Looks a host name up; an empty list if it has no address. The addresses are IPv4 or IPv6 text. May block.
using Lookup = std::function<std::vector<std::string>(const std::string& host)>;

/// True if an address in figures belongs to the public internet.
using AddressRule = std::function<bool(const std::string& address)>;

struct ClientOptions {
    std::string ca_file;                 ///< PEM; empty: the system's certificate authorities
    std::size_t max_idle_per_host = 64;  ///< open connections that are kept for one scheme, host and port
    /// How long a connection is kept without use. Common servers close after five seconds (Node.js, Apache)
    /// or more: a request on a connection that the server is just closing has an unknown outcome, while a new
    /// TLS connection costs some 3 ms of CPU. A server that announces a shorter time by Keep-Alive is
    /// believed.
    std::chrono::milliseconds idle_limit{4'000};
    std::string user_agent = "jack-gateway";  ///< sent unless the request has its own
    Lookup lookup;                            ///< empty: the system's resolver
    AddressRule is_public;                    ///< empty: is_public_address()
};

struct ClientRequest {
    std::string method = "GET";
    std::string url;
    std::vector<Header> headers;  ///< without Host, Content-Length, Connection and the like
    std::string body;
    std::chrono::milliseconds connect_timeout{5'000};  ///< name lookup, connection and TLS handshake; 1…60000
    std::chrono::milliseconds total_timeout{15'000};  ///< from the call until the answer's last byte; 1…60000
    std::size_t max_response_body = std::size_t{1024} * 1024;
    /// Only to public addresses: for URLs that a stranger has chosen. The name is looked up once, every
    /// address that it has is checked, and the connection goes to one of those. Connections that are kept are
    /// not shared with other requests.
    bool public_only = false;
    /// No byte is written unless the total time-out ends before this, by a clock that counts suspension, too:
    /// from then on somebody else may take what the request stands for in hand.
    BootTime ends_before = BootTime::max();
};

/// Takes a complete answer's head and then its body in pieces, on the thread of the request.
class ResponseSink {
  public:
    virtual ~ResponseSink() = default;
    virtual void head(int status, const std::vector<Header>& headers) = 0;
    /// A piece has 16 KiB at most. False: no more is wanted; the connection is closed.
    virtual bool body(std::string_view piece) = 0;
};

struct ClientResult {
    enum class Kind {
        complete,     ///< a whole answer came, whatever its status
        not_allowed,  ///< the request breaks a rule; nothing was done
        timed_out,
        failed,     ///< no connection, a certificate that isn't right, a cut or malformed answer
        too_large,  ///< the answer is over a limit
        given_up    ///< the sink wanted no more
    };

    Kind kind = Kind::failed;
    /// False only if the kernel took not a single byte of the request: then it may be repeated.
    bool written = false;
    bool reused = false;  ///< an open connection was used again
    int status = 0;       ///< status, headers and body of a complete answer, unless a sink has taken it
    std::vector<Header> headers;
    std::string body;
    std::string error;  ///< for people, unless complete; names the host, never the path or the query
};

class ClientCore;

/// Makes HTTPS requests, and plain HTTP ones to this machine. One call is one request on the wire at most:
/// nothing is repeated, redirects aren't followed. Certificate and host name are always verified, TLS is 1.2
/// at least. Connections are kept and used again. Safe from any thread; a call blocks its own for the total
/// time-out at most.
class Client {
  public:
    /// Throws Error if the certificate authorities can't be read. The clock must outlive the client.
    Client(ClientOptions options, const Clock& clock);
    /// No call may be under way. Waits for a name lookup that has outlasted its call.
    ~Client();
    Client(const Client&) = delete;
    Client& operator=(const Client&) = delete;

    ClientResult perform(const ClientRequest& request);

    /// The same for an answer of any length: it goes into the sink while it comes in, so that memory is
    /// bounded and a sink that blocks slows the server down. Unless the result is `complete`, what the sink
    /// has got is not the whole. What the sink throws is passed on.
    ClientResult perform(const ClientRequest& request, ResponseSink& sink);

    /// Closes the connections that aren't in use.
    void close_idle();

  private:
    std::unique_ptr<ClientCore> core_;
};

}  // namespace jackgw::http
