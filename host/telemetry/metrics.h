#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "telemetry/channel_metrics.h"
#include "telemetry/outbox_metrics.h"

namespace prometheus {
class Registry;
}

namespace jackgw::telemetry {

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
    OutboxMetrics& outbox() { return outbox_; }

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
    /// A line was logged at this level: "debug", "info", "warning" or "error".
    void log_line(std::string_view level);

    /// The text exposition format, version 0.0.4.
    std::string serialize() const;
    static constexpr std::string_view content_type = "text/plain; version=0.0.4; charset=utf-8";

  private:
    struct Series;
    std::unique_ptr<prometheus::Registry> registry_;
    std::unique_ptr<Series> series_;
    OutboxMetrics outbox_;
    std::mutex mutex_;
    std::map<std::string, std::unique_ptr<ChannelMetrics>> channels_;
};

}  // namespace jackgw::telemetry
