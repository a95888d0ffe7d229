#include "gateway/plugin_admin.h"

#include <jackgw/ext/mapper.h>

#include <algorithm>

namespace jackgw::gateway {

namespace {

std::vector<std::string> capability_words(std::uint32_t capabilities) {
    std::vector<std::string> words;
    const auto add = [&](std::uint32_t bit, const char* word) {
        if ((capabilities & bit) != 0) words.emplace_back(word);
    };
    add(JACKGW_CAPABILITY_TEXT, "text");
    add(JACKGW_CAPABILITY_MEDIA, "media");
    add(JACKGW_CAPABILITY_DELIVERY_STATUS, "deliveryStatus");
    add(JACKGW_CAPABILITY_READ_STATUS, "readStatus");
    return words;
}

api::PluginInfo to_info(const plugins::ChannelReport& report, const telemetry::Redactor& redactor) {
    api::PluginInfo info;
    info.channel = report.settings.name;
    info.property = report.settings.property;
    info.plugin = report.settings.plugin;
    info.enabled = report.settings.enabled;
    info.required = report.settings.required;
    info.error = redactor.scrub(report.error);
    info.state = !report.settings.enabled ? api::ChannelState::disabled
                 : report.ready           ? api::ChannelState::ready
                                          : api::ChannelState::down;
    if (report.ready) {
        api::GenerationInfo live;
        live.number = report.generation;
        live.version = report.plugin_version;
        live.abi = std::to_string(JACKGW_ABI_MAJOR) + "." + std::to_string(report.min_host_minor);
        live.state = "live";
        live.file = report.file.string();
        live.in_flight = report.leases;
        info.live = std::move(live);
    }
    for (const auto& [number, leases] : report.retiring) {
        api::GenerationInfo retiring;
        retiring.number = number;
        retiring.state = "stuck";
        retiring.file = report.file.string();
        retiring.in_flight = leases;
        info.retiring.push_back(std::move(retiring));
    }
    info.capabilities = capability_words(report.capabilities);
    info.healthy = report.healthy;
    info.health_reason = redactor.scrub(report.health_reason);
    return info;
}

api::NoTest to_refusal(plugins::NoSelfTest reason) {
    switch (reason) {
        case plugins::NoSelfTest::not_supported:
            return api::NoTest::not_supported;
        case plugins::NoSelfTest::running:
            return api::NoTest::running;
        case plugins::NoSelfTest::not_ready:
            break;
    }
    return api::NoTest::not_ready;
}

}  // namespace

std::vector<api::PluginInfo> PluginAdmin::list() const {
    std::vector<api::PluginInfo> infos;
    for (const plugins::ChannelReport& report : manager_.report())
        infos.push_back(to_info(report, redactor_));
    std::ranges::sort(infos, {}, &api::PluginInfo::channel);
    return infos;
}

std::variant<api::GenerationInfo, std::string> PluginAdmin::reload(std::string_view channel) {
    const auto result = manager_.reload(std::string(channel));
    const auto* error = std::get_if<std::string>(&result);
    metrics_.channel(std::string(channel)).reload(error == nullptr);
    if (error != nullptr) return redactor_.scrub(*error);
    for (const api::PluginInfo& info : list())
        if (info.channel == channel && info.live) return *info.live;
    return "channel '" + std::string(channel) + "' was taken down right after the reload";
}

std::variant<api::TestReport, api::NoTest> PluginAdmin::test(std::string_view channel) {
    auto result = manager_.self_test(channel);
    if (auto* report = std::get_if<plugins::SelfTestReport>(&result)) {
        for (Check& check : report->checks) {
            check.name = redactor_.scrub(check.name);
            check.subject = redactor_.scrub(check.subject);
            check.message = redactor_.scrub(check.message);
        }
        return api::TestReport{std::move(report->checks), redactor_.scrub(report->error)};
    }
    return to_refusal(std::get<plugins::NoSelfTest>(result));
}

}  // namespace jackgw::gateway
