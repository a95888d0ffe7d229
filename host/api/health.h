#pragma once

#include <functional>
#include <string>
#include <string_view>
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

/// Told at each look what is wrong with the store, in words for operators; empty: nothing.
using StoreReport = std::function<void(std::string_view problem)>;

/// The open routes: /healthz (alive: always 200), /readyz (200, or 503 with the reasons: the store must
/// write and every enabled channel must have a live plugin) and /metrics (what `metrics` returns, as text).
/// Must outlive the routes that it gives. Safe from any thread.
class Health {
  public:
    Health(store::Administration& store, const PluginControl& plugins, std::function<std::string()> metrics,
           ReadinessCheck more = {}, StoreReport report = {});

    std::vector<http::Route> routes() const;

  private:
    bool store_works() const;
    std::vector<NotReady> reasons() const;
    http::Response ready() const;

    store::Administration& store_;
    const PluginControl& plugins_;
    std::function<std::string()> metrics_;
    ReadinessCheck more_;
    StoreReport report_;
};

}  // namespace jackgw::api
