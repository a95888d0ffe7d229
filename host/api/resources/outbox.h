#pragma once

#include <functional>
#include <vector>

#include "api/route.h"
#include "model/channel.h"
#include "store/administration.h"

namespace jackgw::api {

/// Told of holds that somebody has lifted by hand, after the commit. Must be quick and not throw.
using HoldsLifted = std::function<void(const std::vector<store::Hold>&)>;

/// /outbox: what waits to be sent, the brakes, and letting go what is held.
class OutboxResource {
  public:
    OutboxResource(store::Administration& administration, const ChannelDirectory& channels,
                   HoldsLifted lifted = {});

    Routes routes();

  private:
    http::Response get(const Call& call);
    http::Response set_paused(const Call& call, bool paused);
    http::Response release(const Call& call);
    /// Throws ApiError for a channel that isn't there, or isn't the caller's.
    void require_channel(const Call& call, const std::string& channel) const;

    store::Administration& administration_;
    const ChannelDirectory& channels_;
    const HoldsLifted lifted_;
};

}  // namespace jackgw::api
