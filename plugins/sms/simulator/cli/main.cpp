// twilio-sim: a Twilio to develop against. Exit 0 done, 1 failed, 2 wrong usage.

#include <Poco/Exception.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>

#include "commands.h"

namespace {

int fail(const std::string& text) {
    std::cerr << "twilio-sim: " << text << std::endl;
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    CLI::App app{
        "A Twilio to develop against: REST API, signed callbacks and a guest's phone, on this machine "
        "alone.\n"
        "Start one with `serve`; the other commands talk to it (--url, or TWILIO_SIM_URL)."};
    app.require_subcommand(1);
    jackgw::sms::simulator::Action action;
    jackgw::sms::simulator::add_serve_command(app, action);
    jackgw::sms::simulator::add_phone_commands(app, action);
    jackgw::sms::simulator::add_control_commands(app, action);
    jackgw::sms::simulator::add_inventory_commands(app, action);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 2;
    }
    try {
        return action();
    } catch (const Poco::Exception& error) {
        return fail(error.displayText());
    } catch (const std::exception& error) {
        return fail(error.what());
    }
}
