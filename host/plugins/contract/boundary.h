#pragma once

#include <jackgw/plugin.h>

#include <exception>
#include <new>
#include <utility>

#include "base/errors.h"
#include "plugins/contract/host_handle.h"
#include "plugins/contract/text.h"

namespace jackgw::plugins {

/// Runs what a plugin asked for and turns exceptions into a status and a text: none crosses the boundary.
template <typename Work>
jackgw_status guarded(jackgw_sink error, Work&& work) noexcept {
    try {
        return std::forward<Work>(work)();
    } catch (const Unavailable& fault) {
        jackgw_put(error, to_c(fault.what()));
        return JACKGW_E_UNAVAILABLE;
    } catch (const OutcomeUnknown& fault) {  // the provider has to come again all the same
        jackgw_put(error, to_c(fault.what()));
        return JACKGW_E_UNAVAILABLE;
    } catch (const std::bad_alloc&) {
        return JACKGW_E_UNAVAILABLE;
    } catch (const std::exception& fault) {
        jackgw_put(error, to_c(fault.what()));
        return JACKGW_E_FAILED;
    } catch (...) {
        return JACKGW_E_FAILED;
    }
}

inline jackgw_status refuse(jackgw_sink error, jackgw_status status, std::string_view reason) {
    jackgw_put(error, to_c(reason));
    return status;
}

/// Registrations: only inside `create`, only on the control thread.
inline jackgw_status check_registering(const jackgw_host& host, jackgw_sink error) {
    if (host.phase.load() != Phase::creating)
        return refuse(error, JACKGW_E_WRONG_STATE, "registrations are possible inside create only");
    if (host.control_thread != std::this_thread::get_id())
        return refuse(error, JACKGW_E_WRONG_THREAD, "registrations are possible on the control thread only");
    return JACKGW_OK;
}

/// Work: between `start` and `stop`.
inline jackgw_status check_running(const jackgw_host& host, jackgw_sink error) {
    const Phase phase = host.phase.load();
    if (phase == Phase::running || phase == Phase::draining) return JACKGW_OK;
    return refuse(error, JACKGW_E_WRONG_STATE, "possible between start and stop only");
}

/// True if the struct that the plugin passed has the member that ends at `end` bytes.
inline bool covers(std::uint32_t struct_size, std::size_t end) {
    return struct_size >= end;
}

}  // namespace jackgw::plugins
