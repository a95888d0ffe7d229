#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
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
    void inbound_segments(std::int64_t segments);
    void outbound_segments(std::int64_t segments);
    /// A message reached this end: "delivered", "failed" or "undelivered"; other states are not counted.
    void delivery_status(std::string_view status);
    void set_queue_depth(std::int64_t messages);
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

/// All metrics of the gateway, in a registry of its own. Safe from any thread.
///
/// Label values come from closed sets or are folded into "other", so that nobody outside can make series
/// without end.
class Metrics {
  public:
    explicit Metrics(const std::string& version);
    ~Metrics();
    Metrics(const Metrics&) = delete;
    Metrics& operator=(const Metrics&) = delete;

    /// The same object for the same name. Characters that metric names don't allow become '_'.
    ChannelMetrics& channel(const std::string& name);

    /// A request was answered. `route` is a class of routes, never a path: "webhook", "api", "health",
    /// "metrics", "console"; another word counts as "other".
    void http_request(std::string_view route, int status, double seconds);
    /// A request or connection was turned away before any handler: "limit", "timeout", "malformed"; another
    /// word counts as "other".
    void http_rejected(std::string_view reason);
    void set_http_connections(std::int64_t open);
    /// The store's writer committed a batch of so many operations.
    void store_commit(std::int64_t operations, double seconds);
    void store_failure();
    /// An attempt to send ended; the outcome as in OutcomeKind: "accepted", "rejected", ….
    void attempt(std::string_view outcome, double seconds);
    void set_outbox_paused(bool paused);
    /// A line was logged at this level: "debug", "info", "warning" or "error".
    void log_line(std::string_view level);

    /// The text exposition format, version 0.0.4.
    std::string serialize() const;
    static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";

  private:
    struct Series;
    std::unique_ptr<prometheus::Registry> registry_;
    std::unique_ptr<Series> series_;
    std::mutex mutex_;
    std::map<std::string, std::unique_ptr<ChannelMetrics>> channels_;
};

}  // namespace jackgw::telemetry
