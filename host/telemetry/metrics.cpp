#include "telemetry/metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include <algorithm>
#include <initializer_list>

#include "telemetry/series.h"

namespace jackgw::telemetry {

namespace {

using Words = std::initializer_list<std::string_view>;

std::string one_of(std::string_view word, Words words) {
    return std::string(std::find(words.begin(), words.end(), word) != words.end() ? word : "other");
}

/// Our error names come through a plugin: anything that doesn't look like one is not worth a series.
std::string error_label(std::string_view code) {
    const bool proper = code.size() <= 40 && std::all_of(code.begin(), code.end(), [](char c) {
                            return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
                        });
    return proper ? std::string(code) : "OTHER";
}

std::string metric_prefix(const std::string& channel) {
    std::string prefix = channel;
    for (char& c : prefix) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
        if (!letter && !(c >= '0' && c <= '9')) c = '_';
    }
    return prefix.empty() || (prefix.front() >= '0' && prefix.front() <= '9') ? "_" + prefix : prefix;
}

const prometheus::Histogram::BucketBoundaries segment_buckets{1, 2, 3, 4, 5, 6, 8, 10};
const prometheus::Histogram::BucketBoundaries latency_buckets{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05,
                                                              0.1,   0.25,   0.5,   1,    2.5,   10};
const prometheus::Histogram::BucketBoundaries attempt_buckets{0.05, 0.1, 0.25, 0.5, 1, 2.5,
                                                              5,    10,  20,   40,  60};
const prometheus::Histogram::BucketBoundaries batch_buckets{1, 2, 4, 8, 16, 32, 64, 128, 256, 512};

}  // namespace

struct ChannelMetrics::Series {
    Series(prometheus::Registry& registry, const std::string& channel)
        : Series(registry, metric_prefix(channel), {{"channel", channel}}) {}

    Series(prometheus::Registry& registry, const std::string& prefix, const prometheus::Labels& channel)
        : sent(prometheus::BuildCounter()
                   .Name(prefix + "_messages_sent_total")
                   .Help("Messages handed to the provider (success) or failed for good (failure).")
                   .Register(registry),
               {"status", "error_code"}),
          segments(prometheus::BuildHistogram()
                       .Name(prefix + "_message_segments")
                       .Help("Segments of each message.")
                       .Register(registry),
                   {"direction"}, segment_buckets),
          delivery(prometheus::BuildCounter()
                       .Name(prefix + "_delivery_status_total")
                       .Help("Messages by what finally became of them, as the provider reports.")
                       .Register(registry),
                   {"status"}),
          reloads(prometheus::BuildCounter()
                      .Name("jackgw_plugin_reloads_total")
                      .Help("Reloads of a channel's plugin.")
                      .Register(registry),
                  {"channel", "result"}),
          look_ups(prometheus::BuildCounter()
                       .Name("jackgw_delivery_look_ups_total")
                       .Help("Questions to the provider about messages without a final state, by result.")
                       .Register(registry),
                   {"channel", "result"}),
          given_up(prometheus::BuildCounter()
                       .Name("jackgw_deliveries_given_up_total")
                       .Help("Messages that had no final state after the last look-up.")
                       .Register(registry)
                       .Add(channel)),
          depth(prometheus::BuildGauge()
                    .Name(prefix + "_queue_depth")
                    .Help("Messages waiting to be sent.")
                    .Register(registry)
                    .Add({})),
          info(prometheus::BuildGauge()
                   .Name("jackgw_channel_info")
                   .Help("Always 1; the labels tell whose the channel is.")
                   .Register(registry)),
          generation(prometheus::BuildGauge()
                         .Name("jackgw_plugin_generation")
                         .Help("The generation of the channel's plugin that serves; 0: none.")
                         .Register(registry)
                         .Add(channel)),
          leases(prometheus::BuildGauge()
                     .Name("jackgw_plugin_leases")
                     .Help("Calls in flight in the channel's plugin, all generations.")
                     .Register(registry)
                     .Add(channel)),
          stuck(prometheus::BuildGauge()
                    .Name("jackgw_plugin_stuck_generations")
                    .Help("Old generations that did not come to rest in time and are kept.")
                    .Register(registry)
                    .Add(channel)),
          ready(prometheus::BuildGauge()
                    .Name("jackgw_channel_ready")
                    .Help("1 if the channel can receive and send.")
                    .Register(registry)
                    .Add(channel)),
          name(channel.at("channel")) {
        // Series that exist from the start can be told from ones that are missing.
        sent.at({"success", ""});
        segments.at({"inbound"});
        segments.at({"outbound"});
        for (const char* status : {"delivered", "failed", "undelivered"}) delivery.at({status});
        reloads.at({name, "success"});
        reloads.at({name, "failure"});
        for (const char* result : {"answered", "failed", "unavailable", "not_supported"})
            look_ups.at({name, result});
    }

