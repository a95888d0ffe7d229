#pragma once

#include <CLI/CLI.hpp>

#include <functional>

namespace jackgw::sms::simulator {

/// What the chosen command does; its result is the program's exit code. Failures are thrown.
using Action = std::function<int()>;

/// Add their commands to the program; the one that is chosen sets `action` while the command line is read.
void add_serve_command(CLI::App& app, Action& action);
void add_phone_commands(CLI::App& app, Action& action);      // text, inbox
void add_control_commands(CLI::App& app, Action& action);    // fault, outcome, away, list-delay, state
void add_inventory_commands(CLI::App& app, Action& action);  // account, number, service

}  // namespace jackgw::sms::simulator
