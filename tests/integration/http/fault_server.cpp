#include "fault_server.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <stdexcept>

namespace jackgw::test {

long Peer::receive(char* bytes, std::size_t size) {
    if (ssl_) return SSL_read(ssl_.get(), bytes, static_cast<int>(size));
    return ::recv(descriptor_, bytes, size, 0);
}

std::optional<std::string> Peer::read_head() {
    std::size_t end = 0;
    char bytes[4096];
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
        const auto count = receive(bytes, sizeof bytes);
        if (count <= 0) return std::nullopt;
        buffer_.append(bytes, static_cast<std::size_t>(count));
    }
    ++server_.requests_;
    std::string head = buffer_.substr(0, end + 4);
    buffer_.erase(0, end + 4);
    return head;
}

std::optional<std::string> Peer::read_request() {
    auto request = read_head();
    if (!request) return std::nullopt;
    const auto at = request->find("Content-Length: ");
    const auto length = at == std::string::npos ? 0 : std::stoul(request->substr(at + 16));
    char bytes[4096];
    while (buffer_.size() < length) {
        const auto count = receive(bytes, sizeof bytes);
        if (count <= 0) return std::nullopt;
        buffer_.append(bytes, static_cast<std::size_t>(count));
    }
    request->append(buffer_, 0, length);
    buffer_.erase(0, length);
    return request;
}

bool Peer::write(std::string_view bytes) {
    if (ssl_) return SSL_write(ssl_.get(), bytes.data(), static_cast<int>(bytes.size())) > 0;
    return ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
}

void Peer::hang() {
    char bytes[4096];
    while (::recv(descriptor_, bytes, sizeof bytes, 0) > 0) {
    }
}

void Peer::reset() {
    const linger at_once{1, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    reset_ = true;
}

FaultServer::FaultServer(Script script, std::optional<Identity> identity, int max_tls_version)
    : script_(std::move(script)) {
    if (identity) {
        context_.reset(SSL_CTX_new(TLS_server_method()));
        SSL_CTX_use_certificate(context_.get(), identity->certificate.get());
        SSL_CTX_use_PrivateKey(context_.get(), identity->key.get());
        if (max_tls_version != 0) {
            SSL_CTX_set_cipher_list(context_.get(), "ALL:@SECLEVEL=0");
            SSL_CTX_set_min_proto_version(context_.get(), TLS1_VERSION);
            SSL_CTX_set_max_proto_version(context_.get(), max_tls_version);
        }
    }
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
        ::listen(listener_, 64) != 0) {
        throw std::runtime_error("can't listen");
    }
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    acceptor_ = std::thread(&FaultServer::accept_all, this);
}

FaultServer::~FaultServer() {
    ::shutdown(listener_, SHUT_RD);
    acceptor_.join();
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
        for (const int descriptor : open_) ::shutdown(descriptor, SHUT_RDWR);
    }
    for (auto& thread : threads_) thread.join();
    ::close(listener_);
}

void FaultServer::accept_all() {
    for (;;) {
        const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (descriptor < 0) return;
        const int yes = 1;  // else what was written may wait in the kernel, and be lost by a reset
        ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
        {
            const std::lock_guard lock(mutex_);
            open_.push_back(descriptor);
        }
        threads_.emplace_back([this, descriptor, ordinal = connections_++] {
            Peer peer(*this, descriptor, ordinal);
            serve(peer);
            const std::lock_guard lock(mutex_);
            open_.erase(std::find(open_.begin(), open_.end(), descriptor));
            ::close(descriptor);
            ++closed_;
            changed_.notify_all();
        });
    }
}

void FaultServer::serve(Peer& peer) {
    // OpenSSL writes without MSG_NOSIGNAL; a test's server must not die of a client that is gone.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    ::pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    if (context_) {
        peer.ssl_.reset(SSL_new(context_.get()));
        SSL_set_fd(peer.ssl_.get(), peer.descriptor_);
        if (SSL_accept(peer.ssl_.get()) != 1) return;
    }
    script_(peer);
    if (peer.ssl_ && !peer.reset_) SSL_shutdown(peer.ssl_.get());
}

void FaultServer::wait_for_closed(int count) {
    std::unique_lock lock(mutex_);
    if (!changed_.wait_for(lock, std::chrono::seconds{10}, [&] { return closed_ >= count; })) {
        throw std::runtime_error("the server's connections don't end");
    }
}

}  // namespace jackgw::test
