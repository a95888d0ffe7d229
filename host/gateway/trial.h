#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/time.h"
#include "config/config.h"
#include "config/environment.h"
#include "config/options.h"
#include "http/client.h"
#include "plugins/loading/probe.h"
#include "plugins/loading/staging.h"
#include "plugins/services.h"
#include "telemetry/log.h"

namespace jackgw::gateway {

/// Finds out whether the channels of a config could be started, without a store, a server or the network:
/// each channel's plugin is loaded, its options are read, and an instance is made and taken down again. It is
/// never started. Of one thread.
class Trial {
  public:
    /// `program`: the gateway's own executable, run to try plugin files.
    Trial(const config::Config& config, config::Environment environment,
          const std::filesystem::path& program);
    ~Trial();
    Trial(const Trial&) = delete;
    Trial& operator=(const Trial&) = delete;

    /// The channel's options if all is right with it. Throws plugins::PluginError with all that isn't. The
    /// paths of the channels that were tried before are taken.
    std::vector<config::Option> run(const config::Channel& channel);

  private:
    class NoReports;

    const config::Config& config_;
    const config::Environment environment_;
    const SystemClock clock_;
    telemetry::Redactor redactor_;
    telemetry::Log log_;
    http::Client client_;
    std::unique_ptr<NoReports> reports_;
    const plugins::HostServices services_;
    plugins::StagingArea staging_;
    const plugins::Prober prober_;
    std::set<std::string, std::less<>> paths_;  // of the channels tried so far
};

}  // namespace jackgw::gateway