    LabelledSeries<prometheus::Counter> sent;
    LabelledSeries<prometheus::Histogram> segments;
    LabelledSeries<prometheus::Counter> delivery;
    LabelledSeries<prometheus::Counter> reloads;
    LabelledSeries<prometheus::Counter> look_ups;
    prometheus::Counter& given_up;
    prometheus::Gauge& depth;
    prometheus::Family<prometheus::Gauge>& info;
    prometheus::Gauge& generation;
    prometheus::Gauge& leases;
    prometheus::Gauge& stuck;
    prometheus::Gauge& ready;
    std::string name;
};

ChannelMetrics::ChannelMetrics(prometheus::Registry& registry, const std::string& channel)
    : series_(std::make_unique<Series>(registry, channel)) {}

ChannelMetrics::~ChannelMetrics() = default;

void ChannelMetrics::message_sent(bool success, std::string_view error_code) {
    series_->sent.at({success ? "success" : "failure", error_label(error_code)}).Increment();
}

void ChannelMetrics::inbound_segments(std::int64_t segments) {
    series_->segments.at({"inbound"}).Observe(static_cast<double>(segments));
}

void ChannelMetrics::outbound_segments(std::int64_t segments) {
    series_->segments.at({"outbound"}).Observe(static_cast<double>(segments));
}

void ChannelMetrics::delivery_status(std::string_view status) {
    if (status != "delivered" && status != "failed" && status != "undelivered") return;
    series_->delivery.at({std::string(status)}).Increment();
}

void ChannelMetrics::set_queue_depth(std::int64_t messages) {
    series_->depth.Set(static_cast<double>(messages));
}

void ChannelMetrics::delivery_look_up(std::string_view result) {
    const std::string label = one_of(result, {"answered", "failed", "unavailable", "not_supported"});
    series_->look_ups.at({series_->name, label}).Increment();
}

void ChannelMetrics::delivery_given_up() {
    series_->given_up.Increment();
}

void ChannelMetrics::set_property(const std::string& property) {
    series_->info.Add({{"channel", series_->name}, {"property", property}}).Set(1);
}

void ChannelMetrics::set_generation(std::uint64_t generation) {
    series_->generation.Set(static_cast<double>(generation));
}

void ChannelMetrics::set_leases(std::uint64_t leases) {
    series_->leases.Set(static_cast<double>(leases));
}

void ChannelMetrics::set_stuck_generations(std::uint64_t generations) {
    series_->stuck.Set(static_cast<double>(generations));
}

void ChannelMetrics::set_ready(bool ready) {
    series_->ready.Set(ready ? 1 : 0);
}

void ChannelMetrics::reload(bool success) {
    series_->reloads.at({series_->name, success ? "success" : "failure"}).Increment();
}

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
                             .Add({})),
          paused(prometheus::BuildGauge()
                     .Name("jackgw_outbox_paused")
                     .Help("1 while sending is paused.")
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
    prometheus::Gauge& paused;
};

Metrics::Metrics(const std::string& version)
    : registry_(std::make_unique<prometheus::Registry>()), series_(std::make_unique<Series>(*registry_)) {
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
    if (!entry) entry = std::make_unique<ChannelMetrics>(*registry_, name);
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

void Metrics::set_outbox_paused(bool paused) {
    series_->paused.Set(paused ? 1 : 0);
}

void Metrics::log_line(std::string_view level) {
    series_->log_lines.at({one_of(level, {"debug", "info", "warning", "error"})}).Increment();
}

std::string Metrics::serialize() const {
    return prometheus::TextSerializer{}.Serialize(registry_->Collect());
}

}  // namespace jackgw::telemetry
