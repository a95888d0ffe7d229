// What the gateway's parts report of their work, turned into metrics and log lines. No bodies, no query
// strings.

#include <chrono>

#include "gateway/gateway.h"

namespace jackgw::gateway {

namespace {

std::string_view route_class(std::string_view path) {
    if (path.starts_with("/webhooks/")) return "webhook";
    if (api::Api::owns(path)) return "api";
    if (path == "/metrics") return "metrics";
    if (path == "/healthz" || path == "/readyz") return "health";
    return "other";
}

std::string_view word(store::DoubtChange change) {
    switch (change) {
        case store::DoubtChange::none:
            return "none";
        case store::DoubtChange::noted:
            return "noted";
        case store::DoubtChange::taken:
            return "taken";
        case store::DoubtChange::due_again:
            return "due_again";
        case store::DoubtChange::given_up:
            return "given_up";
    }
    return "none";
}

std::int64_t to_milliseconds(std::chrono::steady_clock::duration duration) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(duration).count();
}

}  // namespace

http::ServerHooks Gateway::server_hooks() {
    http::ServerHooks hooks;
    hooks.observer = [this](const http::Request* request, int status, std::chrono::microseconds duration) {
        if (request == nullptr) {
            outside_.metrics.http_rejected(status == 408 ? "timeout" : status == 503 ? "limit" : "malformed");
            return;
        }
        note_refused_webhook(*request, status);
        outside_.metrics.http_request(route_class(request->path), status,
                                      std::chrono::duration<double>(duration).count());
        const telemetry::Level level = status >= 500 ? telemetry::Level::warning : telemetry::Level::debug;
        if (outside_.log.enabled(level))
            outside_.log.write(level, "request",
                               {{"method", request->method},
                                {"path", request->path},
                                {"status", status},
                                {"ms", to_milliseconds(duration)},
                                {"peer", request->peer}});
    };
    hooks.failure = [this](const http::Request& request, std::string_view what) {
        outside_.log.error("a request failed",
                           {{"method", request.method}, {"path", request.path}, {"error", what}});
    };
    return hooks;
}

/// A plugin answers 403 where a signature is wrong; the host itself never does below /webhooks/.
void Gateway::note_refused_webhook(const http::Request& request, int status) {
    if (status != 403 || !request.path.starts_with("/webhooks/")) return;
    const std::string channel = manager_.webhooks().owner(request.path);
    if (!channel.empty()) outside_.metrics.channel(channel).webhook_refused();
}

conversations::Inbox::Observer Gateway::inbox_observer() {
    conversations::Inbox::Observer observer;
    observer.received = [this](std::string_view channel, std::int32_t segments) {
        outside_.metrics.channel(std::string(channel))
            .inbound_message(segments,
                             std::chrono::duration<double>(outside_.clock.now().time_since_epoch()).count());
    };
    observer.status_applied = [this](std::string_view channel, const DeliveryReport& report) {
        if (!report.state) return;
        // The provider tells "failed" (never left it) from "undelivered" (the carrier reported it).
        const bool undelivered =
            *report.state == DeliveryState::failed && report.provider_status == "undelivered";
        outside_.metrics.channel(std::string(channel))
            .delivery_status(undelivered ? std::string_view{"undelivered"} : to_string(*report.state));
    };
    return observer;
}

outbox::Hooks Gateway::outbox_hooks() {
    outbox::Hooks hooks;
    hooks.attempt_finished = [this](const outbox::FinishedAttempt& attempt) {
        const Outcome& outcome = attempt.finish.outcome;
        telemetry::ChannelMetrics& channel = outside_.metrics.channel(attempt.claim.lane.channel);
        outside_.metrics.attempt(to_string(outcome.kind),
                                 std::chrono::duration<double>(attempt.duration).count());
        const bool accepted = outcome.kind == OutcomeKind::accepted;
        const std::string_view concerns =
            accepted ? "" : to_string(attempt.result.recorded ? attempt.result.concern : outcome.concern);
        outside_.metrics.outbox().attempt(attempt.claim.lane.channel, to_string(outcome.kind), concerns);
        const bool failed = !accepted && outcome.kind != OutcomeKind::unknown && attempt.recorded &&
                            !attempt.result.stays_due;
        for (const store::HoldChange& change : attempt.result.changes) note_hold(change.hold, change.lifted);
        if (outcome.kind == OutcomeKind::unknown) reconciler_.notify();
        if (accepted) {
            channel.message_sent(true);
            channel.outbound_segments(outcome.segments > 0 ? outcome.segments : attempt.claim.segments);
        } else if (failed) {
            channel.message_sent(false, outcome.error_code);
        }
        if (accepted) {
            outside_.log.info("attempt finished", {{"channel", attempt.claim.lane.channel},
                                                   {"message", attempt.claim.message_id},
                                                   {"attempt", attempt.claim.attempt_number},
                                                   {"to", attempt.claim.to},
                                                   {"outcome", "accepted"},
                                                   {"ms", to_milliseconds(attempt.duration)}});
            return;
        }
        const telemetry::Level level = outcome.kind == OutcomeKind::misconfigured || outcome.alert
                                           ? telemetry::Level::error
                                           : telemetry::Level::warning;
        outside_.log.write(level, "attempt finished",
                           {{"channel", attempt.claim.lane.channel},
                            {"message", attempt.claim.message_id},
                            {"attempt", attempt.claim.attempt_number},
                            {"to", attempt.claim.to},
                            {"outcome", to_string(outcome.kind)},
                            {"concerns", concerns},
                            {"error", outcome.error_code},
                            {"providerError", outcome.provider_error_code},
                            {"reason", outcome.error_message},
                            {"ms", to_milliseconds(attempt.duration)}});
    };
    hooks.expired = [this](const store::Expired& expired) {
        for (const auto& [channel, count] : expired) {
            outside_.metrics.outbox().expired(channel, count);
            outside_.log.warning("messages have expired before they could be sent",
                                 {{"channel", channel}, {"messages", count}});
        }
    };
    hooks.problem = [this](std::string_view text) { outside_.log.error(text); };
    return hooks;
}

