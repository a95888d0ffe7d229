#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace prometheus {
class Registry;
}

namespace jackgw::telemetry {

/// What one sender has in the outbox. A channel's senders are few; recipients never become labels.
struct LaneFigures {
    std::string channel;
    std::string sender;
    std::int64_t ready = 0;
    std::int64_t blocked = 0;
    std::int64_t scheduled = 0;
    std::int64_t retrying = 0;
    std::int64_t in_flight = 0;
    std::int64_t unknown = 0;
    bool paused = false;
    bool held = false;
};

/// A hold, without its name: what a sender's hold is about the lane says.
struct HoldFigures {
    std::string channel;
    std::string scope;
    std::string cause;

    auto operator<=>(const HoldFigures&) const = default;
};

/// How the outbox stands.
struct OutboxFigures {
    bool paused = false;
    double oldest_due_age = 0;  ///< seconds; 0: nothing is due
    std::vector<LaneFigures> lanes;
    std::vector<HoldFigures> holds;
};

/// Metrics of what goes out: how it stands, asked for at each look, and what has happened, counted. Safe from
/// any thread.
class OutboxMetrics {
  public:
    explicit OutboxMetrics(prometheus::Registry& registry);
    ~OutboxMetrics();

    /// Makes the channel's series, so that they exist before anything happens.
    void add_channel(const std::string& channel);

    /// A lane or a hold that was shown and isn't there any more is shown with zeros.
    void show(const OutboxFigures& figures);

    /// An attempt ended: the words of OutcomeKind and Concern; `concerns` is empty where it was accepted.
    void attempt(const std::string& channel, std::string_view outcome, std::string_view concerns);
    void hold_changed(const HoldFigures& hold, bool lifted);
    /// The provider was asked about an attempt whose outcome is unknown: the words of Reconciliation and
    /// DoubtChange.
    void reconciled(const std::string& channel, std::string_view result, std::string_view change);
    /// So many messages failed since they had waited for too long.
    void expired(const std::string& channel, std::int64_t messages);

  private:
    struct Series;
    std::unique_ptr<Series> series_;
};

}  // namespace jackgw::telemetry
