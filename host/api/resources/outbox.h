#pragma once

#include "api/route.h"
#include "store/store.h"

namespace jackgw::api {

/// /outbox: what waits to be sent, what failed, and the brake.
class OutboxResource {
  public:
    OutboxResource(store::Store& store, const Clock& clock);

    Routes routes();

  private:
    http::Response get();
    http::Response failed(const Call& call);
    http::Response set_paused(const Call& call, bool paused);

    store::Store& store_;
    const Clock& clock_;
};

}  // namespace jackgw::api
