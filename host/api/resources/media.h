#pragma once

#include <chrono>
#include <cstdint>

#include "api/route.h"
#include "base/defaults.h"
#include "model/channel.h"
#include "store/readers.h"

namespace jackgw::api {

struct MediaLimits {
    std::uint64_t max_bytes = defaults::max_media_bytes;
    std::chrono::milliseconds timeout = defaults::media_timeout;
};

/// /messages/{id}/media/{n}: what a guest has sent along, passed through from the provider.
class MediaResource {
  public:
    MediaResource(store::Readers& readers, const ChannelDirectory& channels, const MediaLimits& limits);

    Routes routes();

  private:
    http::Response get(const Call& call);

    store::Readers& readers_;
    const ChannelDirectory& channels_;
    const MediaLimits limits_;
};

}  // namespace jackgw::api
