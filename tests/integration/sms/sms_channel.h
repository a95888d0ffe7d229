#pragma once

#include "../../fault/plugins/plugin_host.h"
#include "harness/running_simulator.h"
#include "http/server.h"

namespace jackgw::test {

/// The SMS plugin in a host of its own, whose webhooks a simulator process calls.
class SmsChannel {
  public:
    /// `simulator_options` go to twilio-sim, `service` is the messaging service beside the number; may be
    /// empty.
    explicit SmsChannel(const std::vector<std::string>& simulator_options = {"--status-delay-ms", "1"},
                        const std::string& service = {})
        : host({{"sms", "jackgw-sms", true, true}}),
          server_({}, host.clock,
                  [this](const http::Request& request) { return host.manager().webhooks().handle(request); }),
          url_(listen()),
          simulator(url_ + "/webhooks/twilio/sms", simulator_options) {
        host.install(plugin_file("jackgw-sms"), "jackgw-sms");
        host.options = {{"account_sid", account_sid},
                        {"auth_token", auth_token},
                        {"phone_number", our_number},
                        {"status_callback_url", url_ + "/webhooks/twilio/status"},
                        {"api_base_url", simulator.url()}};
        if (!service.empty()) host.options.emplace_back("messaging_service_sid", service);
        host.manager().start();
    }

    /// One attempt by the plugin's sender.
    Outcome send(const Outgoing& message) { return host.manager().sender("sms")->send(message); }

    PluginHost host;

  private:
    std::string listen() {
        server_.start();
        return "http://127.0.0.1:" + std::to_string(server_.port());
    }

    http::Server server_;
    std::string url_;

  public:
    const RunningSimulator simulator;  // last: it ends before what it calls
};

}  // namespace jackgw::test
