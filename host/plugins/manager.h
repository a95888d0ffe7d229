#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "config/options.h"
#include "model/channel.h"
#include "plugins/channel.h"
#include "plugins/control_thread.h"
#include "plugins/loading/probe.h"
#include "plugins/self_test.h"
#include "plugins/services.h"
#include "plugins/webhooks.h"

namespace jackgw::plugins {

struct ChannelSettings {
    std::string name;
    std::string plugin;  ///< file name without ".so" in the plugin directory
    bool enabled = true;
    bool required = false;
    std::string property{};  ///< whose it is
};

struct ManagerSettings {
    std::filesystem::path directory;
    std::vector<ChannelSettings> channels;
    std::chrono::milliseconds drain_deadline{};
    bool keep_mapped = false;
    std::filesystem::path program;  ///< the gateway's own executable, run as the probe
    /// Values for a channel's options, validated. Throws OptionError with all faults. Called at each load, so
    /// that a changed config file takes effect with a reload.
    std::function<OptionValues(const std::string& channel, const std::vector<config::OptionSpec>& specs)>
        resolve_options;
    /// Told on the control thread when a generation goes live: held lanes may go on.
    std::function<void(const std::string& channel)> on_published;
};

/// How a channel stands, for people and programs that ask.
struct ChannelReport {
    ChannelSettings settings;
    std::filesystem::path file;
    bool ready = false;
    std::string error;  ///< why it isn't ready, or why the last reload failed
    std::string plugin_id;
    std::string plugin_version;
    std::uint32_t min_host_minor = 0;
    std::uint64_t generation = 0;
    int leases = 0;
    bool can_send = false;
    std::uint32_t capabilities = 0;  ///< JACKGW_CAPABILITY_…
    bool healthy = false;
    std::string health_reason;
    std::vector<std::pair<std::uint64_t, int>>
        retiring;                    ///< former generations that are stuck, with their leases
    std::uint64_t unloaded = 0;      ///< former generations that are gone from memory
    std::uint64_t still_mapped = 0;  ///< … that were closed but not unmapped
};

/// What a reload led to.
struct Reloaded {
    std::uint64_t generation = 0;
    std::string plugin_version;
    bool former_unloaded = false;  ///< the former generation is gone from memory, or there was none
    std::string remark;            ///< why it isn't
};

/// Why a channel's self-test was not run.
enum class NoSelfTest {
    not_ready,      ///< no generation of its plugin is live
    not_supported,  ///< the plugin has none
    running         ///< another one runs
};

/// Loads plugins, replaces them while they serve, and takes them down. All life-cycle calls run on one
/// control thread; the public functions may be called from any other thread.
class PluginManager final : public ChannelDirectory {
  public:
    /// The services must outlive the manager.
    PluginManager(ManagerSettings settings, const HostServices& services);
    ~PluginManager() override;

    /// Loads every enabled channel. One that can't be loaded is logged and stays off; throws PluginError if
    /// it is required.
    void start();

    /// Loads the channel's plugin file anew and replaces the live generation; requests in flight finish on
    /// the former one. A text: why nothing has changed. Returns when the former generation is unloaded, or at
    /// the drain deadline.
    std::variant<Reloaded, std::string> reload(const std::string& channel);

    /// Runs the self-test of a configured channel's live generation, one at a time; blocks for as long as
    /// half a minute.
    std::variant<SelfTestReport, NoSelfTest> self_test(std::string_view channel);

    /// Takes all plugins down. Afterwards webhooks are answered 503. False: some calls did not come back in
    /// time; their plugins stay in memory.
    bool stop();

    const Webhooks& webhooks() const { return webhooks_; }
    std::vector<ChannelReport> report() const;

    bool known(std::string_view channel) const override;
    std::string property(std::string_view channel) const override;
    std::shared_ptr<Sender> sender(std::string_view channel) const override;
    std::shared_ptr<const Mapper> mapper(std::string_view channel) const override;
    std::shared_ptr<MediaAccess> media(std::string_view channel) const override;

  private:
    /// A channel with what the control thread knows of it. `channel` and `settings` never change.
    struct Slot {
        ChannelSettings settings;
        std::shared_ptr<Channel> channel;
        std::uint64_t last_number = 0;
        std::string error;
        std::vector<std::shared_ptr<Generation>> retiring;
        std::uint64_t unloaded = 0;
        std::uint64_t still_mapped = 0;
        std::mutex testing;  ///< held while the self-test runs
    };

    Slot* find(std::string_view channel) const;
    std::filesystem::path file_of(const Slot& slot) const;
    std::shared_ptr<Generation> load(Slot& slot);
    Reloaded replace(Slot& slot, std::shared_ptr<Generation> next);
    /// False: some calls are still out, the generation ends when they come back. `remark`: why it may still
    /// be in memory.
    bool retire(Slot& slot, std::shared_ptr<Generation> former, std::string& remark);
    void finish(Slot& slot, const std::shared_ptr<Generation>& former, std::string& remark);
    void update_readiness();
    void note_error(Slot& slot, std::string error);

    ManagerSettings settings_;
    const HostServices& services_;
    StagingArea staging_;
    Prober prober_;
    Webhooks webhooks_;
    mutable std::mutex mutex_;  // guards the slots' changing members
    std::vector<std::unique_ptr<Slot>> slots_;
    ControlThread control_;  // last: its tasks use all of the above
};

}  // namespace jackgw::plugins
