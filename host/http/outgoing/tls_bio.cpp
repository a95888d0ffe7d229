#include "http/outgoing/tls_bio.h"

#include <sys/socket.h>

#include <cerrno>

namespace jackgw::http {

namespace {

SocketBio& socket_of(BIO* bio) {
    return *static_cast<SocketBio*>(BIO_get_data(bio));
}

bool try_later() {
    return errno == EAGAIN || errno == EINTR;
}

int write_some(BIO* bio, const char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    auto& socket = socket_of(bio);
    const auto count =
        ::send(socket.descriptor, bytes, static_cast<std::size_t>(size), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (count >= 0) {
        socket.written += static_cast<std::uint64_t>(count);
    } else if (try_later()) {
        BIO_set_retry_write(bio);
    }
    return static_cast<int>(count);
}

int read_some(BIO* bio, char* bytes, int size) {
    BIO_clear_retry_flags(bio);
    const auto count = ::recv(socket_of(bio).descriptor, bytes, static_cast<std::size_t>(size), MSG_DONTWAIT);
    if (count < 0 && try_later()) BIO_set_retry_read(bio);
    return static_cast<int>(count);
}

long control(BIO*, int command, long, void*) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

}  // namespace

BioMethod make_socket_bio_method() {
    BioMethod method(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "counted socket"),
                     &BIO_meth_free);
    if (method) {
        BIO_meth_set_write(method.get(), write_some);
        BIO_meth_set_read(method.get(), read_some);
        BIO_meth_set_ctrl(method.get(), control);
    }
    return method;
}

BIO* make_socket_bio(const BIO_METHOD* method, SocketBio& socket) {
    BIO* bio = BIO_new(method);
    if (bio != nullptr) {
        BIO_set_data(bio, &socket);
        BIO_set_init(bio, 1);
    }
    return bio;
}

}  // namespace jackgw::http
