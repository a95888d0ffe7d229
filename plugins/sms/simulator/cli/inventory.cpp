#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "../json.h"
#include "commands.h"
#include "control_client.h"
#include "url_option.h"

namespace jackgw::sms::simulator {

namespace {

/// What a command asks for: its JSON grows with the options that are given.
struct Wish {
    std::string url;
    Poco::JSON::Object body = json_object();
};

void add_text(CLI::App& app, const std::shared_ptr<Wish>& wish, const std::string& name,
              const std::string& member, const std::string& help) {
    app.add_option_function<std::string>(
        name, [wish, member](const std::string& text) { wish->body.set(member, text); }, help);
}

void add_flag(CLI::App& app, const std::shared_ptr<Wish>& wish, const std::string& name,
              const std::string& member, const std::string& help) {
    app.add_option_function<bool>(
           name, [wish, member](bool value) { wish->body.set(member, value); }, help)
        ->type_name("BOOL");
}

void add_texts(CLI::App& app, const std::shared_ptr<Wish>& wish, const std::string& name,
               const std::string& member, const std::string& help) {
    app.add_option_function<std::vector<std::string>>(
        name,
        [wish, member](const std::vector<std::string>& texts) { wish->body.set(member, json_array(texts)); },
        help);
}

void add_remove(CLI::App& app, const std::shared_ptr<Wish>& wish) {
    app.add_flag_callback(
        "--remove", [wish] { wish->body.set("remove", true); }, "The account has it no more");
}

std::shared_ptr<Wish> add_command(CLI::App& app, Action& action, const std::string& name,
                                  const std::string& help, const std::string& target) {
    auto wish = std::make_shared<Wish>();
    CLI::App* command = app.add_subcommand(name, help);
    add_url_option(*command, wish->url);
    command->callback([wish, target, &action] {
        action = [wish, target] {
            ControlClient(wish->url).post(target, wish->body);
            return 0;
        };
    });
    return wish;
}

}  // namespace

void add_inventory_commands(CLI::App& app, Action& action) {
    const auto account =
        add_command(app, action, "account", "What the REST API says of the account", "/sim/account");
    CLI::App& account_app = *app.get_subcommand("account");
    add_text(account_app, account, "--status", "status", "active, suspended or closed");
    add_text(account_app, account, "--type", "type", "Full or Trial");

    const auto number = add_command(app, action, "number",
                                    "How a number or short code of the account is set up", "/sim/numbers");
    CLI::App& number_app = *app.get_subcommand("number");
    number_app
        .add_option_function<std::string>(
            "number", [number](const std::string& text) { number->body.set("number", text); },
            "Such as +15551234567 or 12345")
        ->required();
    add_text(number_app, number, "--sms-url", "smsUrl", "The webhook that the REST API shows for it");
    add_text(number_app, number, "--sms-method", "smsMethod", "GET or POST");
    add_text(number_app, number, "--application", "smsApplicationSid",
             "An application that overrides it, AP…");
    add_flag(number_app, number, "--sms", "sms", "Whether it can send SMS");
    add_flag(number_app, number, "--mms", "mms", "Whether it can send MMS");
    add_remove(number_app, number);

    const auto service =
        add_command(app, action, "service", "How a messaging service is set up", "/sim/services");
    CLI::App& service_app = *app.get_subcommand("service");
    service_app
        .add_option_function<std::string>(
            "sid", [service](const std::string& text) { service->body.set("sid", text); }, "MG…")
        ->required();
    add_text(service_app, service, "--inbound-url", "inboundRequestUrl", "Its webhook; empty: none");
    add_text(service_app, service, "--inbound-method", "inboundMethod", "GET or POST");
    add_flag(service_app, service, "--use-number-webhook", "useInboundWebhookOnNumber",
             "Whether its numbers' own webhooks count instead");
    add_texts(service_app, service, "--number", "numbers", "Its numbers, all of them");
    add_texts(service_app, service, "--name", "names", "Its alphanumeric senders, all of them");
    add_remove(service_app, service);
}

}  // namespace jackgw::sms::simulator
