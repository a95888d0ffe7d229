#pragma once

#include <jackgw/ext/conversations.h>
#include <jackgw/ext/http_client.h>
#include <jackgw/ext/log.h>
#include <jackgw/ext/reconcile.h>
#include <jackgw/ext/router.h>
#include <jackgw/plugin.h>

namespace jackgw::plugins {

// The tables of functions that plugins find by id; each is defined in a file of its own, ext_<name>.cpp.
extern const jackgw_log log_extension;
extern const jackgw_router router_extension;
extern const jackgw_conversations conversations_extension;
extern const jackgw_http_client http_client_extension;
extern const jackgw_reconcile reconcile_extension;

/// The table that leads to them.
extern const jackgw_host_api host_api;

}  // namespace jackgw::plugins
