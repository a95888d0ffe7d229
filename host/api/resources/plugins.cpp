#include "api/resources/plugins.h"

#include <algorithm>

#include "api/body.h"
#include "api/error.h"
#include "api/model_json.h"

namespace jackgw::api {

namespace {

std::string word(ChannelState state) {
    switch (state) {
        case ChannelState::ready:
            return "ready";
        case ChannelState::down:
            return "down";
        case ChannelState::disabled:
            break;
    }
    return "disabled";
}

JsonObject generation_json(const GenerationInfo& info) {
    JsonObject object = new_object();
    object->set("generation", info.number);
    object->set("version", text_or_null(info.version));
    object->set("abi", text_or_null(info.abi));
    object->set("state", info.state);
    object->set("file", text_or_null(info.file));
    object->set("inFlight", info.in_flight);
    return object;
}

JsonObject plugin_json(const PluginInfo& info) {
    using Poco::Dynamic::Var;
    JsonObject object = new_object();
    object->set("channel", info.channel);
    object->set("property", info.property);
    object->set("plugin", info.plugin);
    object->set("enabled", info.enabled);
    object->set("required", info.required);
    object->set("state", word(info.state));
    object->set("error", text_or_null(info.error));
    object->set("generation", info.live ? Var(info.live->number) : Var());
    object->set("version", info.live ? text_or_null(info.live->version) : Var());
    object->set("abi", info.live ? text_or_null(info.live->abi) : Var());
    object->set("file", info.live ? text_or_null(info.live->file) : Var());
    object->set("inFlight", info.live ? Var(info.live->in_flight) : Var());
    JsonArray capabilities = new_array();
    for (const std::string& capability : info.capabilities) capabilities->add(capability);
    object->set("capabilities", capabilities);
    object->set("healthy", info.healthy);
    object->set("healthReason", text_or_null(info.health_reason));
    JsonArray retiring = new_array();
    for (const GenerationInfo& generation : info.retiring) retiring->add(generation_json(generation));
    object->set("retiring", retiring);
    return object;
}

JsonObject test_json(const std::string& channel, const TestReport& report) {
    JsonArray checks = new_array();
    for (const Check& check : report.checks) {
        JsonObject item = new_object();
        item->set("name", check.name);
        item->set("subject", text_or_null(check.subject));
        item->set("status", std::string(to_string(check.status)));
        item->set("message", check.message);
        checks->add(item);
    }
    const bool failed =
        std::ranges::find(report.checks, CheckStatus::failed, &Check::status) != report.checks.end();
    JsonObject object = new_object();
    object->set("channel", channel);
    object->set("ok", !failed && report.error.empty());
    object->set("error", text_or_null(report.error));
    object->set("checks", checks);
    return object;
}

ApiError to_error(NoTest refusal, const std::string& channel) {
    switch (refusal) {
        case NoTest::not_supported:
            return {501, "TEST_NOT_SUPPORTED",
                    "The plugin of the channel \"" + channel + "\" has no self-test"};
        case NoTest::running:
            return conflict("TEST_RUNNING", "A self-test of the channel \"" + channel +
                                                "\" runs already; come again when it is done");
        case NoTest::not_ready:
            break;
    }
    return unavailable("CHANNEL_UNAVAILABLE",
                       "The plugin of the channel \"" + channel + "\" isn't ready; GET /plugins says why");
}

}  // namespace

PluginsResource::PluginsResource(PluginControl& plugins) : plugins_(plugins) {}

Routes PluginsResource::routes() {
    return {
        {"GET", "/plugins", Access::reader, [this](const Call& call) { return list(call); }},
        {"POST", "/plugins/{channel}/reload", Access::admin,
         [this](const Call& call) { return reload(call); }},
        {"POST", "/plugins/{channel}/test", Access::admin, [this](const Call& call) { return test(call); }},
    };
}

std::vector<PluginInfo> PluginsResource::channels(const Call& call) const {
    auto infos = plugins_.list();
    std::erase_if(infos, [&](const PluginInfo& info) { return !call.caller.scope.includes(info.property); });
    return infos;
}

http::Response PluginsResource::list(const Call& call) {
    JsonArray items = new_array();
    for (const PluginInfo& info : channels(call)) items->add(plugin_json(info));
    return list_response(items, std::nullopt);
}

PluginInfo PluginsResource::enabled_channel(const Call& call) {
    const std::string& channel = call.path.at("channel");
    const auto all = channels(call);
    const auto found = std::ranges::find(all, channel, &PluginInfo::channel);
    if (found == all.end()) throw not_found("There is no channel of this name in the configuration");
    if (found->state == ChannelState::disabled)
        throw conflict("CHANNEL_DISABLED",
                       "The channel \"" + channel + "\" is disabled in the configuration");
    return *found;
}

http::Response PluginsResource::reload(const Call& call) {
    expect_no_body(call.request);
    const auto result = plugins_.reload(enabled_channel(call).channel);
    if (const auto* error = std::get_if<std::string>(&result)) throw conflict("RELOAD_FAILED", *error);
    return data_response(generation_json(std::get<GenerationInfo>(result)));
}

http::Response PluginsResource::test(const Call& call) {
    expect_no_body(call.request);
    const std::string channel = enabled_channel(call).channel;
    const auto result = plugins_.test(channel);
    if (const auto* refusal = std::get_if<NoTest>(&result)) throw to_error(*refusal, channel);
    return data_response(test_json(channel, std::get<TestReport>(result)));
}

}  // namespace jackgw::api
