#pragma once

#include "api/plugin_control.h"
#include "plugins/manager.h"
#include "telemetry/metrics.h"

namespace jackgw::gateway {

/// The plugin manager as the API sees it; counts reloads.
class PluginAdmin final : public api::PluginControl {
  public:
    PluginAdmin(plugins::PluginManager& manager, telemetry::Metrics& metrics)
        : manager_(manager), metrics_(metrics) {}

    std::vector<api::PluginInfo> list() const override;
    std::variant<api::GenerationInfo, std::string> reload(std::string_view channel) override;
    std::variant<api::TestReport, api::NoTest> test(std::string_view channel) override;

  private:
    plugins::PluginManager& manager_;
    telemetry::Metrics& metrics_;
};

}  // namespace jackgw::gateway
