#include <cstddef>

#include "plugins/contract/boundary.h"
#include "plugins/contract/extensions.h"

namespace jackgw::plugins {

namespace {

jackgw_status set_reconciler(jackgw_host* host, const jackgw_reconciler* reconciler,
                             jackgw_sink error) noexcept {
    return guarded(error, [&] {
        if (const auto status = check_registering(*host, error); status != JACKGW_OK) return status;
        if (reconciler == nullptr ||
            !covers(reconciler->struct_size,
                    offsetof(jackgw_reconciler, reconcile) + sizeof(reconciler->reconcile)) ||
            reconciler->reconcile == nullptr)
            return refuse(error, JACKGW_E_INVALID_ARGUMENT, "the reconciler has no reconcile function");
        if (host->registrations.reconciler != nullptr)
            return refuse(error, JACKGW_E_CONFLICT, "the channel has a reconciler already");
        host->registrations.reconciler = reconciler;
        return jackgw_status{JACKGW_OK};
    });
}

jackgw_status owner(jackgw_host* host, jackgw_str provider_message_id, jackgw_message_owner* out,
                    jackgw_sink error) noexcept {
    return guarded(error, [&] {
        if (const auto status = check_running(*host, error); status != JACKGW_OK) return status;
        if (out == nullptr || !covers(out->struct_size, offsetof(jackgw_message_owner, attempt_started_at) +
                                                            sizeof(out->attempt_started_at)))
            return refuse(error, JACKGW_E_INVALID_ARGUMENT, "there is no place for the owner");
        const auto found =
            host->services.messages.provider_message_owner(host->channel, view(provider_message_id));
        out->known = found ? 1 : 0;
        out->attempt_started_at = found ? to_micros(found->attempt_started_at) : 0;
        return jackgw_status{JACKGW_OK};
    });
}

}  // namespace

const jackgw_reconcile reconcile_extension = {sizeof(jackgw_reconcile), 0, &set_reconciler, &owner};

}  // namespace jackgw::plugins
