#include "http/client.h"

#include <algorithm>

#include "http/outgoing/connection_pool.h"
#include "http/outgoing/plain_transport.h"
#include "http/outgoing/request_text.h"
#include "http/outgoing/resolver.h"
#include "http/outgoing/response_reader.h"
#include "http/outgoing/tls.h"
#include "http/outgoing/url.h"
#include "http/wire/public_address.h"

namespace jackgw::http {

namespace {

using Kind = ClientResult::Kind;

// A second less than what the server promises, for the time that the request is on its way.
constexpr std::chrono::seconds promise_margin{1};

// Keeps an answer as a whole.
class Collector final : public ResponseSink {
  public:
    explicit Collector(ClientResult& result) : result_(result) {}

    void head(int, const std::vector<Header>& headers) override { result_.headers = headers; }
    bool body(std::string_view piece) override {
        result_.body.append(piece);
        return true;
    }

  private:
    ClientResult& result_;
};

// Connections for requests that must not leave the public internet are kept apart: others lead anywhere.
std::string connection_key(const ClientRequest& request, const Url& url) {
    return (request.public_only ? "public " : "") + url.connection_key();
}

}  // namespace

class ClientCore {
  public:
    ClientCore(ClientOptions options, const Clock& clock)
        : options_(std::move(options)),
          clock_(clock),
          is_public_(options_.is_public ? options_.is_public : AddressRule(is_public_address)),
          tls_(options_.ca_file),
          resolver_(options_.lookup, clock),
          pool_(options_.max_idle_per_host, clock) {}

    ClientResult perform(const ClientRequest& request, ResponseSink& sink);
    void close_idle() { pool_.close_all(); }

  private:
    std::unique_ptr<Transport> connect(const Url& url, bool public_only, SteadyTime deadline,
                                       ConnectFault& fault);
    std::unique_ptr<Transport> connect_to(const std::string& address, const Url& url, SteadyTime deadline,
                                          ConnectFault& fault);
    void exchange(const ClientRequest& request, const Url& url, SteadyTime deadline,
                  std::unique_ptr<Transport> transport, ResponseSink& sink, ClientResult& result);
    void keep(const std::string& key, std::unique_ptr<Transport> transport, const ResponseHead& head);

    const ClientOptions options_;
    const Clock& clock_;
    const AddressRule is_public_;
    TlsContext tls_;
    Resolver resolver_;
    ConnectionPool pool_;  // last: its connections need the TLS context
};

ClientResult ClientCore::perform(const ClientRequest& request, ResponseSink& sink) {
    ClientResult result;
    result.kind = Kind::not_allowed;
    result.error = request_fault(request);
    if (!result.error.empty()) return result;
    const auto url = parse_url(request.url, result.error);
    if (!url) return result;

    const auto now = clock_.steady_now();
    const auto deadline = now + request.total_timeout;
    auto transport = pool_.take(connection_key(request, *url));
    result.reused = transport != nullptr;
    if (!transport) {
        ConnectFault fault;
        transport =
            connect(*url, request.public_only, std::min(deadline, now + request.connect_timeout), fault);
        if (!transport) {
            if (!fault.not_allowed) result.kind = fault.timed_out ? Kind::timed_out : Kind::failed;
            result.error = std::move(fault.what);
            return result;
        }
    }
    exchange(request, *url, deadline, std::move(transport), sink, result);
    if (result.kind != Kind::complete) result.error = url->host + ": " + result.error;
    return result;
}

// Sends the request, once, and reads the answer.
void ClientCore::exchange(const ClientRequest& request, const Url& url, SteadyTime deadline,
                          std::unique_ptr<Transport> transport, ResponseSink& sink, ClientResult& result) {
    // The last look before the first byte: the program may have been stopped, or the machine asleep, until
    // now.
    const auto left = std::chrono::ceil<std::chrono::microseconds>(deadline - clock_.steady_now());
    if (request.ends_before - clock_.boot_now() < left) {
        result.kind = Kind::timed_out;
        result.error = "too much time had passed to begin the request; nothing was sent";
        return;
    }
    const auto before = transport->bytes_written();
    const auto sent = transport->send(request_text(request, url, options_.user_agent), deadline);
    result.written = transport->bytes_written() != before;
    if (sent == IoStatus::timed_out || !result.written) {
        result.kind = sent == IoStatus::timed_out ? Kind::timed_out : Kind::failed;
        result.error =
            sent == IoStatus::timed_out ? "the request wasn't taken in time" : "the connection was cut";
        return;
    }
    // Also when the sending was cut: a server may answer (401, 413) and close before it has read everything.
    ResponseReader reader(*transport, deadline, request.max_response_body);
    result.kind = reader.read(request.method, sink);
    if (result.kind != Kind::complete) {
        result.error = reader.fault();
        return;
    }
    if (sent == IoStatus::ok && reader.may_reuse())
        keep(connection_key(request, url), std::move(transport), reader.head());
    result.status = reader.head().status;
}

void ClientCore::keep(const std::string& key, std::unique_ptr<Transport> transport,
                      const ResponseHead& head) {
    std::chrono::milliseconds limit = options_.idle_limit;
    if (head.idle_limit)
        limit = std::min<std::chrono::milliseconds>(limit, *head.idle_limit - promise_margin);
    if (limit.count() > 0) pool_.give(key, std::move(transport), clock_.steady_now() + limit);
}

std::unique_ptr<Transport> ClientCore::connect(const Url& url, bool public_only, SteadyTime deadline,
                                               ConnectFault& fault) {
    const auto addresses = resolver_.resolve(url.host, deadline);
    if (!addresses || addresses->empty()) {
        fault = {!addresses,
                 "the name " + url.host + (addresses ? " has no address" : " wasn't found in time")};
        return nullptr;
    }
    if (public_only && !std::all_of(addresses->begin(), addresses->end(), is_public_)) {
        fault = {.what = "the host " + url.host + " has an address that isn't on the public internet",
                 .not_allowed = true};
        return nullptr;
    }
    // Each address gets its share of the time, so that a dead one leaves some for the next.
    auto left = static_cast<int>(addresses->size());
    for (const auto& address : *addresses) {
        const auto now = clock_.steady_now();
        ConnectFault one;
        auto transport = connect_to(address, url, now + (deadline - now) / left--, one);
        if (transport) return transport;
        fault.timed_out = fault.timed_out || one.timed_out;
        fault.what += (fault.what.empty() ? "" : "; ") + one.what;
    }
    return nullptr;
}

std::unique_ptr<Transport> ClientCore::connect_to(const std::string& address, const Url& url,
                                                  SteadyTime deadline, ConnectFault& fault) {
    if (url.secure) return tls_.connect(address, url.port, url.host, deadline, clock_, fault);
    return connect_tcp(address, url.port, deadline, clock_, fault);
}

Client::Client(ClientOptions options, const Clock& clock)
    : core_(std::make_unique<ClientCore>(std::move(options), clock)) {}

Client::~Client() = default;

ClientResult Client::perform(const ClientRequest& request) {
    ClientResult collected;
    Collector collector(collected);
    ClientResult result = core_->perform(request, collector);
    if (result.kind != Kind::complete) return result;
    result.headers = std::move(collected.headers);
    result.body = std::move(collected.body);
    return result;
}

ClientResult Client::perform(const ClientRequest& request, ResponseSink& sink) {
    return core_->perform(request, sink);
}

void Client::close_idle() {
    core_->close_idle();
}

}  // namespace jackgw::http
