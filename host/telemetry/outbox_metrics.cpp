#include "telemetry/outbox_metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/registry.h>

#include <map>
#include <mutex>
#include <set>

#include "telemetry/labels.h"
#include "telemetry/series.h"

namespace jackgw::telemetry {

namespace {

using Counters = LabelledSeries<prometheus::Counter>;
using Gauges = LabelledSeries<prometheus::Gauge>;

prometheus::Family<prometheus::Counter>& counter(prometheus::Registry& registry, const char* name,
                                                 const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(registry);
}

prometheus::Family<prometheus::Gauge>& gauge(prometheus::Registry& registry, const char* name,
                                             const char* help) {
    return prometheus::BuildGauge().Name(name).Help(help).Register(registry);
}

std::vector<std::string> labels_of(const HoldFigures& hold) {
    return {hold.channel, one_of(hold.scope, {"sender", "account", "channel"}),
            one_of(hold.cause, {"rejected", "refused_for_now", "misconfigured", "unknown"})};
}

constexpr const char* reconcile_results[] = {"taken", "absent", "cant_tell", "unavailable", "not_supported"};

}  // namespace

struct OutboxMetrics::Series {
    explicit Series(prometheus::Registry& registry)
        : paused(gauge(registry, "jackgw_outbox_paused", "1 while all sending is paused by hand.").Add({})),
          oldest(gauge(registry, "jackgw_outbox_oldest_due_age_seconds",
                       "For how long the message that may go and has waited longest has been due; 0: none "
                       "is.")
                     .Add({})),
          messages(gauge(registry, "jackgw_outbox_messages",
                         "Messages in the outbox, by sender and by what they wait for."),
                   {"channel", "sender", "state"}),
          lane_paused(gauge(registry, "jackgw_outbox_lane_paused",
                            "1 while the sender is paused by hand: itself, its channel, or all."),
                      {"channel", "sender"}),
          lane_held(gauge(registry, "jackgw_outbox_lane_held",
                          "1 while the sender is held, for its own sake, its account's or its channel's."),
                    {"channel", "sender"}),
          unknown(gauge(registry, "jackgw_outbox_unknown",
                        "Messages of which it isn't known whether the provider has them."),
                  {"channel"}),
          holds(gauge(registry, "jackgw_outbox_holds",
                      "Causes outside of messages for which nothing is sent but probes, or less than usual."),
                {"channel", "scope", "cause"}),
          begun(counter(registry, "jackgw_outbox_holds_begun_total", "Holds that began."),
                {"channel", "scope", "cause"}),
          lifted(counter(registry, "jackgw_outbox_holds_lifted_total",
                         "Holds that ended: by a probe, by a reload, by hand."),
                 {"channel", "scope", "cause"}),
          attempts(counter(registry, "jackgw_attempts_total",
                           "Attempts to send, by outcome and by whom it concerns."),
                   {"channel", "outcome", "concerns"}),
          reconciliations(counter(registry, "jackgw_reconciliations_total",
                                  "Questions to the provider about attempts whose outcome is unknown, by "
                                  "what it said and by what followed."),
                          {"channel", "result", "change"}),
          expiries(counter(registry, "jackgw_outbox_expired_total",
                           "Messages that failed as EXPIRED: they could not be sent in time."),
                   {"channel"}) {}

    void set(const LaneFigures& lane) {
        const auto set_state = [&](const char* state, std::int64_t count) {
            messages.at({lane.channel, lane.sender, state}).Set(static_cast<double>(count));
        };
        set_state("ready", lane.ready);
        set_state("blocked", lane.blocked);
        set_state("scheduled", lane.scheduled);
        set_state("retrying", lane.retrying);
        set_state("in_flight", lane.in_flight);
        set_state("unknown", lane.unknown);
        lane_paused.at({lane.channel, lane.sender}).Set(lane.paused ? 1 : 0);
        lane_held.at({lane.channel, lane.sender}).Set(lane.held ? 1 : 0);
    }

