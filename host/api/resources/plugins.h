#pragma once

#include <vector>

#include "api/plugin_control.h"
#include "api/route.h"

namespace jackgw::api {

/// /plugins: the channels with what serves them; reloading and testing by hand.
class PluginsResource {
  public:
    explicit PluginsResource(PluginControl& plugins);

    Routes routes();

  private:
    http::Response list(const Call& call);
    http::Response reload(const Call& call);
    http::Response test(const Call& call);
    /// Those that the caller may see.
    std::vector<PluginInfo> channels(const Call& call) const;
    /// The channel that the path names, if it is configured and enabled.
    PluginInfo enabled_channel(const Call& call);

    PluginControl& plugins_;
};

}  // namespace jackgw::api
