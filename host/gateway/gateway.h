#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "api/api.h"
#include "api/health.h"
#include "base/ids.h"
#include "base/time.h"
#include "config/config.h"
#include "config/environment.h"
#include "conversations/inbox.h"
#include "conversations/submission.h"
#include "gateway/plugin_admin.h"
#include "http/client.h"
#include "http/server.h"
#include "outbox/delivery_checker.h"
#include "outbox/dispatcher.h"
#include "outbox/reconciler.h"
#include "plugins/manager.h"
#include "store/observers.h"
#include "store/store.h"
#include "telemetry/log.h"
#include "telemetry/metrics.h"

namespace jackgw::gateway {

/// The running gateway: makes all parts, joins them and takes them down in the right order. Construction,
/// start and stop are one thread's.
class Gateway {
  public:
    struct Outside {
        config::Environment environment;
        const Clock& clock;
        telemetry::Redactor& redactor;
        telemetry::Log& log;
        telemetry::Metrics& metrics;
        std::filesystem::path program;  ///< this program's own file, run to try plugins
        std::string version;
    };

    /// Opens the store. Throws store::StoreError.
    Gateway(const config::Config& config, Outside outside);
    ~Gateway();
    Gateway(const Gateway&) = delete;
    Gateway& operator=(const Gateway&) = delete;

    /// Records whose the channels are, listens, loads the plugins, begins to send. Until the plugins are live
    /// their paths are answered 503, so that a provider comes again. Throws plugins::OptionError for wrong
    /// plugin options, store::StoreError if a channel would leave its property, Error for what else prevents
    /// it.
    void start();

    /// Where the gateway listens, after start.
    std::string url() const;

    /// Takes no new requests, lets those in flight and attempts to send finish, stops the plugins. False:
    /// something did not finish within the grace; then the process must end without destroying this object,
    /// which is still in use.
    bool stop();

  private:
    void place_channels();
    http::Response answer(const http::Request& request);
    http::ServerOptions server_options() const;
    http::ServerHooks server_hooks();
    conversations::Inbox::Observer inbox_observer();
    void note_refused_webhook(const http::Request& request, int status);
    outbox::Hooks outbox_hooks();
    outbox::DeliveryCheckerHooks checker_hooks();
    outbox::ReconcilerHooks reconciler_hooks();
    void note_hold(const store::Hold& hold, bool lifted);
    void note_lifted(const std::vector<store::Hold>& holds);
    store::StoreObservers store_observers();
    plugins::ManagerSettings manager_settings();
    plugins::OptionValues resolve_options(const std::string& channel,
                                          const std::vector<config::OptionSpec>& specs);
    std::vector<api::NotReady> further_reasons() const;
    void report_store(std::string_view problem);
    std::string metrics_text();

    const config::Config config_;
    Outside outside_;
    IdGenerator ids_;
    std::unique_ptr<store::Store> store_;
    http::Client client_;
    conversations::Inbox inbox_;
    plugins::HostServices services_;
    plugins::PluginManager manager_;
    PluginAdmin plugin_admin_;
    conversations::Submission submission_;
    outbox::Dispatcher dispatcher_;
    outbox::DeliveryChecker delivery_checker_;
    outbox::Reconciler reconciler_;
    api::Api api_;
    api::Health health_;
    http::RouteTable open_routes_;
    http::Server server_;
    std::atomic<bool> stopping_{false};
    std::mutex store_mutex_;
    bool store_failing_ = false;  // at the last look
};

}  // namespace jackgw::gateway
