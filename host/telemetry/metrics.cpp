#include "telemetry/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "telemetry/labels.h"
#include "telemetry/series.h"

namespace jackgw::telemetry {

namespace {

const prometheus::Histogram::BucketBoundaries latency_buckets{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                              0.1,   0.25,   0.5,   1,    2.5,   10};
const prometheus::Histogram::BucketBoundaries attempt_buckets{0.05, 0.1, 0.25, 0.5, 1, 2.5,
                                                              5,    10,  20,   40,  60};
const prometheus::Histogram::BucketBoundaries batch_buckets{1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

}  // namespace

struct Metrics::Series {
    explicit Series(prometheus::Registry& registry)
        : requests(prometheus::BuildCounter()
                       .Name("jackgw_http_requests_total")
                       .Help("Requests answered, by class of route and status.")
                       .Register(registry),
                   {"route", "status"}),
          latency(prometheus::BuildHistogram()
                      .Name("jackgw_http_request_duration_seconds")
                      .Help("From a request's first byte until its answer is ready.")
                      .Register(registry),
                  {"route"}, latency_buckets),
          rejected(prometheus::BuildCounter()
                       .Name("jackgw_http_rejected_total")
                       .Help("Requests and connections turned away before any handler.")
                       .Register(registry),
                   {"reason"}),
          attempts(prometheus::BuildHistogram()
                       .Name("jackgw_attempt_duration_seconds")
                       .Help("Attempts to send, by outcome.")
                       .Register(registry),
                   {"outcome"}, attempt_buckets),
          log_lines(prometheus::BuildCounter()
                        .Name("jackgw_log_lines_total")
                        .Help("Log lines written.")
                        .Register(registry),
                    {"level"}),
          connections(prometheus::BuildGauge()
                          .Name("jackgw_http_connections")
                          .Help("Connections open now.")
                          .Register(registry)
                          .Add({})),
          commits(prometheus::BuildHistogram()
                      .Name("jackgw_store_commit_duration_seconds")
                      .Help("Time of a commit.")
                      .Register(registry)
                      .Add({}, latency_buckets)),
          batches(prometheus::BuildHistogram()
                      .Name("jackgw_store_batch_operations")
                      .Help("Operations committed together.")
                      .Register(registry)
                      .Add({}, batch_buckets)),
          store_failures(prometheus::BuildCounter()
                             .Name("jackgw_store_failures_total")
                             .Help("Batches that could not be committed.")
                             .Register(registry)
                             .Add({})) {}

    LabelledSeries<prometheus::Counter> requests;
    LabelledSeries<prometheus::Histogram> latency;
    LabelledSeries<prometheus::Counter> rejected;
    LabelledSeries<prometheus::Histogram> attempts;
    LabelledSeries<prometheus::Counter> log_lines;
    prometheus::Gauge& connections;
    prometheus::Histogram& commits;
    prometheus::Histogram& batches;
    prometheus::Counter& store_failures;
};

Metrics::Metrics(const std::string& version)
    : registry_(std::make_unique<prometheus::Registry>()),
      series_(std::make_unique<Series>(*registry_)),
      outbox_(*registry_) {
    prometheus::BuildGauge()
        .Name("jackgw_build_info")
        .Help("Always 1; the label tells the version.")
        .Register(*registry_)
        .Add({{"version", version}})
        .Set(1);
}

Metrics::~Metrics() = default;

ChannelMetrics& Metrics::channel(const std::string& name) {
    const std::lock_guard lock(mutex_);
    auto& entry = channels_[name];
    if (!entry) {
        entry = std::make_unique<ChannelMetrics>(*registry_, name);
        outbox_.add_channel(name);
    }
    return *entry;
}

void Metrics::http_request(std::string_view route, int status, double seconds) {
    const std::string label = one_of(route, {"webhook", "api", "health", "metrics", "console"});
    const bool proper = status >= 100 && status <= 599;
    series_->requests.at({label, proper ? std::to_string(status) : "other"}).Increment();
    series_->latency.at({label}).Observe(seconds);
}

void Metrics::http_rejected(std::string_view reason) {
    series_->rejected.at({one_of(reason, {"limit", "timeout", "malformed"})}).Increment();
}

void Metrics::set_http_connections(std::int64_t open) {
    series_->connections.Set(static_cast<double>(open));
}

void Metrics::store_commit(std::int64_t operations, double seconds) {
    series_->batches.Observe(static_cast<double>(operations));
    series_->commits.Observe(seconds);
}

void Metrics::store_failure() {
    series_->store_failures.Increment();
}

void Metrics::attempt(std::string_view outcome, double seconds) {
    const std::string label =
        one_of(outcome, {"accepted", "rejected", "refused_for_now", "misconfigured", "unknown"});
    series_->attempts.at({label}).Observe(seconds);
}

void Metrics::log_line(std::string_view level) {
    series_->log_lines.at({one_of(level, {"debug", "info", "warning", "error"})}).Increment();
}

std::string Metrics::serialize() const {
    return prometheus::TextSerializer{}.Serialize(registry_->Collect());
}

}  // namespace jackgw::telemetry
