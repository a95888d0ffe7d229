#include "lasting_port.h"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fstream>
#include <random>
#include <stdexcept>

namespace jackgw::test {

namespace {

constexpr int lowest = 10'000;  // above what services have

/// Where the ports begin that the system chooses.
int first_of_system() {
    int first = 32'768;
    std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> first;
    return first;
}

bool is_free(std::uint16_t port) {
    const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const bool free = ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return free;
}

}  // namespace

std::uint16_t lasting_port() {
    const int end = first_of_system();
    if (end <= lowest) throw std::runtime_error("the system chooses all ports by itself");
    std::random_device random;
    std::uniform_int_distribution<int> any(lowest, end - 1);
    for (int tries = 0; tries < 100; ++tries)
        if (const auto port = static_cast<std::uint16_t>(any(random)); is_free(port)) return port;
    throw std::runtime_error("no port is free");
}

}  // namespace jackgw::test
