#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "../../support/eventually.h"
#include "../../support/process.h"
#include "../../support/temp_folder.h"
#include "http_user.h"
#include "simulated_provider.h"

namespace jackgw::test {

inline constexpr const char* api_token = "front-desk-token-for-tests";
inline constexpr const char* reader_token = "reader-token-for-tests";
inline constexpr const char* empty_twiml = R"(<?xml version="1.0" encoding="UTF-8"?><Response></Response>)";

using Parameters = std::vector<std::pair<std::string, std::string>>;

/// What differs from one test's gateway to another's. Texts are lines of TOML.
struct StackOptions {
    bool simulator = true;
    std::vector<std::string> simulator_arguments;
    std::string port = "0";          ///< where the gateway listens; 0: the system chooses
    std::string server;              ///< further lines of [server]
    std::string public_url;          ///< what the provider signs; empty: where the gateway listens
    std::string token = auth_token;  ///< what the gateway is told to be the provider's token
    std::string api_base_url;        ///< empty: the simulator's, or where nobody listens
    std::string channel;             ///< further lines of [channels.sms]
    std::string channel_options;     ///< further lines of [channels.sms.options]
    bool own_plugins = false;        ///< a plugin directory of the stack's own, with copies
    std::string plugin_file = PLUGINS "/jackgw-sms.so";  ///< what is copied there as jackgw-sms.so
    std::vector<std::string> further_plugins;            ///< files that are copied there, too
    bool required = true;
    std::string channel_outbox = "segments_per_second = 1000.0\nburst = 1000\nretry_delays_s = [1, 1, 1]\n";
    std::string outbox;  ///< lines of [outbox]
    std::string log = "format = \"json\"\nlevel = \"info\"\n";
    std::string more;                              ///< further tables
    std::map<std::string, std::string> variables;  ///< of the gateway's environment, besides the usual
};

/// The real gateway with the real SMS plugin, as a process on a configuration and a store of its own, and
/// the simulated provider. Both listen on ports that the system chose; the gateway keeps its own over
/// restarts. Requests may come from several threads, all else from one.
class Stack {
  public:
    explicit Stack(StackOptions options = {});

    /// Starts the gateway with the options as they are now.
    void start_gateway();
    /// The two halves of it: a gateway may be killed before it listens.
    void launch_gateway();
    void await_gateway();
    /// kill -9
    void kill_gateway();
    /// SIGTERM; the exit code.
    int stop_gateway();
    /// Writes the config file anew; a running gateway reads it at a reload.
    void write_config();

    StackOptions& options() { return options_; }
    Process& gateway() { return *gateway_; }
    SimulatedProvider& provider() { return *provider_; }
    HttpUser& http() { return http_; }
    std::string port() const { return gateway_port_; }
    std::string url() const { return "http://127.0.0.1:" + gateway_port_; }
    std::string public_url() const { return options_.public_url.empty() ? url() : options_.public_url; }
    std::filesystem::path config_file() const { return folder_.path() / "jack.toml"; }
    std::filesystem::path store_file() const { return folder_.path() / "jack.db"; }
    /// The plugin directory that the gateway uses.
    std::filesystem::path plugins() const;
    std::map<std::string, std::string> environment() const;
    /// All that gateways of this stack have written to their log, earlier runs first.
    std::string log() const { return earlier_log_ + (gateway_ ? gateway_->output() : std::string{}); }

    /// A request of the REST API with the admin's token.
    Answer api(const std::string& method, const std::string& path);
    Answer api(const std::string& method, const std::string& path, const Json& body,
               const std::string& idempotency_key = {});
    /// All items of a list, page by page.
    std::vector<Json> list(const std::string& path);
    /// All messages of all conversations.
    std::vector<Json> all_messages();

    /// Queues a message to a guest; gives the message as it was answered. Throws if it wasn't taken.
    Json send(const std::string& to, const std::string& content);
    Json message(const std::string& id) { return api("GET", "/messages/" + id).data(); }
    /// Polls a message until it has that deliveryStatus; returns it as it then is, or as it is after a
    /// minute.
    Json await_delivery(const std::string& id, const std::string& state);

    /// A webhook signed as the provider does, with that token or the configured one.
    Answer webhook(const std::string& path, const Parameters& parameters, const std::string& token = {});
    /// A guest's text in a signed webhook.
    Answer text(const std::string& sid, const std::string& from, const std::string& body,
                const std::string& token = {});

    /// Runs a command of the gateway's program in the gateway's environment.
    Finished command(std::vector<std::string> arguments) const;

  private:
    void end_gateway();

    StackOptions options_;
    const TempFolder folder_;
    HttpUser http_;
    std::string gateway_port_;
    std::unique_ptr<SimulatedProvider> provider_;
    std::unique_ptr<Process> gateway_;
    std::string earlier_log_;
};

/// The parameters of a guest's text as the provider sends them.
Parameters text_parameters(const std::string& sid, const std::string& from, const std::string& body);
/// The headers and the body of a form signed for a URL.
std::vector<http::Header> signed_headers(const std::string& token, const std::string& url,
                                         const Parameters& parameters);
std::string form_body(const Parameters& parameters);
/// A provider's message id that differs for each number.
std::string make_sid(std::uint64_t number);

}  // namespace jackgw::test
