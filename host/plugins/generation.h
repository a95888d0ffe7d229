#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "plugins/contract/host_handle.h"
#include "plugins/loading/library.h"
#include "plugins/services.h"

namespace jackgw::plugins {

/// Option keys and values as handed to a plugin, in the order of its table.
using OptionValues = std::vector<std::pair<std::string, std::string>>;

/// One loaded copy of a plugin with its one instance: what a reload replaces as a whole.
///
/// Thread rules: construction, start, drain and finish are the control thread's. Calls into the plugin are
/// made by whoever holds a lease; the instance is stopped and unloaded only after the last lease has come
/// back.
class Generation {
  public:
    struct Settings {
        std::uint64_t number = 1;
        std::string channel;
        OptionValues options;
        std::function<bool(std::string_view path)> taken_elsewhere;
    };

    /// Creates the instance. Throws PluginError; then nothing of it is left.
    Generation(std::unique_ptr<Library> library, Settings settings, const HostServices& services);
    ~Generation();
    Generation(const Generation&) = delete;
    Generation& operator=(const Generation&) = delete;

    /// Throws PluginError when the plugin can't start; then the object can only be destroyed.
    void start();

    /// After this generation has been replaced: asks the plugin to come to rest and waits for the leases.
    /// False: some are still out at the deadline.
    bool drain(std::chrono::milliseconds deadline);

    /// Stops, destroys and unmaps the plugin. Only without leases. Returns why the copy may still be mapped,
    /// or nothing.
    std::string finish();

    /// Calls `idle` once, as soon as no lease is out, on the thread that returns the last one, or at once on
    /// this one.
    void when_idle(std::function<void()> idle);

    std::uint64_t number() const { return number_; }
    const std::string& plugin_id() const { return plugin_id_; }
    const std::string& plugin_version() const { return plugin_version_; }
    std::uint32_t min_host_minor() const { return min_host_minor_; }
    const Registrations& registrations() const { return host_.registrations; }
    jackgw_plugin* instance() const { return instance_; }
    const void* plugin_extension(std::string_view id) const;
    int leases() const;

  private:
    friend class Lease;

    void take_lease();
    void return_lease() noexcept;

    std::unique_ptr<Library> library_;
    const jackgw_plugin_entry_v1* entry_;
    std::uint64_t number_;
    std::string plugin_id_;
    std::string plugin_version_;
    std::uint32_t min_host_minor_;
    OptionValues options_;
    std::vector<jackgw_pair> option_views_;
    jackgw_host host_;
    jackgw_plugin* instance_ = nullptr;
    bool started_ = false;

    mutable std::mutex mutex_;
    std::condition_variable idle_;
    int leases_ = 0;
    std::function<void()> when_idle_;
};

/// The right to call into a generation: while it exists the plugin is neither stopped nor unloaded. Hold it
/// for one call.
class Lease {
  public:
    explicit Lease(std::shared_ptr<Generation> generation);
    ~Lease();
    Lease(Lease&& other) noexcept = default;
    Lease& operator=(Lease&&) = delete;

    const Generation& operator*() const { return *generation_; }
    const Generation* operator->() const { return generation_.get(); }

  private:
    std::shared_ptr<Generation> generation_;
};

}  // namespace jackgw::plugins
