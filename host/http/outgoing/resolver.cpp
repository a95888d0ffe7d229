#include "http/outgoing/resolver.h"

#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <system_error>
#include <thread>

#include "http/wire/ip_address.h"

namespace jackgw::http {

namespace {

std::vector<std::string> system_lookup(const std::string& host) {
    addrinfo hints{};
    hints.ai_family = AF_UNSPEC;
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = AI_ADDRCONFIG;
    addrinfo* found = nullptr;
    if (::getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return {};
    const std::unique_ptr<addrinfo, void (*)(addrinfo*)> owner(found, ::freeaddrinfo);
    std::vector<std::string> addresses;
    for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
        char text[NI_MAXHOST];
        if (::getnameinfo(entry->ai_addr, entry->ai_addrlen, text, sizeof text, nullptr, 0, NI_NUMERICHOST) ==
            0) {
            addresses.emplace_back(text);
        }
    }
    return addresses;
}

}  // namespace

Resolver::Resolver(Lookup lookup, const Clock& clock)
    : lookup_(lookup ? std::move(lookup) : Lookup(system_lookup)), clock_(clock) {}

Resolver::~Resolver() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return running_.empty(); });
}

std::optional<std::vector<std::string>> Resolver::resolve(const std::string& host, SteadyTime deadline) {
    if (host == "localhost") return std::vector<std::string>{"127.0.0.1", "::1"};
    if (IpAddress::parse(host)) return std::vector<std::string>{host};

    std::unique_lock lock(mutex_);
    auto job = running_[host];
    if (!job) {
        job = running_[host] = std::make_shared<Job>();
        try {
            // Detached, since nobody may wait for it here; the destructor does.
            std::thread([this, host, job] { run(host, *job); }).detach();
        } catch (const std::system_error&) {
            running_.erase(host);
            return std::vector<std::string>{};
        }
    }
    const auto patience = std::max(deadline - clock_.steady_now(), SteadyTime::duration::zero());
    if (!changed_.wait_for(lock, patience, [&] { return job->done; })) return std::nullopt;
    return job->addresses;
}

void Resolver::run(const std::string& host, Job& job) {
    std::vector<std::string> addresses;
    try {
        addresses = lookup_(host);
    } catch (...) {
        addresses.clear();  // a lookup that fails has found nothing
    }
    const std::lock_guard lock(mutex_);
    job.addresses = std::move(addresses);
    job.done = true;
    running_.erase(host);
    changed_.notify_all();  // under the lock: once it is free, the resolver may be destroyed
}

}  // namespace jackgw::http
