#pragma once

#include "model/channel.h"
#include "plugins/generation.h"

struct jackgw_media_access;

namespace jackgw::plugins {

/// The media extension of a channel's live generation, over the contract; what the plugin doesn't offer is
/// answered as such. Holds a lease: keep it for one piece of work.
class PluginMedia final : public MediaAccess {
  public:
    explicit PluginMedia(Lease lease);

    std::optional<Problem> check(const std::vector<std::string>& urls) override;
    MediaResult fetch(const MediaRequest& request, MediaSink& sink) override;

  private:
    Lease lease_;
    const jackgw_media_access* table_;  // null: not offered
};

}  // namespace jackgw::plugins
