#pragma once

#include <chrono>
#include <cstdint>

#include "api/route.h"
#include "model/channel.h"
#include "store/readers.h"

namespace jackgw::api {

struct MediaLimits {
    std::uint64_t max_bytes = std::uint64_t{16} * 1024 * 1024;
    std::chrono::milliseconds timeout{30'000};
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
