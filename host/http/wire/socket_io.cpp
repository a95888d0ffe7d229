#include "http/wire/socket_io.h"

#include <poll.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>

namespace jackgw::http {

bool SocketIo::wait(short events, SteadyTime deadline) const {
    for (;;) {
        const auto left = deadline - clock_.steady_now();
        if (left <= SteadyTime::duration::zero()) return false;
        // One more than rounded down, so that the last wait doesn't end a moment early and spin.
        const auto millis = std::chrono::duration_cast<std::chrono::milliseconds>(left).count() + 1;
        pollfd entry{descriptor_, events, 0};
        const int ready = ::poll(&entry, 1, static_cast<int>(std::min<long long>(millis, 3'600'000)));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return true;  // the read or write that follows reports it
    }
}

IoResult SocketIo::receive(char* buffer, std::size_t size, SteadyTime deadline) const {
    for (;;) {
        if (!wait(POLLIN, deadline)) return {IoStatus::timed_out, 0};
        const auto count = ::recv(descriptor_, buffer, size, MSG_DONTWAIT);
        if (count > 0) return {IoStatus::ok, static_cast<std::size_t>(count)};
        if (count == 0) return {IoStatus::closed, 0};
        if (errno != EAGAIN && errno != EINTR) return {IoStatus::failed, 0};
    }
}

IoResult SocketIo::send(std::string_view first, std::string_view second, SteadyTime deadline) const {
    std::size_t sent = 0;
    while (!first.empty() || !second.empty()) {
        iovec parts[2] = {{const_cast<char*>(first.data()), first.size()},
                          {const_cast<char*>(second.data()), second.size()}};
        msghdr message{};
        message.msg_iov = parts;
        message.msg_iovlen = 2;
        const auto count = ::sendmsg(descriptor_, &message, MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count < 0) {
            if (errno == EINTR) continue;
            if (errno != EAGAIN) return {IoStatus::failed, sent};
            if (!wait(POLLOUT, deadline)) return {IoStatus::timed_out, sent};
            continue;
        }
        const auto taken = static_cast<std::size_t>(count);
        sent += taken;
        const auto from_first = std::min(taken, first.size());
        first.remove_prefix(from_first);
        second.remove_prefix(taken - from_first);
    }
    return {IoStatus::ok, sent};
}

}  // namespace jackgw::http
