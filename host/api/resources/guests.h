#pragma once

#include "api/route.h"
#include "model/channel.h"
#include "store/store.h"

namespace jackgw::api {

/// /guests: who writes to the hotel, with their addresses and what they said about getting messages.
class GuestsResource {
  public:
    GuestsResource(store::Store& store, const ChannelDirectory& channels, const Clock& clock);

    Routes routes();

  private:
    http::Response list(const Call& call);
    http::Response get(const Call& call);
    http::Response patch(const Call& call);

    std::vector<Guest> find_by_address(const std::string& channel, std::string address);
    Guest find(const std::string& id);

    store::Store& store_;
    const ChannelDirectory& channels_;
    const Clock& clock_;
};

}  // namespace jackgw::api
