#pragma once

#include <string>

#include "base/time.h"
#include "conversations/reports.h"
#include "http/client.h"
#include "model/channel.h"
#include "telemetry/log.h"

namespace jackgw::plugins {

/// What the calls of a plugin lead to in the host. Lives longer than every generation.
struct HostServices {
    conversations::Reports& reports;
    ProviderMessages& messages;
    http::Client& client;
    telemetry::Log& log;
    std::string public_url;    ///< without trailing slash; settled before the first plugin is loaded
    std::string host_version;  ///< for plugins' logs
};

}  // namespace jackgw::plugins
