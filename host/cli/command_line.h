#pragma once

#include <string>
#include <variant>
#include <vector>

#include "cli/commands.h"

namespace jackgw::cli {

/// What is to be said instead of running a command: help, the version, or what is wrong with the arguments.
struct Notice {
    int exit_code = exit_done;
    std::string out;    ///< for standard output
    std::string error;  ///< for standard error
};

/// Reads the arguments (without the program's name).
std::variant<Command, Notice> parse_command_line(std::vector<std::string> arguments,
                                                 const std::string& version);

}  // namespace jackgw::cli
