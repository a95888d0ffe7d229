#pragma once

#include "api/route.h"
#include "model/channel.h"
#include "store/administration.h"
#include "store/readers.h"

namespace jackgw::api {

/// /outbox: what waits to be sent, what failed, the brakes, and letting go what is held.
class OutboxResource {
  public:
    OutboxResource(store::Administration& administration, store::Readers& readers,
                   const ChannelDirectory& channels);

    Routes routes();

  private:
    http::Response get(const Call& call);
    http::Response failed(const Call& call);
    http::Response set_paused(const Call& call, bool paused);
    http::Response release(const Call& call);
    /// Throws ApiError for a channel that isn't there, or isn't the caller's.
    void require_channel(const Call& call, const std::string& channel) const;

    store::Administration& administration_;
    store::Readers& readers_;
    const ChannelDirectory& channels_;
};

}  // namespace jackgw::api
