/// jackgw.log/1 in C++.
#pragma once

#include <jackgw/cpp/host.h>
#include <jackgw/ext/log.h>

#include <string_view>

namespace jackgw::plugin {

/// The host's log; nothing happens where the host has none. Neither secrets nor what a guest wrote may be
/// passed. Safe from any thread in every state.
class Log {
  public:
    explicit Log(const Host& host) noexcept
        : host_(host.handle()), table_(host.find<jackgw_log>(JACKGW_EXT_LOG)) {}

    bool enabled(int32_t level) const noexcept {
        return offers(table_, &jackgw_log::enabled) && table_->enabled(host_, level) != 0;
    }
    void write(int32_t level, std::string_view message) const noexcept {
        if (offers(table_, &jackgw_log::write)) table_->write(host_, level, str(message));
    }

    void debug(std::string_view message) const noexcept { write(JACKGW_LOG_DEBUG, message); }
    void info(std::string_view message) const noexcept { write(JACKGW_LOG_INFO, message); }
    void warning(std::string_view message) const noexcept { write(JACKGW_LOG_WARNING, message); }
    void error(std::string_view message) const noexcept { write(JACKGW_LOG_ERROR, message); }

  private:
    jackgw_host* host_;
    const jackgw_log* table_;
};

}  // namespace jackgw::plugin
