#pragma once

#include <iosfwd>

#include "cli/commands.h"
#include "config/environment.h"

namespace jackgw::cli {

/// What a client command works with.
struct Surroundings {
    config::Environment environment;  ///< JACKGW_API_TOKEN, and what the config takes values from
    std::ostream& out;
    std::ostream& error;
};

/// Run a command against a gateway and say what came of it; the exit code is returned. They throw nothing for
/// what a user or a gateway can get wrong.
int run_client_command(const PluginList& command, const Surroundings& surroundings);
int run_client_command(const PluginTest& command, const Surroundings& surroundings);
int run_client_command(const Reload& command, const Surroundings& surroundings);
int run_client_command(const Send& command, const Surroundings& surroundings);

}  // namespace jackgw::cli
