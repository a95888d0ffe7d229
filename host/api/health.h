#pragma once

#include <functional>
#include <string>
#include <vector>

#include "api/plugin_control.h"
#include "http/route_table.h"
#include "store/administration.h"

namespace jackgw::api {

/// Something that keeps the gateway from doing its work.
struct NotReady {
    std::string component;  ///< "store", "channel sms", "outbox", …
    std::string reason;     ///< for anybody to read: no paths, no secrets
};

/// Further things to ask; each names what is wrong, if anything.
using ReadinessCheck = std::function<std::vector<NotReady>()>;

/// The open routes: /healthz (alive: always 200), /readyz (200, or 503 with the reasons: the store must
/// answer and every enabled channel must have a live plugin) and /metrics (what `metrics` returns, as text).
/// Must outlive the routes that it gives. Safe from any thread.
class Health {
  public:
    Health(store::Administration& store, const PluginControl& plugins, std::function<std::string()> metrics,
           ReadinessCheck more = {});

    std::vector<http::Route> routes() const;

  private:
    std::vector<NotReady> reasons() const;
    http::Response ready() const;

    store::Administration& store_;
    const PluginControl& plugins_;
    std::function<std::string()> metrics_;
    ReadinessCheck more_;
};

}  // namespace jackgw::api
