#include "telemetry/channel_metrics.h"

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include <algorithm>

#include "telemetry/labels.h"
#include "telemetry/series.h"

namespace jackgw::telemetry {

namespace {

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
          inbound(prometheus::BuildCounter()
                      .Name("jackgw_inbound_messages_total")
                      .Help("Guests' messages that were stored, each once.")
                      .Register(registry)
                      .Add(channel)),
          last_inbound(prometheus::BuildGauge()
                           .Name("jackgw_last_inbound_timestamp_seconds")
                           .Help("When this process stored the last guest's message, in seconds since 1970; "
                                 "missing until it has.")
                           .Register(registry),
                       {"channel"}),
          refused_webhooks(prometheus::BuildCounter()
                               .Name("jackgw_webhooks_refused_total")
                               .Help("Webhooks that the channel answered with 403: their signature is wrong.")
                               .Register(registry)
                               .Add(channel)),
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
    prometheus::Counter& inbound;
    LabelledSeries<prometheus::Gauge> last_inbound;
    prometheus::Counter& refused_webhooks;
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

void ChannelMetrics::inbound_message(std::int64_t segments, double at) {
    series_->segments.at({"inbound"}).Observe(static_cast<double>(segments));
    series_->inbound.Increment();
    series_->last_inbound.at({series_->name}).Set(at);
}

void ChannelMetrics::webhook_refused() {
    series_->refused_webhooks.Increment();
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

}  // namespace jackgw::telemetry
