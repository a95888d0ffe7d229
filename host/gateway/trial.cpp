#include "gateway/trial.h"

#include "gateway/channel_options.h"
#include "plugins/generation.h"
#include "plugins/loading/library.h"
#include "plugins/loading/option_table.h"
#include "plugins/loading/plugin_error.h"

namespace jackgw::gateway {

namespace {

/// Where a gateway with this config would be reached; the port may be settled at the start only.
std::string public_url(const config::Server& server) {
    return server.public_url.empty() ? "http://" + config::to_string(server.listen) : server.public_url;
}

}  // namespace

/// The contract lets no plugin report before it is started; here none ever is.
class Trial::NoReports final : public conversations::Reports, public ProviderMessages {
  public:
    std::variant<store::ReceiveResult, conversations::BadReport> receive(InboundMessage) override {
        refuse();
    }
    std::variant<store::StatusResult, conversations::BadReport> apply_status(store::StatusUpdate) override {
        refuse();
    }
    std::variant<bool, conversations::BadReport> record_consent(store::ConsentReport) override { refuse(); }
    std::optional<ProviderMessageOwner> provider_message_owner(std::string_view, std::string_view) override {
        refuse();
    }

  private:
    [[noreturn]] static void refuse() { throw Unavailable("the config is only checked: nothing is stored"); }
};

Trial::Trial(const config::Config& config, config::Environment environment,
             const std::filesystem::path& program)
    : config_(config),
      environment_(std::move(environment)),
      log_({}, redactor_, clock_),
      client_({}, clock_),
      reports_(std::make_unique<NoReports>()),
      services_{*reports_, *reports_, client_, log_, public_url(config.server), JACKGW_VERSION},
      prober_(program) {
    redactor_.set_secrets("config", config::secrets_of(config));
}

Trial::~Trial() = default;

std::vector<config::Option> Trial::run(const config::Channel& channel) {
    const std::filesystem::path file = config_.plugins.directory / (channel.plugin + ".so");
    plugins::StagedFile staged = staging_.stage(file);
    prober_.probe(staged, file);
    auto library = std::make_unique<plugins::Library>(std::move(staged), file, config_.plugins.keep_mapped);
    std::vector<config::Option> options = current_channel_options(
        config_.file, channel.name, plugins::read_option_table(library->entry().options), environment_);
    redactor_.set_secrets("channel " + channel.name, config::secrets_of(options));

    plugins::Generation::Settings settings;
    settings.channel = channel.name;
    for (const config::Option& option : options) settings.options.emplace_back(option.key, option.value);
    settings.taken_elsewhere = [this](std::string_view path) { return paths_.contains(path); };
    try {
        const plugins::Generation generation(std::move(library), std::move(settings), services_);
        for (const plugins::Route& route : generation.registrations().routes) paths_.insert(route.path);
    } catch (const plugins::PluginError& error) {
        throw plugins::PluginError(redactor_.scrub(error.what()));
    }
    return options;
}

}  // namespace jackgw::gateway
