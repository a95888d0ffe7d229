#include "plugins/contract/extensions.h"

#include <array>

#include "plugins/contract/text.h"

namespace jackgw::plugins {

namespace {

struct Extension {
    std::string_view id;
    const void* table;
};

const void* find_extension(jackgw_host*, jackgw_str id) noexcept {
    static constexpr std::array<Extension, 5> extensions{{
        {JACKGW_EXT_LOG, &log_extension},
        {JACKGW_EXT_ROUTER, &router_extension},
        {JACKGW_EXT_CONVERSATIONS, &conversations_extension},
        {JACKGW_EXT_HTTP_CLIENT, &http_client_extension},
        {JACKGW_EXT_RECONCILE, &reconcile_extension},
    }};
    for (const Extension& extension : extensions)
        if (extension.id == view(id)) return extension.table;
    return nullptr;
}

}  // namespace

const jackgw_host_api host_api = {
    sizeof(jackgw_host_api),    JACKGW_ABI_MAJOR, JACKGW_ABI_MINOR, 0,
    JACKGW_STR(JACKGW_VERSION), &find_extension,
};

}  // namespace jackgw::plugins
