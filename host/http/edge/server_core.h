#pragma once

#include <atomic>

#include "base/time.h"
#include "http/edge/connection_registry.h"
#include "http/edge/proxy_trust.h"
#include "http/server.h"

namespace jackgw::http {

/// What the connections of one server share. Constant but for the registry and the counters, which are safe
/// from any thread.
struct ServerCore {
    ServerCore(ServerOptions o, const Clock& c, Handler h, ServerHooks k)
        : options(std::move(o)),
          clock(c),
          handler(std::move(h)),
          hooks(std::move(k)),
          trust(options.trusted_proxies) {}

    const ServerOptions options;
    const Clock& clock;
    const Handler handler;
    const ServerHooks hooks;
    const ProxyTrust trust;
    ConnectionRegistry registry;

    std::atomic<std::uint64_t> requests{0};
    std::atomic<std::uint64_t> rejected{0};
    std::atomic<std::uint64_t> timed_out{0};
    std::atomic<std::uint64_t> refused_connections{0};
    std::atomic<std::uint64_t> handler_failures{0};
};

}  // namespace jackgw::http