void Gateway::note_lifted(const std::vector<store::Hold>& holds) {
    // One that recovers was told of when its probe was accepted.
    for (const store::Hold& hold : holds)
        if (!hold.recovering) note_hold(hold, true);
}

void Gateway::note_hold(const store::Hold& hold, bool lifted) {
    outside_.metrics.outbox().hold_changed(
        {hold.channel, std::string(to_string(hold.scope)), std::string(to_string(hold.cause))}, lifted);
    const telemetry::Level level = lifted                                     ? telemetry::Level::info
                                   : hold.cause == OutcomeKind::misconfigured ? telemetry::Level::error
                                                                              : telemetry::Level::warning;
    outside_.log.write(level, lifted ? "sending goes on" : "sending is held, and probed by itself",
                       {{"channel", hold.channel},
                        {"scope", to_string(hold.scope)},
                        {"name", hold.name},
                        {"cause", to_string(hold.cause)},
                        {"reason", hold.reason}});
}

outbox::ReconcilerHooks Gateway::reconciler_hooks() {
    outbox::ReconcilerHooks hooks;
    hooks.reconciled = [this](const outbox::Reconciled& reconciled) {
        outside_.metrics.outbox().reconciled(reconciled.doubt.channel, to_string(reconciled.result.kind),
                                             word(reconciled.change));
        const bool news = reconciled.change == store::DoubtChange::taken ||
                          reconciled.change == store::DoubtChange::due_again;
        outside_.log.write(news ? telemetry::Level::info : telemetry::Level::debug, "attempt reconciled",
                           {{"channel", reconciled.doubt.channel},
                            {"message", reconciled.doubt.attempt.message_id},
                            {"result", to_string(reconciled.result.kind)},
                            {"reason", reconciled.result.reason}});
        if (reconciled.change == store::DoubtChange::given_up &&
            reconciled.result.kind != Reconciliation::not_supported)
            outside_.log.warning("the provider can't tell whether it took a message, which stays unknown",
                                 {{"channel", reconciled.doubt.channel},
                                  {"message", reconciled.doubt.attempt.message_id},
                                  {"reason", reconciled.result.reason}});
    };
    hooks.problem = [this](std::string_view text) { outside_.log.error(text); };
    return hooks;
}

outbox::DeliveryCheckerHooks Gateway::checker_hooks() {
    outbox::DeliveryCheckerHooks hooks;
    hooks.looked_up = [this](const outbox::LookedUp& looked_up) {
        const store::AwaitedDelivery& delivery = looked_up.delivery;
        telemetry::ChannelMetrics& channel = outside_.metrics.channel(delivery.lane.channel);
        channel.delivery_look_up(to_string(looked_up.result.kind));
        if (looked_up.gave_up) channel.delivery_given_up();
        const bool went_well =
            looked_up.result.kind == LookUp::answered || looked_up.result.kind == LookUp::not_supported;
        outside_.log.write(went_well ? telemetry::Level::debug : telemetry::Level::warning,
                           "delivery looked up",
                           {{"channel", delivery.lane.channel},
                            {"message", delivery.message_id},
                            {"lookUp", delivery.look_ups + 1},
                            {"result", to_string(looked_up.result.kind)},
                            {"last", looked_up.gave_up ? "yes" : "no"},
                            {"reason", looked_up.result.error}});
    };
    hooks.past_asking = [this](const store::AwaitedDelivery& delivery) {
        outside_.metrics.channel(delivery.lane.channel).delivery_given_up();
        outside_.log.debug("delivery given up: it was sent too long ago to ask about",
                           {{"channel", delivery.lane.channel}, {"message", delivery.message_id}});
    };
    hooks.problem = [this](std::string_view text) { outside_.log.error(text); };
    return hooks;
}

store::StoreObservers Gateway::store_observers() {
    return {
        .batch =
            [this](const store::BatchReport& batch) {
                if (!batch.committed) return outside_.metrics.store_failure();
                outside_.metrics.store_commit(static_cast<std::int64_t>(batch.operations),
                                              std::chrono::duration<double>(batch.commit_time).count());
            },
        .clock_jump =
            [this](const store::ClockJump& jump) {
                const double seconds = std::chrono::duration<double>(jump.by).count();
                outside_.log.warning(
                    jump.while_down
                        ? "the wall clock was set while the gateway was down; what somebody named a time "
                          "for follows it, retries and lifetimes don't"
                        : "the wall clock was set; what somebody named a time for follows it, retries and "
                          "lifetimes don't",
                    {{"bySeconds", std::to_string(seconds)}});
            },
        .stopped = [this](std::string_view why) { outside_.log.error(why); }};
}

void Gateway::report_store(std::string_view problem) {
    const bool failing = !problem.empty();
    const std::lock_guard lock(store_mutex_);
    if (failing == store_failing_) return;  // who asks is told each time, the log once
    store_failing_ = failing;
    if (failing) return outside_.log.error("not ready, for the store can't write: " + std::string(problem));
    outside_.log.info("the store writes again");
}

}  // namespace jackgw::gateway
