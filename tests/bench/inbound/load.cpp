#include "load.h"

#include <sys/epoll.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>
#include <stdexcept>
#include <vector>

#include "connection.h"
#include "provider.h"

namespace jackgw::bench {

namespace {

constexpr int patience_ms = 10'000;

class Epoll {
  public:
    Epoll() : descriptor_(::epoll_create1(EPOLL_CLOEXEC)) {
        if (descriptor_ < 0) throw std::runtime_error("no epoll set");
    }
    ~Epoll() { ::close(descriptor_); }
    Epoll(const Epoll&) = delete;
    Epoll& operator=(const Epoll&) = delete;

    void add(Connection& connection) {
        epoll_event event{};
        event.events = EPOLLIN;
        event.data.ptr = &connection;
        if (::epoll_ctl(descriptor_, EPOLL_CTL_ADD, connection.descriptor(), &event) != 0)
            throw std::runtime_error("a connection can't be watched");
    }

    template <typename Each>
    void wait(Each each) {
        std::array<epoll_event, 256> events{};
        const int count = ::epoll_wait(descriptor_, events.data(), events.size(), patience_ms);
        if (count == 0) throw std::runtime_error("no answer came for ten seconds");
        if (count < 0 && errno != EINTR) throw std::runtime_error("epoll_wait failed");
        for (int i = 0; i < count; ++i)
            each(*static_cast<Connection*>(events[static_cast<std::size_t>(i)].data.ptr));
    }

  private:
    int descriptor_;
};

double seconds_since(Connection::Clock::time_point start) {
    return std::chrono::duration<double>(Connection::Clock::now() - start).count();
}

}  // namespace

void Measured::add(const Measured& other) {
    answers += other.answers;
    seconds += other.seconds;
    cpu_seconds += other.cpu_seconds;
    latencies.add(other.latencies);
    commits.add(other.commits);
}

Measured load(std::uint16_t port, const SignedRequests& requests, std::size_t& next, bool repeat,
              int connections, std::chrono::duration<double> duration) {
    Epoll epoll;
    std::vector<std::unique_ptr<Connection>> open;
    for (int i = 0; i < connections; ++i) {
        open.push_back(std::make_unique<Connection>(port));
        epoll.add(*open.back());
    }

    Measured result;
    int waiting = 0;
    const auto start = Connection::Clock::now();
    const auto send_next = [&](Connection& connection) {
        if (next == requests.size() && repeat) next = 0;
        if (next == requests.size() || seconds_since(start) >= duration.count()) return;
        requests.write(next++, connection.request());
        connection.send();
        ++waiting;
    };
    for (const auto& connection : open) send_next(*connection);
    while (waiting > 0)
        epoll.wait([&](Connection& connection) {
            if (!connection.receive(empty_twiml)) return;
            result.latencies.add(Connection::Clock::now() - connection.sent_at());
            ++result.answers;
            --waiting;
            send_next(connection);
        });
    result.seconds = seconds_since(start);
    return result;
}

}  // namespace jackgw::bench
