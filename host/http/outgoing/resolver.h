#pragma once

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "http/client.h"

namespace jackgw::http {

/// Looks names up within a deadline, which the system's resolver doesn't know: each lookup runs in a thread
/// of its own, and a caller whose time is over leaves it behind. Callers for the same name share one lookup;
/// nothing is remembered after it. Safe from any thread.
class Resolver {
  public:
    Resolver(Lookup lookup, const Clock& clock);
    /// Waits for the lookups that still run.
    ~Resolver();
    Resolver(const Resolver&) = delete;
    Resolver& operator=(const Resolver&) = delete;

    /// The addresses of a host, in the order to try; nothing if the deadline came first. Addresses in figures
    /// and "localhost", which stands for this machine whatever the resolver thinks, take no lookup.
    std::optional<std::vector<std::string>> resolve(const std::string& host, SteadyTime deadline);

  private:
    struct Job {
        bool done = false;
        std::vector<std::string> addresses;
    };

    void run(const std::string& host, Job& job);

    const Lookup lookup_;
    const Clock& clock_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<std::string, std::shared_ptr<Job>> running_;
};

}  // namespace jackgw::http
