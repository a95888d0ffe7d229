#include "http/edge/server_connection.h"

#include <sys/socket.h>

#include "base/errors.h"
#include "http/answers.h"

namespace jackgw::http {

namespace {

// How long a connection that ends with unread bytes is still read from; see RequestReader::discard.
constexpr std::chrono::milliseconds linger{500};

ReaderLimits limits_of(const ServerOptions& options) {
    return {options.max_header, options.max_body, options.header_deadline, options.body_deadline};
}

std::string address_of(const Poco::Net::StreamSocket& socket) {
    try {
        const auto text = socket.peerAddress().host().toString();
        const auto address = IpAddress::parse(text);
        return address ? address->to_string() : text;  // an IPv4 client on an IPv6 socket gets its usual name
    } catch (const Poco::Exception&) {
        return {};  // gone already
    }
}

}  // namespace

ServerConnection::ServerConnection(const Poco::Net::StreamSocket& socket, ServerCore& core)
    : TCPServerConnection(socket),
      core_(core),
      io_(socket.impl()->sockfd(), core.clock),
      reader_(io_, limits_of(core.options)),
      peer_(address_of(socket)) {}

std::string ServerConnection::too_many_connections(const Clock& clock) {
    std::string head;
    write_response_head(edge_answer(503, {}), 0, {.close = true}, clock.now(), head);
    return head;
}

void ServerConnection::run() {
    ConnectionRegistry::Entry entry(core_.registry, io_.descriptor());
    auto next = Next::request;
    if (entry.ordinal() > core_.options.max_connections) {
        ++core_.refused_connections;
        io_.send(too_many_connections(core_.clock), {}, core_.clock.steady_now() + linger);
        next = Next::drain;
    }
    auto patience = core_.options.header_deadline;  // a new connection is expected to speak
    while (next == Next::request) {
        if (!reader_.has_buffered()) {
            if (!entry.set_idle()) patience = std::chrono::milliseconds{1};  // only what is here already
            if (!reader_.await(core_.clock.steady_now() + patience)) break;
        }
        entry.set_busy();
        next = serve_one();
        patience = core_.options.keep_alive;
    }
    if (next == Next::reset) {
        // Not an orderly end, which HTTP/1.0 would take for the end of the body.
        const ::linger at_once{1, 0};
        ::setsockopt(io_.descriptor(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    if (next == Next::drain) {
        ::shutdown(io_.descriptor(), SHUT_WR);
        reader_.discard(core_.clock.steady_now() + linger);
    }
}

ServerConnection::Next ServerConnection::serve_one() {
    const auto started = core_.clock.steady_now();
    RequestHead head;
    const auto [outcome, status] = reader_.read(head);
    const Request& request = head.request;
    if (outcome == RequestReader::Outcome::closed) return Next::close;

    Framing framing{.close = true, .http_1_0 = head.http_1_0, .head_request = request.method == "HEAD"};
    head.request.peer = core_.trust.client_address(peer_, request.headers);
    head.request.received_at = core_.clock.now();
    if (outcome == RequestReader::Outcome::refused) {
        ++core_.rejected;
        if (status == 408) ++core_.timed_out;
        observe(request.method.empty() ? nullptr : &request, status, started);
        return write(edge_answer(status, request.path), framing) ? Next::drain : Next::close;
    }

    ++core_.requests;
    Response response = answer(request);
    framing.close = !head.keep_alive || core_.registry.stopping();
    if (response.stream) {
        StreamedResponse streamed(io_, core_.options.send_deadline, framing,
                                  [&](int begun) { observe(&request, begun, started); });
        auto instead = stream(request, response.stream, streamed);
        if (streamed.begun()) {
            if (instead || !streamed.finish()) return Next::reset;
            return after_answer(streamed.closes());
        }
        response = std::move(instead).value_or(edge_answer(500, request.path));
    }
    observe(&request, response.status, started);
    if (!write(response, framing)) return Next::close;
    return after_answer(framing.close);
}

ServerConnection::Next ServerConnection::after_answer(bool closes) const {
    if (!closes) return Next::request;
    return reader_.has_buffered() ? Next::drain : Next::close;
}

Response ServerConnection::answer(const Request& request) {
    return guarded(request, [&] { return std::optional(core_.handler(request)); }).value();
}

std::optional<Response> ServerConnection::stream(const Request& request, const Streamer& streamer,
                                                 StreamedResponse& streamed) {
    return guarded(request, [&] { return streamer(streamed); });
}

// Nothing that a handler does may end the connection without an answer.
template <typename Work>
std::optional<Response> ServerConnection::guarded(const Request& request, Work work) {
    std::string what;
    try {
        std::optional<Response> response = work();
        if (!response || is_sendable(*response)) return response;
        what = "the answer has an impossible status or header";
    } catch (const Unavailable&) {
        return edge_answer(503, request.path);
    } catch (const OutcomeUnknown& error) {
        if (core_.hooks.failure) core_.hooks.failure(request, error.what());
        return outcome_unknown_answer(request.path);
    } catch (const std::exception& error) {
        what = error.what();
    } catch (...) {
        what = "something that is no exception was thrown";
    }
    ++core_.handler_failures;
    if (core_.hooks.failure) core_.hooks.failure(request, what);
    return edge_answer(500, request.path);
}

bool ServerConnection::write(const Response& response, const Framing& framing) {
    write_response_head(response, response.body.size(), framing, core_.clock.now(), head_);
    const auto body = sends_body(response, framing) ? std::string_view(response.body) : std::string_view{};
    return io_.send(head_, body, core_.clock.steady_now() + core_.options.send_deadline).status ==
           IoStatus::ok;
}

void ServerConnection::observe(const Request* request, int status, SteadyTime since) const {
    if (!core_.hooks.observer) return;
    core_.hooks.observer(
        request, status,
        std::chrono::duration_cast<std::chrono::microseconds>(core_.clock.steady_now() - since));
}

}  // namespace jackgw::http
