#pragma once

#include <string_view>
#include <vector>

#include "api/access.h"
#include "api/resources/conversations.h"
#include "api/resources/failed.h"
#include "api/resources/guests.h"
#include "api/resources/media.h"
#include "api/resources/messages.h"
#include "api/resources/outbox.h"
#include "api/resources/plugins.h"
#include "http/route_table.h"
#include "store/administration.h"
#include "store/desk.h"
#include "store/readers.h"

namespace jackgw::api {

/// The REST API: everything below /api. Who calls is asked first, so that strangers get 401 for whatever path
/// they try. Safe from any thread; what it is built from must outlive it.
class Api {
  public:
    Api(const std::vector<Token>& tokens, store::Readers& readers, store::Desk& desk,
        store::Administration& administration, conversations::Submission& submission,
        const ChannelDirectory& channels, PluginControl& plugins, const MediaLimits& media_limits = {},
        HoldsLifted lifted = {});
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;

    /// True for the paths that `handle` is to answer.
    static bool owns(std::string_view path);

    /// Answers errors of the caller itself; passes on what the store throws.
    http::Response handle(const http::Request& request) const;

    /// All routes with the access that they need, for documentation and tests.
    const Routes& routes() const { return routes_; }

  private:
    http::RouteTable make_table() const;

    Gatekeeper gatekeeper_;
    MessagesResource messages_;
    ConversationsResource conversations_;
    GuestsResource guests_;
    MediaResource media_;
    OutboxResource outbox_;
    FailedResource failed_;
    PluginsResource plugins_;
    Routes routes_;
    http::RouteTable table_;
};

}  // namespace jackgw::api
