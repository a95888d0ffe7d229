#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/time.h"
#include "http/outgoing/transport.h"

namespace jackgw::http {

/// Open connections that wait for their next use. Safe from any thread.
class ConnectionPool {
  public:
    ConnectionPool(std::size_t max_idle_per_host, const Clock& clock)
        : max_idle_per_host_(max_idle_per_host), clock_(clock) {}

    /// A connection of that key that is open, silent and not kept too long; null if there is none.
    std::unique_ptr<Transport> take(const std::string& key);

    /// Keeps a connection until then.
    void give(const std::string& key, std::unique_ptr<Transport> transport, SteadyTime until);

    void close_all();

  private:
    struct Idle {
        std::unique_ptr<Transport> transport;
        SteadyTime until;
    };

    const std::size_t max_idle_per_host_;
    const Clock& clock_;
    std::mutex mutex_;
    std::map<std::string, std::vector<Idle>> idle_;  // the one used last at the end
};

}  // namespace jackgw::http
