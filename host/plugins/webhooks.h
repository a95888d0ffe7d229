#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "http/message.h"
#include "plugins/channel.h"
#include "plugins/services.h"

namespace jackgw::plugins {

/// Serves what lies below /webhooks/: finds the channel that a path belongs to, takes a lease on its live
/// generation and calls the plugin's handler. Bodies of the host's own answers are empty: what a provider
/// would make of a text isn't known here.
///
/// `handle` is called on many threads; the map of paths is a snapshot that a reload replaces.
class Webhooks {
  public:
    explicit Webhooks(const HostServices& services);

    http::Response handle(const http::Request& request) const;

    /// Makes a channel the owner of its plugin's paths. Paths stay reserved for it, also while it has no live
    /// generation.
    void publish(const std::shared_ptr<const Channel>& channel, const Registrations& registrations);

    /// The channel that a path belongs to; empty: none.
    std::string owner(std::string_view path) const;

    /// True if the path belongs to another channel.
    bool taken_elsewhere(std::string_view path, std::string_view channel) const;

    /// While some enabled channel isn't ready its paths aren't known: unknown paths are then answered 503,
    /// never 404, so that the provider's retry finds the plugin back.
    void set_all_ready(bool ready);

  private:
    struct Snapshot {
        std::map<std::string, std::shared_ptr<const Channel>, std::less<>> owners;
        bool all_ready = false;
    };

    std::shared_ptr<const Snapshot> snapshot() const;
    void update(const std::function<void(Snapshot&)>& change);

    const HostServices& services_;
    mutable std::mutex mutex_;
    std::shared_ptr<const Snapshot> snapshot_ = std::make_shared<Snapshot>();
};

}  // namespace jackgw::plugins
