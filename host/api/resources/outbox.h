#pragma once

#include "api/route.h"
#include "store/administration.h"
#include "store/readers.h"

namespace jackgw::api {

/// /outbox: what waits to be sent, what failed, and the brake.
class OutboxResource {
  public:
    OutboxResource(store::Administration& administration, store::Readers& readers);

    Routes routes();

  private:
    http::Response get(const Call& call);
    http::Response failed(const Call& call);
    http::Response set_paused(const Call& call, bool paused);

    store::Administration& administration_;
    store::Readers& readers_;
};

}  // namespace jackgw::api
