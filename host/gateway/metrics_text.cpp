// What /metrics shows of the parts that are asked at each look.

#include <algorithm>
#include <chrono>

#include "gateway/gateway.h"

namespace jackgw::gateway {

namespace {

telemetry::OutboxFigures figures_of(const store::OutboxReport& report, Timestamp now) {
    telemetry::OutboxFigures figures;
    figures.paused = report.paused;
    if (report.oldest_due_at)
        figures.oldest_due_age =
            std::max(0.0, std::chrono::duration<double>(now - *report.oldest_due_at).count());
    for (const store::LaneReport& lane : report.lanes)
        figures.lanes.push_back({.channel = lane.lane.channel,
                                 .sender = lane.lane.sender,
                                 .ready = lane.ready,
                                 .blocked = lane.blocked(),
                                 .scheduled = lane.scheduled,
                                 .retrying = lane.retrying,
                                 .in_flight = lane.in_flight,
                                 .unknown = lane.unknown,
                                 .paused = lane.paused,
                                 .held = !lane.held_reason.empty()});
    for (const store::Hold& hold : report.holds)
        figures.holds.push_back(
            {hold.channel, std::string(to_string(hold.scope)), std::string(to_string(hold.cause))});
    return figures;
}

}  // namespace

std::string Gateway::metrics_text() {
    const store::OutboxReport outbox = store_->outbox();
    std::map<std::string, std::int64_t> depths;
    for (const config::Channel& channel : config_.channels) depths[channel.name] = 0;
    for (const store::LaneReport& lane : outbox.lanes) depths[lane.lane.channel] += lane.depth;
    for (const auto& [channel, depth] : depths) outside_.metrics.channel(channel).set_queue_depth(depth);
    outside_.metrics.outbox().show(figures_of(outbox, outside_.clock.now()));
    for (const plugins::ChannelReport& report : manager_.report()) {
        telemetry::ChannelMetrics& channel = outside_.metrics.channel(report.settings.name);
        channel.set_ready(report.ready);
        channel.set_generation(report.generation);
        channel.set_leases(static_cast<std::uint64_t>(report.leases));
        channel.set_stuck_generations(report.retiring.size());
    }
    outside_.metrics.set_http_connections(static_cast<std::int64_t>(server_.counters().open_connections));
    return outside_.metrics.serialize();
}

}  // namespace jackgw::gateway
