#pragma once

#include "api/plugin_control.h"
#include "plugins/manager.h"
#include "telemetry/metrics.h"
#include "telemetry/redactor.h"

namespace jackgw::gateway {

/// The plugin manager as the API sees it; counts reloads. What plugins say in words is scrubbed of secrets: a
/// reason may quote what the provider answered, or an option.
class PluginAdmin final : public api::PluginControl {
  public:
    PluginAdmin(plugins::PluginManager& manager, telemetry::Metrics& metrics,
                const telemetry::Redactor& redactor)
        : manager_(manager), metrics_(metrics), redactor_(redactor) {}

    std::vector<api::PluginInfo> list() const override;
    std::variant<api::GenerationInfo, std::string> reload(std::string_view channel) override;
    std::variant<api::TestReport, api::NoTest> test(std::string_view channel) override;

  private:
    plugins::PluginManager& manager_;
    telemetry::Metrics& metrics_;
    const telemetry::Redactor& redactor_;
};

}  // namespace jackgw::gateway
