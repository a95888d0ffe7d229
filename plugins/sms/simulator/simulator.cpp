#include "simulator.h"

#include <optional>

#include "control_api.h"
#include "http_server.h"
#include "inventory.h"
#include "inventory_control.h"
#include "journal.h"
#include "media.h"
#include "phone.h"
#include "rest_api.h"
#include "status_callbacks.h"

namespace jackgw::sms::simulator {

namespace {

Senders senders_of(const SimulatorOptions& options) {
    return {{options.numbers.begin(), options.numbers.end()},
            {options.messaging_services.begin(), options.messaging_services.end()}};
}

RestApi::Options rest_options(const SimulatorOptions& options) {
    RestApi::Options rest{
        options.account_sid, {{options.account_sid, options.auth_token}}, senders_of(options), {}};
    rest.credentials.insert(rest.credentials.end(), options.api_keys.begin(), options.api_keys.end());
    if (!options.numbers.empty()) rest.default_sender = options.numbers.front();
    return rest;
}

/// An account whose numbers and services all lead to the gateway.
Setup setup_of(const SimulatorOptions& options) {
    Setup setup;
    for (const std::string& number : options.numbers) setup.numbers[number] = {.sms_url = options.sms_url};
    for (const std::string& service : options.messaging_services)
        setup.services[service] = {.inbound_request_url = options.sms_url,
                                   .numbers = {options.numbers.begin(), options.numbers.end()}};
    return setup;
}

}  // namespace

// Members in the order of their needs: what comes later uses what comes earlier and ends before it.
struct Simulator::Parts {
    explicit Parts(const SimulatorOptions& options)
        : journal(options.state_file.empty() ? nullptr : std::make_unique<Journal>(options.state_file)),
          account(clock, journal.get()),
          faults(clock),
          media(Shapes(options.account_sid).base(), faults),
          client(options.auth_token, options.connect_to),
          callbacks(account, client, traffic, clock, options.account_sid, options.callbacks, options.seed),
          phone({options.account_sid, options.sms_url, senders_of(options), options.advanced_opt_out},
                account, client, media, traffic),
          inventory(setup_of(options)),
          rest(rest_options(options), clock, account, callbacks, faults, media, traffic, inventory),
          inventory_control(inventory),
          control(options.numbers.empty() ? "" : options.numbers.front(), Shapes(options.account_sid),
                  account, phone, callbacks, faults, traffic, clock) {
        account.set_list_delay(options.list_delay);
        for (const Fault& fault : options.faults) faults.add(fault);
        for (const auto& [recipient, outcome] : options.outcomes) callbacks.set_outcome(recipient, outcome);
        if (journal) resume(rest_options(options).default_sender);
        server.emplace(options.port, [this](const HttpRequest& request) {
            if (auto answer = inventory_control.handle(request)) return std::move(*answer);
            if (request.path.starts_with("/sim/")) return handle_control(request);
            return MediaBox::is_cdn(request.path) ? media.cdn(request) : rest.handle(request);
        });
        media.set_base_url("http://127.0.0.1:" + std::to_string(server->port()));
    }

    ~Parts() {
        client.stop();
        faults.close();
        server.reset();
        callbacks.stop();
    }

    HttpResponse handle_control(const HttpRequest& request) {
        HttpResponse answer = control.handle(request);
        if (const auto absence = ControlApi::absence_of(request))
            answer.afterwards = [this, absence] { server->go_away(*absence, [this] { faults.release(); }); };
        return answer;
    }

    /// Messages that were on their way when the last run ended go on from there.
    void resume(const std::string& sender) {
        journal->restore(account);
        for (const Message& message : account.with("")) {
            if (message.direction != Direction::outbound_api || is_final(message.status) ||
                is_magic(message.from)) {
                continue;
            }
            callbacks.begin(message, message.from.empty() ? sender : message.from, message.status);
        }
    }

    SystemClock clock;
    std::unique_ptr<Journal> journal;
    Account account;
    FaultBox faults;
    MediaBox media;
    WebhookClient client;
    Traffic traffic;
    StatusCallbacks callbacks;
    Phone phone;
    Inventory inventory;
    RestApi rest;
    InventoryControl inventory_control;
    ControlApi control;
    std::optional<HttpServer> server;
};

Simulator::Simulator(SimulatorOptions options) : parts_(std::make_unique<Parts>(options)) {}

Simulator::~Simulator() = default;

std::uint16_t Simulator::port() const {
    return parts_->server->port();
}

}  // namespace jackgw::sms::simulator
