#include "plugins/manager.h"

#include <jackgw/ext/health.h>

#include <algorithm>

#include "plugins/contract/call.h"
#include "plugins/contract/plugin_mapper.h"
#include "plugins/contract/plugin_media.h"
#include "plugins/contract/plugin_sender.h"
#include "plugins/loading/option_table.h"
#include "plugins/loading/plugin_error.h"

namespace jackgw::plugins {

namespace {

/// Within what somebody waits who has asked for it, and clients of the API do.
constexpr std::chrono::seconds self_test_deadline{30};

}  // namespace

PluginManager::PluginManager(ManagerSettings settings, const HostServices& services)
    : settings_(std::move(settings)), services_(services), prober_(settings_.program), webhooks_(services_) {
    for (const ChannelSettings& channel : settings_.channels) {
        auto slot = std::make_unique<Slot>();
        slot->settings = channel;
        slot->channel = std::make_shared<Channel>(channel.name);
        slots_.push_back(std::move(slot));
    }
}

PluginManager::~PluginManager() {
    stop();
}

void PluginManager::start() {
    control_.run([this] {
        for (const auto& slot : slots_) {
            if (!slot->settings.enabled) continue;
            try {
                replace(*slot, load(*slot));
            } catch (const OptionError&) {
                throw;
            } catch (const PluginError& error) {
                note_error(*slot, error.what());
                if (slot->settings.required)
                    throw PluginError("channel " + slot->settings.name +
                                      " is required but can't be used: " + error.what());
                services_.log.write(telemetry::Level::error, "channel disabled: " + std::string(error.what()),
                                    {{"channel", slot->settings.name}});
            }
        }
        update_readiness();
    });
}

std::variant<Reloaded, std::string> PluginManager::reload(const std::string& channel) {
    return control_.run([&]() -> std::variant<Reloaded, std::string> {
        Slot* slot = find(channel);
        if (slot == nullptr) return "no channel '" + channel + "' is configured";
        if (!slot->settings.enabled) return "channel '" + channel + "' is not enabled in the configuration";
        try {
            Reloaded result = replace(*slot, load(*slot));
            note_error(*slot, {});
            update_readiness();
            return result;
        } catch (const PluginError& error) {
            note_error(*slot, error.what());
            services_.log.write(telemetry::Level::error, "reload failed: " + std::string(error.what()),
                                {{"channel", channel}});
            return error.what();
        }
    });
}

std::variant<SelfTestReport, NoSelfTest> PluginManager::self_test(std::string_view channel) {
    Slot* slot = find(channel);
    if (slot == nullptr) return NoSelfTest::not_ready;
    const auto lease = slot->channel->lease();
    if (!lease) return NoSelfTest::not_ready;
    const std::unique_lock only_one(slot->testing, std::try_to_lock);
    if (!only_one.owns_lock()) return NoSelfTest::running;
    auto report = run_self_test(**lease, self_test_deadline);
    if (!report) return NoSelfTest::not_supported;
    return std::move(*report);
}

bool PluginManager::stop() {
    return control_.run([this] {
        webhooks_.set_all_ready(false);
        bool all_gone = true;
        for (const auto& slot : slots_) {
            std::string remark;
            if (auto former = slot->channel->publish(nullptr))
                all_gone = retire(*slot, std::move(former), remark) && all_gone;
            all_gone = all_gone && slot->retiring.empty();
        }
        return all_gone;
    });
}

std::shared_ptr<Generation> PluginManager::load(Slot& slot) {
    const std::filesystem::path file = file_of(slot);
    StagedFile staged = staging_.stage(file);
    prober_.probe(staged, file);
    auto library = std::make_unique<Library>(std::move(staged), file, settings_.keep_mapped);
    Generation::Settings settings;
    settings.number = slot.last_number + 1;
    settings.channel = slot.settings.name;
    settings.options =
        settings_.resolve_options(slot.settings.name, read_option_table(library->entry().options));
    settings.taken_elsewhere = [this, name = slot.settings.name](std::string_view path) {
        return webhooks_.taken_elsewhere(path, name);
    };
    auto generation = std::make_shared<Generation>(std::move(library), std::move(settings), services_);
    generation->start();
    return generation;
}

Reloaded PluginManager::replace(Slot& slot, std::shared_ptr<Generation> next) {
    Reloaded result{next->number(), next->plugin_version(), true, {}};
    {
        const std::lock_guard lock(mutex_);
        slot.last_number = next->number();
    }
    const Registrations& registrations = next->registrations();
    auto former = slot.channel->publish(next);
    webhooks_.publish(slot.channel, registrations);
    services_.log.write(telemetry::Level::info, "plugin is live",
                        {{"channel", slot.settings.name},
                         {"plugin", next->plugin_id()},
                         {"version", next->plugin_version()},
                         {"generation", std::to_string(next->number())}});
    if (settings_.on_published) settings_.on_published(slot.settings.name);
    if (former)
        result.former_unloaded = retire(slot, std::move(former), result.remark) && result.remark.empty();
    return result;
}

bool PluginManager::retire(Slot& slot, std::shared_ptr<Generation> former, std::string& remark) {
    if (former->drain(settings_.drain_deadline)) {
        finish(slot, former, remark);
        return true;
    }
    remark = "generation " + std::to_string(former->number()) +
             " is stuck: " + std::to_string(former->leases()) +
             " calls did not come back in time; it stays in memory until they do";
    services_.log.write(telemetry::Level::error, remark, {{"channel", slot.settings.name}});
    {
        const std::lock_guard lock(mutex_);
        slot.retiring.push_back(former);
    }
    // The last call that comes back brings the end that was put off. The slot owns the generation until then.
    former->when_idle([this, &slot, waiting = std::weak_ptr<Generation>(former)] {
        control_.post([this, &slot, waiting] {
            if (const auto idle = waiting.lock()) {
                std::string late_remark;
                finish(slot, idle, late_remark);
            }
        });
    });
    return false;
}

void PluginManager::finish(Slot& slot, const std::shared_ptr<Generation>& former, std::string& remark) {
    remark = former->finish();
    const std::lock_guard lock(mutex_);
    std::erase(slot.retiring, former);
    ++(remark.empty() ? slot.unloaded : slot.still_mapped);
}

void PluginManager::update_readiness() {
    webhooks_.set_all_ready(std::ranges::all_of(slots_, [](const auto& slot) {
        return !slot->settings.enabled || slot->channel->live() != nullptr;
    }));
}

void PluginManager::note_error(Slot& slot, std::string error) {
    const std::lock_guard lock(mutex_);
    slot.error = std::move(error);
}

PluginManager::Slot* PluginManager::find(std::string_view channel) const {
    const auto found =
        std::ranges::find(slots_, channel, [](const auto& slot) { return slot->settings.name; });
    return found == slots_.end() ? nullptr : found->get();
}

std::filesystem::path PluginManager::file_of(const Slot& slot) const {
    return settings_.directory / (slot.settings.plugin + ".so");
}

bool PluginManager::known(std::string_view channel) const {
    const Slot* slot = find(channel);
    return slot != nullptr && slot->settings.enabled;
}

std::string PluginManager::property(std::string_view channel) const {
    const Slot* slot = find(channel);
    return slot != nullptr ? slot->settings.property : std::string{};
}

std::shared_ptr<Sender> PluginManager::sender(std::string_view channel) const {
    const Slot* slot = find(channel);
    if (slot == nullptr) return nullptr;
    auto lease = slot->channel->lease();
    if (!lease || (*lease)->registrations().sender == nullptr) return nullptr;
    return std::make_shared<PluginSender>(std::move(*lease));
}

std::shared_ptr<const Mapper> PluginManager::mapper(std::string_view channel) const {
    const Slot* slot = find(channel);
    if (slot == nullptr) return nullptr;
    auto lease = slot->channel->lease();
    if (!lease || (*lease)->registrations().mapper == nullptr) return nullptr;
    return std::make_shared<PluginMapper>(std::move(*lease));
}

std::shared_ptr<MediaAccess> PluginManager::media(std::string_view channel) const {
    const Slot* slot = find(channel);
    if (slot == nullptr) return nullptr;
    auto lease = slot->channel->lease();
    if (!lease) return nullptr;
    return std::make_shared<PluginMedia>(std::move(*lease));
}

std::vector<ChannelReport> PluginManager::report() const {
    std::vector<ChannelReport> reports;
    for (const auto& slot : slots_) {
        ChannelReport report;
        report.settings = slot->settings;
        report.file = file_of(*slot);
        {
            const std::lock_guard lock(mutex_);
            report.error = slot->error;
            for (const auto& generation : slot->retiring)
                report.retiring.emplace_back(generation->number(), generation->leases());
            report.unloaded = slot->unloaded;
            report.still_mapped = slot->still_mapped;
        }
        if (const auto lease = slot->channel->lease()) {
            const Generation& generation = **lease;
            report.ready = true;
            report.plugin_id = generation.plugin_id();
            report.plugin_version = generation.plugin_version();
            report.min_host_minor = generation.min_host_minor();
            report.generation = generation.number();
            report.leases = generation.leases() - 1;  // less the one that is held here
            report.can_send = generation.registrations().sender != nullptr;
            if (generation.registrations().mapper != nullptr)
                report.capabilities = generation.registrations().mapper->capabilities;
            report.healthy = true;
            if (const auto* health =
                    static_cast<const jackgw_health*>(generation.plugin_extension(JACKGW_EXT_HEALTH))) {
                const CallResult result = call_plugin(health->check, generation.instance());
                report.healthy = result.ok();
                report.health_reason = result.error;
            }
        }
        reports.push_back(std::move(report));
    }
    return reports;
}

}  // namespace jackgw::plugins
