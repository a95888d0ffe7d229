#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace prometheus {
class Registry;
}

namespace jackgw::telemetry {

/// Counters of one channel, under names that begin with the channel's. Safe from any thread; lives as long as
/// the Metrics that gave it.
class ChannelMetrics {
  public:
    ChannelMetrics(prometheus::Registry& registry, const std::string& channel);
    ~ChannelMetrics();

    /// A message was handed to the provider, or failed for good; `error_code` is ours, empty for none.
    void message_sent(bool success, std::string_view error_code = {});
    /// A guest's message was stored, at this time in seconds since 1970.
    void inbound_message(std::int64_t segments, double at);
    void outbound_segments(std::int64_t segments);
    /// A message reached this end: "delivered", "failed" or "undelivered"; other states are not counted.
    void delivery_status(std::string_view status);
    void set_queue_depth(std::int64_t messages);
    /// The channel's plugin answered a webhook with 403.
    void webhook_refused();
    /// The provider was asked what became of a message; the result as in LookUp: "answered", "failed", ….
    void delivery_look_up(std::string_view result);
    /// The last look-up brought no final state.
    void delivery_given_up();

    /// Whose the channel is, so that its counters can be told by property. Said once.
    void set_property(const std::string& property);
    void set_generation(std::uint64_t generation);
    void set_leases(std::uint64_t leases);
    void set_stuck_generations(std::uint64_t generations);
    void set_ready(bool ready);
    /// A reload ended.
    void reload(bool success);

  private:
    struct Series;
    std::unique_ptr<Series> series_;
};

}  // namespace jackgw::telemetry
