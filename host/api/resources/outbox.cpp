#include "api/resources/outbox.h"

#include <algorithm>
#include <utility>

#include "api/body.h"
#include "api/error.h"
#include "api/model_json.h"

namespace jackgw::api {

OutboxResource::OutboxResource(store::Administration& administration, const ChannelDirectory& channels,
                               HoldsLifted lifted)
    : administration_(administration), channels_(channels), lifted_(std::move(lifted)) {}

Routes OutboxResource::routes() {
    return {
        {"GET", "/outbox", Access::reader, [this](const Call& call) { return get(call); }},
        {"POST", "/outbox/pause", Access::admin, [this](const Call& call) { return set_paused(call, true); }},
        {"POST", "/outbox/resume", Access::admin,
         [this](const Call& call) { return set_paused(call, false); }},
        {"POST", "/outbox/lanes/{channel}/{sender}/release", Access::admin,
         [this](const Call& call) { return release(call); }},
    };
}

http::Response OutboxResource::get(const Call& call) {
    return data_response(to_json(administration_.outbox(call.caller.scope)));
}

http::Response OutboxResource::set_paused(const Call& call, bool paused) {
    store::Pause pause;
    if (!call.request.body.empty()) {
        const Body body(call.request, {"channel", "sender"});
        pause.channel = body.text("channel").value_or("");
        pause.sender = body.text("sender").value_or("");
        if (pause.channel.empty() && !pause.sender.empty())
            throw invalid("channel", "A sender is one of a channel's: name the channel, too");
    }
    if (pause.channel.empty()) {
        Gatekeeper::require_all(call.caller, "the brake of the whole outbox");
    } else {
        require_channel(call, pause.channel);
    }
    administration_.set_paused(pause, paused);
    return get(call);
}

http::Response OutboxResource::release(const Call& call) {
    expect_no_body(call.request);
    const store::Lane lane{call.path.at("channel"), call.path.at("sender")};
    require_channel(call, lane.channel);
    const store::OutboxReport report = administration_.outbox(call.caller.scope);
    const auto same = [&](const store::LaneReport& entry) { return entry.lane == lane; };
    if (std::ranges::none_of(report.lanes, same))
        throw not_found("Nothing waits for, and nothing holds, a sender of this name");
    const std::vector<store::Hold> lifted = administration_.release_lane(lane);
    if (lifted_) lifted_(lifted);
    return get(call);
}

void OutboxResource::require_channel(const Call& call, const std::string& channel) const {
    const std::string property = channels_.property(channel);
    if (property.empty() || !call.caller.scope.includes(property))
        throw not_found("There is no channel of this name in the configuration");
}

}  // namespace jackgw::api
