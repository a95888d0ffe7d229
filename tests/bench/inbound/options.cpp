#include "options.h"

#include <CLI/CLI.hpp>

namespace jackgw::bench {

std::optional<Options> read_options(int count, char** arguments, int& exit_code) {
    Options options;
    bool quick = false;
    CLI::App app(
        "Puts signed webhooks of many senders on the gateway, and on its HTTP server alone to compare with.");
    app.add_option("--connections", options.connections, "Numbers of keep-alive connections, e.g. 1,16,64")
        ->delimiter(',')
        ->check(CLI::Range(1, 1000))
        ->capture_default_str();
    app.add_option("--seconds", options.seconds, "Load for each mode and number of connections")
        ->check(CLI::Range(0.1, 600.0))
        ->capture_default_str();
    app.add_option("--rounds", options.rounds, "In how many turns of the modes")
        ->check(CLI::Range(1, 100))
        ->capture_default_str();
    app.add_option("--senders", options.senders, "Guests who text")
        ->check(CLI::Range(1, 9'999'999))
        ->capture_default_str();
    app.add_option("--rate", options.rate,
                   "Requests a second to sign beforehand; a gateway that is faster has its load cut short")
        ->check(CLI::Range(100, 1'000'000))
        ->capture_default_str();
    app.add_option(
           "--other", options.other,
           "Another build's jack-gateway, which takes turns with this one; its plugins lie in ../plugins")
        ->check(CLI::ExistingFile);
    app.add_flag("--quick", quick, "Only a look at whether it works: no figures to rely on");
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& error) {
        exit_code = app.exit(error) == 0 ? 0 : 2;
        return std::nullopt;
    }
    if (quick) {
        options.connections = {1, 16};
        options.seconds = 0.4;
        options.rounds = 2;
        options.senders = 100;
    }
    return options;
}

}  // namespace jackgw::bench
