#include "raw_client.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <utility>

namespace jackgw::test {

namespace {
constexpr int patience_ms = 10'000;
}

RawClient::RawClient(std::uint16_t port) : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        ::close(descriptor_);
        throw std::runtime_error("can't connect to port " + std::to_string(port));
    }
}

RawClient::~RawClient() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

RawClient::RawClient(RawClient&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), buffer_(std::move(other.buffer_)) {}

bool RawClient::send(std::string_view bytes) const {
    while (!bytes.empty()) {
        const auto count = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (count < 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return true;
}

bool RawClient::fill() {
    pollfd entry{descriptor_, POLLIN, 0};
    if (::poll(&entry, 1, patience_ms) <= 0) return false;
    char bytes[8192];
    const auto count = ::recv(descriptor_, bytes, sizeof bytes, 0);
    if (count <= 0) return false;
    buffer_.append(bytes, static_cast<std::size_t>(count));
    return true;
}

std::optional<RawAnswer> RawClient::read_answer(bool without_body) {
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
        if (!fill()) return std::nullopt;
    }
    RawAnswer answer;
    const std::string head = buffer_.substr(0, end + 2);
    buffer_.erase(0, end + 4);
    answer.status = std::stoi(head.substr(head.find(' ') + 1, 3));
    for (auto line = head.find("\r\n") + 2; line < head.size();) {
        const auto line_end = head.find("\r\n", line);
        const auto colon = head.find(": ", line);
        std::string name = head.substr(line, colon - line);
        std::transform(name.begin(), name.end(), name.begin(),
                       [](unsigned char c) { return std::tolower(c); });
        answer.headers[name] = head.substr(colon + 2, line_end - colon - 2);
        line = line_end + 2;
    }
    if (without_body || answer.headers.count("content-length") == 0) return answer;
    const auto length = std::stoul(answer.headers["content-length"]);
    while (buffer_.size() < length) {
        if (!fill()) return std::nullopt;
    }
    answer.body = buffer_.substr(0, length);
    buffer_.erase(0, length);
    return answer;
}

bool RawClient::wait_for_close(std::chrono::milliseconds patience) const {
    const auto deadline = std::chrono::steady_clock::now() + patience;
    for (;;) {
        const auto left =
            std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now()).count();
        pollfd entry{descriptor_, POLLIN, 0};
        if (left <= 0 || ::poll(&entry, 1, static_cast<int>(left)) <= 0) return false;
        char bytes[8192];
        if (::recv(descriptor_, bytes, sizeof bytes, 0) <= 0) return true;
    }
}

RawClient::Rest RawClient::read_to_end() {
    Rest rest{std::exchange(buffer_, {}), false};
    for (;;) {
        pollfd entry{descriptor_, POLLIN, 0};
        if (::poll(&entry, 1, patience_ms) <= 0) return rest;
        char bytes[8192];
        const auto count = ::recv(descriptor_, bytes, sizeof bytes, 0);
        rest.orderly = count == 0;
        if (count <= 0) return rest;
        rest.bytes.append(bytes, static_cast<std::size_t>(count));
    }
}

void RawClient::finish_sending() const {
    ::shutdown(descriptor_, SHUT_WR);
}

std::string get(const std::string& path, const std::string& more_headers) {
    return "GET " + path + " HTTP/1.1\r\nHost: test\r\n" + more_headers + "\r\n";
}

std::string post(const std::string& path, const std::string& body, const std::string& more_headers) {
    return "POST " + path + " HTTP/1.1\r\nHost: test\r\n" + more_headers +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

}  // namespace jackgw::test
