#pragma once

#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <string>
#include <vector>

#include "../../support/temp_folder.h"
#include "base/ids.h"
#include "conversations/inbox.h"
#include "http/client.h"
#include "plugins/loading/plugin_error.h"
#include "plugins/manager.h"
#include "storage/open_store.h"
#include "telemetry/log.h"

namespace jackgw::test {

/// A file of the build's; or its like from the build folder in JACKGW_TEST_PLUGIN_BUILD, as another compiler
/// made it.
inline std::filesystem::path built_file(const std::filesystem::path& folder, const std::string& name) {
    const char* other = std::getenv("JACKGW_TEST_PLUGIN_BUILD");
    return (other == nullptr ? folder : other / folder.filename()) / (name + ".so");
}

inline std::filesystem::path plugin_file(const std::string& name) {
    return built_file(PLUGINS, name);
}

inline std::filesystem::path fixture_file(const std::string& name) {
    return built_file(FIXTURES, name);
}

/// A plugin manager over a plugin folder of its own and a real store.
class PluginHost {
  public:
    explicit PluginHost(std::vector<plugins::ChannelSettings> channels,
                        std::chrono::milliseconds drain_deadline = std::chrono::seconds{10})
        : folder_path(folder.path() / "plugins") {
        std::filesystem::create_directory(folder_path);
        settings.directory = folder_path;
        settings.channels = std::move(channels);
        settings.drain_deadline = drain_deadline;
        settings.keep_mapped = KEEP_MAPPED;
        settings.program = GATEWAY;
        settings.resolve_options = [this](const std::string&, const std::vector<config::OptionSpec>&) {
            return options;
        };
        settings.on_published = [this](const std::string& channel) { published.push_back(channel); };
    }

    /// Puts a file of the build's into the plugin folder, as an operator does: under another name, then
    /// renamed.
    void install(const std::filesystem::path& source, const std::string& name) const {
        const auto fresh = folder_path / ("." + name + ".new");
        std::filesystem::copy_file(source, fresh, std::filesystem::copy_options::overwrite_existing);
        std::filesystem::permissions(fresh, std::filesystem::perms{0755});
        std::filesystem::rename(fresh, folder_path / (name + ".so"));
    }

    void install_fixture(const std::string& fixture, const std::string& name) const {
        install(fixture_file(fixture), name);
    }

    plugins::PluginManager& manager() {
        if (!manager_) manager_ = std::make_unique<plugins::PluginManager>(settings, services);
        return *manager_;
    }

    /// Starts everything and returns the channel's report.
    plugins::ChannelReport started(const std::string& channel) {
        manager().start();
        return report(channel);
    }

    plugins::ChannelReport report(const std::string& channel) {
        for (auto& candidate : manager().report())
            if (candidate.settings.name == channel) return candidate;
        throw std::logic_error("no channel " + channel);
    }

    http::Response get(const std::string& path, const std::string& query = {}) {
        http::Request request;
        request.method = "GET";
        request.path = path;
        request.query = query;
        request.target = query.empty() ? path : path + "?" + query;
        return manager().webhooks().handle(request);
    }

    const TempFolder folder;
    const std::filesystem::path folder_path;
    plugins::ManagerSettings settings;
    plugins::OptionValues options;
    std::vector<std::string> published;

    SystemClock clock;
    IdGenerator ids{clock};
    std::unique_ptr<store::Store> store = storage::open_store(folder.path() / "test.db", clock, ids);
    conversations::Inbox inbox{*store, *store, clock};
    http::Client client{{}, clock};
    std::ostringstream log_text;
    telemetry::Redactor redactor;
    telemetry::Log log{{}, redactor, clock, telemetry::stream_sink(log_text)};
    const plugins::HostServices services{inbox, *store, client, log, "https://hotel.example", "test"};

  private:
    std::unique_ptr<plugins::PluginManager> manager_;
};

}  // namespace jackgw::test
