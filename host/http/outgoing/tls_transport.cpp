#include "http/outgoing/tls_transport.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <poll.h>

#include <new>

#include "http/wire/ip_address.h"

namespace jackgw::http {

namespace {

// The reason that OpenSSL has left in this thread's queue.
std::string last_reason() {
    const auto code = ERR_get_error();
    const char* reason = code == 0 ? nullptr : ERR_reason_error_string(code);
    return reason == nullptr ? "the connection was cut" : reason;
}

}  // namespace

TlsTransport::TlsTransport(std::unique_ptr<PlainTransport> tcp, SSL_CTX* context, const BIO_METHOD* method)
    : tcp_(std::move(tcp)), bio_{tcp_->io().descriptor(), 0}, ssl_(SSL_new(context), &SSL_free) {
    BIO* bio = ssl_ ? make_socket_bio(method, bio_) : nullptr;
    if (bio == nullptr) throw std::bad_alloc();
    SSL_set_bio(ssl_.get(), bio, bio);
    SSL_set_connect_state(ssl_.get());
}

TlsTransport::~TlsTransport() {
    if (!broken_) SSL_shutdown(ssl_.get());  // one attempt to say good-bye; nobody waits for the answer
    ERR_clear_error();
}

bool TlsTransport::expect_host(const std::string& host) {
    // Without a callback, so that neither Poco's SSLManager nor anybody else can overrule the verdict.
    SSL_set_verify(ssl_.get(), SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    if (IpAddress::parse(host)) {
        return X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl_.get()), host.c_str()) == 1;
    }
    SSL_set_hostflags(ssl_.get(), X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return SSL_set1_host(ssl_.get(), host.c_str()) == 1 &&
           SSL_set_tlsext_host_name(ssl_.get(), host.c_str()) == 1;
}

// Calls an operation of OpenSSL until it is done, waiting for the socket in between.
template <typename Operation>
IoStatus TlsTransport::repeat(SteadyTime deadline, Operation operation) {
    const SocketIo& io = tcp_->io();
    while (io.clock().steady_now() < deadline) {
        ERR_clear_error();
        const int result = operation();
        if (result == 1) return IoStatus::ok;
        short events = 0;
        switch (SSL_get_error(ssl_.get(), result)) {
            case SSL_ERROR_WANT_READ:
                events = POLLIN;
                break;
            case SSL_ERROR_WANT_WRITE:
                events = POLLOUT;
                break;
            case SSL_ERROR_ZERO_RETURN:
                return IoStatus::closed;
            default:
                broken_ = true;
                return IoStatus::failed;
        }
        if (!io.wait(events, deadline)) break;
    }
    return IoStatus::timed_out;
}

IoStatus TlsTransport::shake_hands(SteadyTime deadline, std::string& reason) {
    const auto status = repeat(deadline, [&] { return SSL_do_handshake(ssl_.get()); });
    if (status == IoStatus::ok) return status;
    broken_ = true;
    if (status == IoStatus::timed_out) return status;
    const long verified = SSL_get_verify_result(ssl_.get());
    reason = verified == X509_V_OK ? last_reason() : X509_verify_cert_error_string(verified);
    return IoStatus::failed;
}

IoStatus TlsTransport::send(std::string_view bytes, SteadyTime deadline) {
    std::size_t count = 0;
    const auto status =
        repeat(deadline, [&] { return SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &count); });
    if (status == IoStatus::ok) return status;
    broken_ = true;  // a record may be on the wire in part, nothing sensible can follow it
    return status == IoStatus::closed ? IoStatus::failed : status;
}

IoResult TlsTransport::receive(char* buffer, std::size_t size, SteadyTime deadline) {
    std::size_t count = 0;
    const auto status = repeat(deadline, [&] { return SSL_read_ex(ssl_.get(), buffer, size, &count); });
    return {status, count};
}

bool TlsTransport::is_quiet() {
    // What can be read may be a session ticket, which OpenSSL keeps to itself; anything else ends the
    // friendship.
    ERR_clear_error();
    char byte = 0;
    std::size_t count = 0;
    const int result = SSL_read_ex(ssl_.get(), &byte, 1, &count);
    if (result != 1 && SSL_get_error(ssl_.get(), result) == SSL_ERROR_WANT_READ) return true;
    broken_ = true;
    return false;
}

}  // namespace jackgw::http
