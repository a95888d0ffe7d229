#pragma once

#include <chrono>
#include <cstdint>

#include "commits.h"
#include "latencies.h"
#include "requests.h"

namespace jackgw::bench {

/// What came of a time of load, or of several put together.
struct Measured {
    std::uint64_t answers = 0;
    double seconds = 0;
    double cpu_seconds = 0;  ///< of the server's process alone
    Latencies latencies;
    Commits commits;

    double rate() const { return static_cast<double>(answers) / seconds; }
    double cpu_ms() const { return 1000 * cpu_seconds / static_cast<double>(answers); }
    void add(const Measured& other);
};

/// Sends requests over `connections` keep-alive connections, on each the next one as soon as the answer to
/// the last has come, for `duration` and until the last answer. `next` is the first request to take and is
/// moved on; when the requests run out the load ends early, or, with `repeat`, begins with the first again.
/// One thread with one epoll set, so that the generator takes as little as possible from the server. Throws
/// std::runtime_error for a wrong answer and for one that doesn't come for ten seconds.
Measured load(std::uint16_t port, const SignedRequests& requests, std::size_t& next, bool repeat,
              int connections, std::chrono::duration<double> duration);

}  // namespace jackgw::bench
