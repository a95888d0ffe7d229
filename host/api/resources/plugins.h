#pragma once

#include "api/plugin_control.h"
#include "api/route.h"

namespace jackgw::api {

/// /plugins: the channels with what serves them, and reloading by hand.
class PluginsResource {
  public:
    explicit PluginsResource(PluginControl& plugins);

    Routes routes();

  private:
    http::Response list();
    http::Response reload(const Call& call);

    PluginControl& plugins_;
};

}  // namespace jackgw::api
