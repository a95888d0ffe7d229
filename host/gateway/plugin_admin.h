#pragma once

#include "api/plugin_control.h"
#include "plugins/manager.h"

namespace jackgw::gateway {

/// The plugin manager as the API sees it.
class PluginAdmin final : public api::PluginControl {
  public:
    explicit PluginAdmin(plugins::PluginManager& manager) : manager_(manager) {}

    std::vector<api::PluginInfo> list() const override;
    std::variant<api::GenerationInfo, std::string> reload(std::string_view channel) override;

  private:
    plugins::PluginManager& manager_;
};

}  // namespace jackgw::gateway
