#include "gateway/gateway.h"

#include <algorithm>

#include "gateway/channel_options.h"
#include "storage/open_store.h"

namespace jackgw::gateway {

namespace {

std::vector<api::Token> api_tokens(const config::Config& config) {
    std::vector<api::Token> tokens;
    for (const config::ApiToken& token : config.api_tokens)
        tokens.push_back({token.name, api::parse_access(token.role).value_or(api::Access::reader),
                          token.token, token.properties});
    return tokens;
}

/// Throws Error if the machine's libraries don't know the property's time zone.
std::optional<outbox::QuietHours> quiet_hours_of(const config::Config& config,
                                                 const config::Channel& channel) {
    const auto hours = config::parse_hours(channel.outbox.quiet_hours);
    if (!hours) return std::nullopt;
    const auto property = std::ranges::find(config.properties, channel.property, &config::Property::id);
    const std::string name = property == config.properties.end() ? "UTC" : property->time_zone;
    const std::optional<TimeZone> zone = TimeZone::find(name);
    if (!zone)
        throw Error("channel " + channel.name + " has quiet hours, but nothing is known of the time zone " +
                    name + " of its property");
    return outbox::QuietHours{
        hours->from, hours->to, *zone,
        std::chrono::duration_cast<std::chrono::seconds>(channel.outbox.quiet_hours_answer)};
}

outbox::Pacing pacing_of(const config::Config& config) {
    std::map<std::string, outbox::ChannelPacing, std::less<>> channels;
    for (const config::Channel& channel : config.channels) {
        outbox::ChannelPacing& pacing = channels[channel.name];
        pacing.pace = {channel.outbox.segments_per_second, channel.outbox.burst};
        pacing.retry_delays = channel.outbox.retry_delays;
        pacing.quiet_hours = quiet_hours_of(config, channel);
        for (const config::SenderPace& own : channel.outbox.senders)
            pacing.senders[own.sender] = {own.segments_per_second, own.burst};
    }
    return outbox::Pacing(std::move(channels));
}

std::map<std::string, std::chrono::milliseconds> delivery_waits(const config::Config& config) {
    std::map<std::string, std::chrono::milliseconds> waits;
    for (const config::Channel& channel : config.channels)
        waits[channel.name] = channel.outbox.delivery_check_after;
    return waits;
}

std::vector<std::string> channel_names(const config::Config& config) {
    std::vector<std::string> names;
    for (const config::Channel& channel : config.channels) names.push_back(channel.name);
    return names;
}

outbox::ReconcilerOptions reconciler_options(const config::Config& config) {
    outbox::ReconcilerOptions options;
    options.settling_delay = config.outbox.settle_delay;
    return options;
}

outbox::DispatcherOptions dispatcher_options(const config::Config& config) {
    outbox::DispatcherOptions options;
    options.max_workers = static_cast<std::size_t>(config.outbox.workers);
    options.runner.settling_delay = config.outbox.settle_delay;
    return options;
}

}  // namespace

Gateway::Gateway(const config::Config& config, Outside outside)
    : config_(config),
      outside_(std::move(outside)),
      ids_(outside_.clock),
      store_(storage::open_store(config_.store.file, outside_.clock, ids_, store_observers())),
      client_({}, outside_.clock),
      inbox_(*store_, *store_, outside_.clock, inbox_observer()),
      services_{inbox_, *store_, client_, outside_.log, config_.server.public_url, outside_.version},
      manager_(manager_settings(), services_),
      plugin_admin_(manager_, outside_.metrics, outside_.redactor),
      submission_(*store_, *store_, manager_, outside_.clock, config_.outbox.default_expiry),
      dispatcher_(*store_, manager_, outside_.clock, pacing_of(config_), dispatcher_options(config_),
                  outbox_hooks()),
      delivery_checker_(*store_, manager_, outside_.clock, delivery_waits(config_), {}, checker_hooks()),
      reconciler_(*store_, manager_, outside_.clock, channel_names(config_), reconciler_options(config_),
                  reconciler_hooks()),
      api_(api_tokens(config_), *store_, *store_, *store_, submission_, manager_, plugin_admin_,
           {static_cast<std::uint64_t>(config_.media.max_bytes), config_.media.timeout},
           [this](const std::vector<store::Hold>& holds) { note_lifted(holds); }),
      health_(
          *store_, plugin_admin_, [this] { return metrics_text(); }, [this] { return further_reasons(); },
          [this](std::string_view problem) { report_store(problem); }),
      open_routes_(health_.routes()),
      server_(
          server_options(), outside_.clock, [this](const http::Request& request) { return answer(request); },
          server_hooks()) {
    outside_.redactor.set_secrets("config", config::secrets_of(config_));
}

Gateway::~Gateway() = default;

void Gateway::start() {
    place_channels();
    server_.start();
    if (services_.public_url.empty()) services_.public_url = url();
    manager_.start();
    const std::int64_t left_over = dispatcher_.start();
    if (left_over > 0)
        outside_.log.warning(
            "attempts of an earlier run ended without a known outcome; they are not sent again",
            {{"attempts", left_over}});
    delivery_checker_.start();
    reconciler_.start();
    outside_.log.info("listening", {{"url", url()}, {"publicUrl", services_.public_url}});
}

void Gateway::place_channels() {
    std::vector<store::ChannelPlace> places;
    for (const config::Channel& channel : config_.channels) {
        places.push_back({channel.name, channel.property});
        outside_.metrics.channel(channel.name).set_property(channel.property);
    }
    store_->place_channels(places);
}

std::string Gateway::url() const {
    return "http://" + config::to_string(config::ListenAddress{config_.server.listen.host, server_.port()});
}

bool Gateway::stop() {
    stopping_ = true;
    const bool answered = server_.stop(config_.server.shutdown_grace);
    if (!answered) outside_.log.warning("some requests did not finish within the grace and were cut");
    delivery_checker_.stop(std::chrono::milliseconds{0});
    reconciler_.stop(std::chrono::milliseconds{0});
    const bool sent = dispatcher_.stop(config_.server.shutdown_grace);
    if (!sent)
        outside_.log.error(
            "some attempts to send did not finish within the grace; their outcome will be unknown");
    const bool looked_up = delivery_checker_.stop(config_.server.shutdown_grace);
    const bool asked = reconciler_.stop(config_.server.shutdown_grace) && looked_up;
    if (!asked) outside_.log.warning("a question to a provider did not finish within the grace");
    const bool unloaded = sent && asked && manager_.stop();
    return sent && asked && unloaded;
}

http::Response Gateway::answer(const http::Request& request) {
    if (api::Api::owns(request.path)) return api_.handle(request);
    if (request.path.starts_with("/webhooks/")) return manager_.webhooks().handle(request);
    if (auto response = open_routes_.answer(request)) return std::move(*response);
    return {404, {}, {}};
}

http::ServerOptions Gateway::server_options() const {
    http::ServerOptions options;
    options.host = config_.server.listen.host;
    options.port = config_.server.listen.port;
    options.max_body = static_cast<std::size_t>(config_.server.max_body_bytes);
    options.max_header = static_cast<std::size_t>(config_.server.max_header_bytes);
    options.header_deadline = config_.server.header_timeout;
    options.body_deadline = config_.server.body_timeout;
    options.send_deadline = config_.server.send_timeout;
    options.keep_alive = config_.server.keep_alive_timeout;
    options.max_connections = static_cast<std::size_t>(config_.server.max_connections);
    options.trusted_proxies = config_.server.trusted_proxies;
    return options;
}

plugins::ManagerSettings Gateway::manager_settings() {
    plugins::ManagerSettings settings;
    settings.directory = config_.plugins.directory;
    for (const config::Channel& channel : config_.channels)
        settings.channels.push_back(
            {channel.name, channel.plugin, channel.enabled, channel.required, channel.property});
    settings.drain_deadline = config_.plugins.drain_timeout;
    settings.keep_mapped = config_.plugins.keep_mapped;
    settings.program = outside_.program;
    settings.resolve_options = [this](const std::string& channel,
                                      const std::vector<config::OptionSpec>& specs) {
        return resolve_options(channel, specs);
    };
    settings.on_published = [this](const std::string& channel) {
        // What held the channel's lanes, a wrong credential say, may be mended by what was just loaded.
        note_lifted(store_->release_lanes(channel));
        dispatcher_.notify();
        reconciler_.notify();
    };
    return settings;
}

plugins::OptionValues Gateway::resolve_options(const std::string& channel,
                                               const std::vector<config::OptionSpec>& specs) {
    const std::vector<config::Option> options =
        current_channel_options(config_.file, channel, specs, outside_.environment);
    outside_.redactor.set_secrets("channel " + channel, config::secrets_of(options));
    plugins::OptionValues values;
    for (const config::Option& option : options) values.emplace_back(option.key, option.value);
    return values;
}

std::vector<api::NotReady> Gateway::further_reasons() const {
    if (stopping_) return {{"gateway", "it is shutting down"}};
    return {};
}

}  // namespace jackgw::gateway