    prometheus::Gauge& paused;
    prometheus::Gauge& oldest;
    Gauges messages;
    Gauges lane_paused;
    Gauges lane_held;
    Gauges unknown;
    Gauges holds;
    Counters begun;
    Counters lifted;
    Counters attempts;
    Counters reconciliations;
    Counters expiries;
    std::mutex mutex;  // guards what has been shown
    std::set<std::string> channels;
    std::set<std::pair<std::string, std::string>> lanes;
    std::set<std::vector<std::string>> shown_holds;
};

OutboxMetrics::OutboxMetrics(prometheus::Registry& registry) : series_(std::make_unique<Series>(registry)) {}

OutboxMetrics::~OutboxMetrics() = default;

void OutboxMetrics::add_channel(const std::string& channel) {
    // Series that exist from the start can be told from ones that are missing, and their first count is a
    // rise.
    series_->unknown.at({channel});
    series_->expiries.at({channel});
    series_->attempts.at({channel, "accepted", ""});
    series_->reconciliations.at({channel, "taken", "taken"});
    series_->reconciliations.at({channel, "absent", "due_again"});
    for (const char* result : reconcile_results) series_->reconciliations.at({channel, result, "given_up"});
    const std::lock_guard lock(series_->mutex);
    series_->channels.insert(channel);
}

void OutboxMetrics::show(const OutboxFigures& figures) {
    const std::lock_guard lock(series_->mutex);
    series_->paused.Set(figures.paused ? 1 : 0);
    series_->oldest.Set(figures.oldest_due_age);
    std::map<std::string, std::int64_t> unknown;
    for (const std::string& channel : series_->channels) unknown[channel] = 0;
    std::set<std::pair<std::string, std::string>> gone = series_->lanes;
    for (const LaneFigures& lane : figures.lanes) {
        series_->set(lane);
        unknown[lane.channel] += lane.unknown;
        gone.erase({lane.channel, lane.sender});
        series_->lanes.insert({lane.channel, lane.sender});
    }
    for (const auto& [channel, sender] : gone) {
        LaneFigures empty;
        empty.channel = channel;
        empty.sender = sender;
        series_->set(empty);
    }
    for (const auto& [channel, count] : unknown)
        series_->unknown.at({channel}).Set(static_cast<double>(count));
    std::map<std::vector<std::string>, int> holds;
    for (const std::vector<std::string>& labels : series_->shown_holds) holds[labels] = 0;
    for (const HoldFigures& hold : figures.holds) ++holds[labels_of(hold)];
    for (const auto& [labels, count] : holds) {
        series_->holds.at(labels).Set(count);
        series_->shown_holds.insert(labels);
    }
}

void OutboxMetrics::attempt(const std::string& channel, std::string_view outcome, std::string_view concerns) {
    series_->attempts
        .at({channel,
             one_of(outcome, {"accepted", "rejected", "refused_for_now", "misconfigured", "unknown"}),
             one_of(concerns,
                    {"", "message", "recipient", "pair", "sender", "account", "channel", "unclear"})})
        .Increment();
}

void OutboxMetrics::hold_changed(const HoldFigures& hold, bool lifted) {
    (lifted ? series_->lifted : series_->begun).at(labels_of(hold)).Increment();
}

void OutboxMetrics::reconciled(const std::string& channel, std::string_view result, std::string_view change) {
    series_->reconciliations
        .at({channel, one_of(result, {"taken", "absent", "cant_tell", "unavailable", "not_supported"}),
             one_of(change, {"none", "noted", "taken", "due_again", "given_up"})})
        .Increment();
}

void OutboxMetrics::expired(const std::string& channel, std::int64_t messages) {
    series_->expiries.at({channel}).Increment(static_cast<double>(messages));
}

}  // namespace jackgw::telemetry
