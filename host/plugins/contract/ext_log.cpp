#include "plugins/contract/boundary.h"
#include "plugins/contract/extensions.h"

namespace jackgw::plugins {

namespace {

telemetry::Level level_of(std::int32_t level) {
    switch (level) {
        case JACKGW_LOG_DEBUG:
            return telemetry::Level::debug;
        case JACKGW_LOG_WARNING:
            return telemetry::Level::warning;
        case JACKGW_LOG_ERROR:
            return telemetry::Level::error;
        default:
            return telemetry::Level::info;
    }
}

std::int32_t enabled(jackgw_host* host, std::int32_t level) noexcept {
    return host->services.log.enabled(level_of(level)) ? 1 : 0;
}

void write(jackgw_host* host, std::int32_t level, jackgw_str message) noexcept {
    (void)guarded({}, [&] {
        host->services.log.write(level_of(level), view(message), {{"channel", host->channel}});
        return JACKGW_OK;
    });
}

}  // namespace

const jackgw_log log_extension = {sizeof(jackgw_log), 0, &enabled, &write};

}  // namespace jackgw::plugins
