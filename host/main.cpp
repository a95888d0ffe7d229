#include <exception>
#include <iostream>
#include <variant>

#include "cli/client_commands.h"
#include "cli/command_line.h"
#include "gateway/serve.h"
#include "plugins/loading/probe.h"

namespace {

using namespace jackgw;

int run(const cli::Serve& command) {
    return gateway::serve(command.config);
}
int run(const cli::Check& command) {
    return gateway::check(command.config);
}
int run(const cli::PluginCheck& command) {
    return gateway::check_plugin(command.file);
}
int run(const cli::PluginProbe& command) {
    return plugins::run_probe(command.file);
}

/// What is left are requests to a running gateway.
template <typename ClientCommand>
int run(const ClientCommand& command) {
    return cli::run_client_command(command, {config::process_environment(), std::cout, std::cerr});
}

}  // namespace

int main(int argc, char** argv) {
    try {
        const auto parsed = cli::parse_command_line({argv + 1, argv + argc}, JACKGW_VERSION);
        if (const auto* notice = std::get_if<cli::Notice>(&parsed)) {
            std::cout << notice->out;
            std::cerr << notice->error;
            return notice->exit_code;
        }
        return std::visit([](const auto& command) { return run(command); }, std::get<cli::Command>(parsed));
    } catch (const std::exception& error) {
        std::cerr << "jack-gateway: " << error.what() << '\n';
        return cli::exit_failed;
    }
}
