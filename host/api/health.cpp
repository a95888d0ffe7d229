#include "api/health.h"

#include "api/answer.h"

namespace jackgw::api {

Health::Health(store::Administration& store, const PluginControl& plugins,
               std::function<std::string()> metrics, ReadinessCheck more, StoreReport report)
    : store_(store),
      plugins_(plugins),
      metrics_(std::move(metrics)),
      more_(std::move(more)),
      report_(std::move(report)) {}

std::vector<http::Route> Health::routes() const {
    return {
        {"GET", "/healthz",
         [](const http::Request&, const http::PathParameters&) {
             JsonObject body = new_object();
             body->set("status", std::string("alive"));
             return json_response(200, body);
         }},
        {"GET", "/readyz", [this](const http::Request&, const http::PathParameters&) { return ready(); }},
        {"GET", "/metrics",
         [this](const http::Request&, const http::PathParameters&) {
             return http::Response{
                 200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}}, metrics_()};
         }},
    };
}

bool Health::store_works() const {
    try {
        store_.check();
        if (report_) report_({});
        return true;
    } catch (const std::exception& error) {
        // The error's own text may name files: the answer leaves it to the log.
        if (report_) report_(error.what());
        return false;
    }
}

std::vector<NotReady> Health::reasons() const {
    std::vector<NotReady> reasons;
    if (!store_works())
        reasons.push_back({"store", "The store can't write: the gateway's log says why and what to do"});
    for (const PluginInfo& info : plugins_.list()) {
        const bool wanted = info.enabled || info.required;
        if (wanted && info.state != ChannelState::ready)
            reasons.push_back({"channel " + info.channel, "No plugin serves the channel"});
    }
    if (more_)
        for (NotReady& reason : more_()) reasons.push_back(std::move(reason));
    return reasons;
}

http::Response Health::ready() const {
    const std::vector<NotReady> found = reasons();
    JsonArray list = new_array();
    for (const NotReady& each : found) {
        JsonObject item = new_object();
        item->set("component", each.component);
        item->set("reason", each.reason);
        list->add(item);
    }
    JsonObject body = new_object();
    body->set("status", std::string(found.empty() ? "ready" : "not ready"));
    body->set("reasons", list);
    return json_response(found.empty() ? 200 : 503, body);
}

}  // namespace jackgw::api
