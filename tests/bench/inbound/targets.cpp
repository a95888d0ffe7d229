#include "targets.h"

#include <signal.h>

#include <sstream>
#include <stdexcept>

#include "process_cpu.h"
#include "provider.h"

namespace jackgw::bench {

namespace {

std::string config_text(const std::filesystem::path& plugins) {
    std::ostringstream text;
    text << "[server]\nlisten = \"127.0.0.1:0\"\npublic_url = \"" << public_url << "\"\n"
         << "[store]\nurl = \"sqlite:jack.db\"\n"
         << "[plugins]\ndirectory = \"" << plugins.string()
         << "\"\nkeep_mapped = " << (KEEP_MAPPED ? "true" : "false") << "\n"
         << "[channels.sms]\nplugin = \"jackgw-sms\"\nrequired = true\n"
         << "[channels.sms.options]\nphone_number = \"" << hotel_number << "\"\n"
         << "api_base_url = \"http://127.0.0.1:1\"\n";  // nothing is sent
    return text.str();
}

}  // namespace

Target::Target(std::unique_ptr<test::Process> process)
    : process_(std::move(process)),
      port_(static_cast<std::uint16_t>(
          std::stoul(process_->wait_for(std::regex("listening.*http://127\\.0\\.0\\.1:(\\d+)"))))) {}

Target Target::edge(const std::string& kind) {
    return Target(std::make_unique<test::Process>(std::vector<std::string>{EDGE_SERVER, kind}));
}

Target Target::gateway(const test::TempFolder& folder) {
    return gateway(folder, GATEWAY);
}

Target Target::gateway(const test::TempFolder& folder, const std::filesystem::path& program) {
    const auto plugins = std::filesystem::absolute(program).parent_path().parent_path() / "plugins";
    const std::string config = folder.write("jack.toml", config_text(plugins)).string();
    return Target(std::make_unique<test::Process>(
        std::vector<std::string>{program.string(), "serve", "--config", config},
        std::map<std::string, std::string>{{"TWILIO_ACCOUNT_SID", std::string(account_sid)},
                                           {"TWILIO_AUTH_TOKEN", std::string(auth_token)}}));
}

double Target::cpu_seconds() const {
    return bench::cpu_seconds(process_->pid());
}

void Target::stop() {
    process_->signal(SIGTERM);
    if (const int code = process_->wait(); code != 0)
        throw std::runtime_error("a server ended with " + std::to_string(code) + ":\n" + process_->output());
}

}  // namespace jackgw::bench
