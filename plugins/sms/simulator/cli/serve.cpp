#include <pthread.h>

#include <CLI/CLI.hpp>
#include <csignal>
#include <iostream>
#include <memory>
#include <random>

#include "../sids.h"
#include "../simulator.h"
#include "../target_url.h"
#include "../text.h"
#include "commands.h"

namespace jackgw::sms::simulator {

namespace {

/// The command line as it is read, before its texts become options.
struct Words {
    SimulatorOptions options;
    std::string order = "ordered";
    unsigned delay_ms = 50;
    unsigned list_delay_ms = 3000;
    std::vector<std::string> api_keys, faults, outcomes;
};

/// A check for CLI11: the complaint if `good` says no, else nothing.
CLI::Validator must(const std::string& form, bool (*good)(const std::string&)) {
    return CLI::Validator(
        [form, good](std::string& text) {
            return good(text) ? std::string() : "expected " + form + ", got " + text;
        },
        "");
}

std::pair<std::string, std::string> split(const std::string& text, char mark) {
    const auto at = text.find(mark);
    return {text.substr(0, at), at == std::string::npos ? "" : text.substr(at + 1)};
}

SimulatorOptions to_options(const Words& words) {
    SimulatorOptions options = words.options;
    options.callbacks.order = words.order == "shuffled" ? CallbackOrder::shuffled : CallbackOrder::ordered;
    options.list_delay = std::chrono::milliseconds{words.list_delay_ms};
    options.callbacks.delay = std::chrono::milliseconds{words.delay_ms};
    for (const auto& key : words.api_keys) options.api_keys.push_back(split(key, ':'));
    for (const auto& text : words.faults) options.faults.push_back(*parse_fault(text));
    for (const auto& text : words.outcomes) {
        const auto [number, outcome] = split(text, '=');
        options.outcomes.emplace_back(number, *parse_outcome(outcome));
    }
    return options;
}

int serve(const Words& words) {
    // Blocked before any thread starts, so that every thread inherits it and the signals wait for this one.
    sigset_t ends;
    sigemptyset(&ends);
    sigaddset(&ends, SIGTERM);
    sigaddset(&ends, SIGINT);
    pthread_sigmask(SIG_BLOCK, &ends, nullptr);
    std::signal(SIGPIPE, SIG_IGN);

    const Simulator simulator(to_options(words));
    if (words.options.callbacks.times > 1 || words.order == "shuffled") {
        std::cerr << "twilio-sim: --seed " << words.options.seed << " repeats this order of callbacks"
                  << std::endl;
    }
    std::cout << "twilio-sim listening on http://127.0.0.1:" << simulator.port() << std::endl;
    int signal = 0;
    sigwait(&ends, &signal);
    return 0;
}

}  // namespace

void add_serve_command(CLI::App& app, Action& action) {
    auto words = std::make_shared<Words>();
    SimulatorOptions& options = words->options;
    options.port = 8090;
    options.seed = std::random_device{}();

    CLI::App* serve_app = app.add_subcommand(
        "serve", "Be Twilio on 127.0.0.1 until SIGTERM or Ctrl-C; says on one line where, when it is ready");
    serve_app->add_option("--port", options.port, "Port to listen on; 0: the system chooses")
        ->capture_default_str();
    serve_app->add_option("--state-file", options.state_file,
                          "Keep messages and opt-outs in this file, for the next run");
    serve_app->add_option("--account-sid", options.account_sid, "The account, AC and 32 hex digits")
        ->envname("TWILIO_ACCOUNT_SID")
        ->required()
        ->check(must("AC and 32 hex digits", [](const std::string& text) { return is_sid(text, "AC"); }));
    serve_app
        ->add_option("--auth-token", options.auth_token,
                     "Its token: for Basic auth, and webhooks are signed with it")
        ->envname("TWILIO_AUTH_TOKEN")
        ->required()
        // The value is a secret: no complaint repeats it.
        ->check(CLI::Validator([](std::string& text) { return text.empty() ? "it is empty" : std::string(); },
                               ""));
    serve_app->add_option("--api-key", words->api_keys, "SK…:SECRET that is accepted too (repeatable)")
        ->allow_extra_args(false)
        ->check(CLI::Validator(
            [](std::string& text) {
                const auto [sid, secret] = split(text, ':');
                return is_sid(sid, "SK") && !secret.empty()
                           ? ""
                           : "expected SK and 32 hex digits, a colon, the secret";
            },
            ""));
    serve_app
        ->add_option("--number", options.numbers,
                     "A number of the account (repeatable); the first is the default")
        ->envname("TWILIO_PHONE_NUMBER")
        ->allow_extra_args(false)
        ->check(must("a number such as +15551234567", [](const std::string& text) { return is_e164(text); }));
    serve_app
        ->add_option("--messaging-service", options.messaging_services,
                     "A messaging service, MG… (repeatable)")
        ->envname("TWILIO_MESSAGING_SERVICE_SID")
        ->allow_extra_args(false)
        ->check(must("MG and 32 hex digits", [](const std::string& text) { return is_sid(text, "MG"); }));
    serve_app
        ->add_option(
            "--sms-url", options.sms_url,
            "Where guests' texts go, such as http://127.0.0.1:8080/webhooks/twilio/sms; overrides such "
            "as #rc=3&rp=all are understood")
        ->envname("TWILIO_SIM_SMS_URL")
        ->required()
        ->check(must("an absolute http or https URL",
                     [](const std::string& text) { return parse_target_url(text).has_value(); }));
    serve_app->add_option(
        "--connect-to", options.connect_to,
        "HOST:PORT to call instead of the URLs' hosts, by plain HTTP: for a gateway whose public URL "
        "leads elsewhere");
    serve_app->add_flag("--advanced-opt-out", options.advanced_opt_out, "Tell OptOutType in webhooks");
    serve_app->add_option("--status-order", words->order, "Order of a message's status callbacks")
        ->check(CLI::IsMember({"ordered", "shuffled"}))
        ->capture_default_str();
    serve_app->add_option("--status-delay-ms", words->delay_ms, "Time before each status callback")
        ->check(CLI::Range(0U, 3600000U))
        ->capture_default_str();
    serve_app
        ->add_option("--status-repeat", options.callbacks.times, "How often each status callback is sent")
        ->check(CLI::Range(1U, 100U))
        ->capture_default_str();
    serve_app
        ->add_option("--list-delay-ms", words->list_delay_ms,
                     "Time until a message appears in lists, which are late at the provider, too")
        ->check(CLI::Range(0U, 86400000U))
        ->capture_default_str();
    serve_app->add_option("--seed", options.seed, "Repeats the order of an earlier run's shuffled callbacks");
    serve_app
        ->add_option("--outcome", words->outcomes,
                     "NUMBER=OUTCOME (repeatable): where messages to that number end: delivered, sent, read, "
                     "undelivered:CODE, failed:CODE")
        ->allow_extra_args(false)
        ->check(must("NUMBER=OUTCOME such as +15559876543=undelivered:30003", [](const std::string& text) {
            const auto [number, outcome] = split(text, '=');
            return is_e164(number) && parse_outcome(outcome).has_value();
        }));
    serve_app
        ->add_option("--fault", words->faults,
                     "KIND[:VALUE[/STATUS]][*COUNT] (repeatable) for the first requests to send; kinds: " +
                         fault_words())
        ->allow_extra_args(false)
        ->check(must("KIND[:VALUE][*COUNT] such as 429:3*2 or slow:200",
                     [](const std::string& text) { return parse_fault(text).has_value(); }));
    serve_app->callback([words, &action] { action = [words] { return serve(*words); }; });
}

}  // namespace jackgw::sms::simulator
