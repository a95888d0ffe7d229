#include "connection.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <stdexcept>

namespace jackgw::bench {

namespace {

[[noreturn]] void fail(const std::string& what) {
    throw std::runtime_error(what + ": " + std::strerror(errno));
}

/// Head and body of an answer, once the length that the head tells has come.
bool is_complete(std::string_view answer, std::size_t& body_at) {
    const auto end = answer.find("\r\n\r\n");
    if (end == std::string_view::npos) return false;
    body_at = end + 4;
    constexpr std::string_view name = "\r\nContent-Length: ";
    const auto length = answer.substr(0, end).find(name);
    if (length == std::string_view::npos) return true;
    return answer.size() - body_at >= std::stoul(std::string(answer.substr(length + name.size(), 10)));
}

}  // namespace

Connection::Connection(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    if (descriptor_ < 0) fail("no socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(descriptor_);
        fail("can't connect to port " + std::to_string(port));
    }
    const int on = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

Connection::~Connection() {
    ::close(descriptor_);
}

void Connection::send() {
    sent_at_ = Clock::now();
    std::string_view rest = request_;
    while (!rest.empty()) {
        const auto count = ::send(descriptor_, rest.data(), rest.size(), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail("a request can't be sent");
        rest.remove_prefix(static_cast<std::size_t>(count));
    }
}

bool Connection::receive(std::string_view body) {
    std::array<char, 4096> buffer{};
    const auto count = ::recv(descriptor_, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (count < 0 && (errno == EAGAIN || errno == EINTR)) return false;
    if (count < 0) fail("an answer can't be read");
    if (count == 0) throw std::runtime_error("the server closed a connection instead of answering");
    answer_.append(buffer.data(), static_cast<std::size_t>(count));
    std::size_t body_at = 0;
    if (!is_complete(answer_, body_at)) return false;
    if (!answer_.starts_with("HTTP/1.1 200 ") || std::string_view(answer_).substr(body_at) != body)
        throw std::runtime_error("a request was answered with\n" + answer_);
    answer_.clear();
    return true;
}

}  // namespace jackgw::bench
