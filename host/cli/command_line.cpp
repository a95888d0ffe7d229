#include "cli/command_line.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <optional>
#include <sstream>

#include "config/masking.h"
#include "config/suggest.h"

namespace jackgw::cli {

namespace {

constexpr const char* overview =
    "Examples:\n"
    "  jack-gateway check --config jack.toml\n"
    "  jack-gateway serve --config jack.toml\n"
    "  jack-gateway send --channel sms --to +15551234567 --text \"Your room is ready\"\n"
    "  jack-gateway reload sms\n\n"
    "send, reload, plugin list and plugin test talk to a running gateway over its REST API, with the\n"
    "token in the environment variable JACKGW_API_TOKEN.\n\n"
    "Exit codes: 0 done, 1 failed, 2 wrong usage or config.";

constexpr const char* help_hint = "\nRun with --help for more information.\n";

void add_config(CLI::App& command, std::filesystem::path& config) {
    command.add_option("-c,--config", config, "The config file (TOML)")->required()->type_name("FILE");
}

void add_target(CLI::App& command, Target& target) {
    auto* url =
        command
            .add_option("--url", target.url,
                        "The gateway's base URL; default: where the config says that it listens, else "
                        "http://127.0.0.1:8080")
            ->type_name("URL");
    command
        .add_option("-c,--config", target.config,
                    "The gateway's config file; only its [server] table is read")
        ->type_name("FILE")
        ->excludes(url);
}

/// The commands of the program and the values that their options fill. Lives for one parse: CLI11 keeps
/// references to the values.
class Grammar {
  public:
    explicit Grammar(const std::string& version)
        : app_("Jack gateway: guests' messages in, the hotel's answers out.", "jack-gateway") {
        app_.set_version_flag("--version", "jack-gateway " + version);
        app_.footer(overview);
        app_.require_subcommand(1);
        add_serve();
        add_plugin();
        add_reload();
        add_send();
    }

    std::variant<Command, Notice> parse(std::vector<std::string> arguments) {
        if (auto notice = unknown_command(app_, arguments, 0)) return std::move(*notice);
        std::reverse(arguments.begin(), arguments.end());  // CLI11 takes them from the back
        try {
            app_.parse(std::move(arguments));
        } catch (const CLI::ParseError& error) {
            std::ostringstream out;
            std::ostringstream complaint;
            const bool is_wrong = app_.exit(error, out, complaint) != 0;
            return Notice{is_wrong ? exit_usage : exit_done, out.str(), complaint.str()};
        }
        return chosen();
    }

  private:
    /// CLI11 only says that a command is missing.
    static std::optional<Notice> unknown_command(const CLI::App& app,
                                                 const std::vector<std::string>& arguments,
                                                 std::size_t position) {
        const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
        if (commands.empty() || position >= arguments.size() || arguments[position].starts_with('-'))
            return {};
        std::vector<std::string> names;
        for (const CLI::App* command : commands) {
            if (command->get_name() == arguments[position])
                return unknown_command(*command, arguments, position + 1);
            names.push_back(command->get_name());
        }
        const std::string meant = config::nearest(arguments[position], names);
        return Notice{exit_usage, "",
                      "unknown command " + config::in_quotes(arguments[position]) +
                          (meant.empty() ? "" : "; did you mean \"" + meant + "\"?") + help_hint};
    }

    void add_serve() {
        serve_command_ = app_.add_subcommand("serve", "Run the gateway until SIGTERM or SIGINT");
        serve_command_->footer("Example:\n  jack-gateway serve --config /etc/jack-gateway/jack.toml");
        add_config(*serve_command_, serve_.config);
        check_command_ =
            app_.add_subcommand("check", "Say all that is wrong with a config file and its plugins");
        check_command_->footer("Example:\n  jack-gateway check --config /etc/jack-gateway/jack.toml");
        add_config(*check_command_, check_.config);
    }

    void add_plugin() {
        CLI::App* plugin = app_.add_subcommand("plugin", "Look at plugins");
        plugin->require_subcommand(1);
        plugin->footer(
            "Examples:\n"
            "  jack-gateway plugin check build/release/plugins/jackgw-sms.so\n"
            "  jack-gateway plugin list --url http://127.0.0.1:8080\n"
            "  jack-gateway plugin test sms");
        plugin_check_command_ =
            plugin->add_subcommand("check", "Find out whether a plugin keeps the contract");
        plugin_check_command_->add_option("FILE", plugin_check_.file, "The plugin's .so file")->required();
        plugin_probe_command_ =
            plugin->add_subcommand("probe", "Open a plugin without creating it and show what it declares");
        plugin_probe_command_->add_option("FILE", plugin_probe_.file, "The plugin's .so file")->required();
        plugin_list_command_ = plugin->add_subcommand("list", "Show the channels of a running gateway");
        add_target(*plugin_list_command_, plugin_list_.target);
        plugin_test_command_ = plugin->add_subcommand(
            "test", "Find out whether a channel of a running gateway works; sends no message");
        plugin_test_command_->add_option("CHANNEL", plugin_test_.channel, "The channel, e.g. sms")
            ->required();
        add_target(*plugin_test_command_, plugin_test_.target);
    }

    void add_reload() {
        reload_command_ = app_.add_subcommand("reload", "Load a channel's plugin file anew, without a pause");
        reload_command_->footer("Example:\n  jack-gateway reload sms");
        reload_command_->add_option("CHANNEL", reload_.channel, "The channel; default: every enabled one");
        add_target(*reload_command_, reload_.target);
    }

    void add_send() {
        send_command_ = app_.add_subcommand("send", "Queue a message to a guest");
        send_command_->footer(
            "Examples:\n"
            "  jack-gateway send --channel sms --to +15551234567 --text \"Your room is ready\"\n"
            "  jack-gateway send --channel sms --to +15551234567 --media https://example.com/map.png\n\n"
            "Done means queued: what becomes of the message is shown by GET /api/v1/messages/ID.");
        send_command_->add_option("--channel", send_.channel, "The channel, e.g. sms")
            ->required()
            ->type_name("NAME");
        send_command_->add_option("--to", send_.to, "The guest's address, e.g. +15551234567")
            ->required()
            ->type_name("ADDRESS");
        send_command_->add_option("--text", send_.text, "What to say")->type_name("TEXT");
        send_command_->add_option("--media", send_.media, "The URL of a picture or file; may be repeated")
            ->type_name("URL")
            ->allow_extra_args(false);
        send_command_
            ->add_option("--priority", send_.priority, "urgent, high, standard or low; default: standard")
            ->type_name("PRIORITY")
            ->check(CLI::IsMember({"urgent", "high", "standard", "low"}));
        send_command_->add_option("--from", send_.from, "Our number or sender; default: the channel's")
            ->type_name("ADDRESS");
        add_target(*send_command_, send_.target);
    }

    std::variant<Command, Notice> chosen() const {
        if (serve_command_->parsed()) return Command{serve_};
        if (check_command_->parsed()) return Command{check_};
        if (plugin_check_command_->parsed()) return Command{plugin_check_};
        if (plugin_probe_command_->parsed()) return Command{plugin_probe_};
        if (plugin_list_command_->parsed()) return Command{plugin_list_};
        if (plugin_test_command_->parsed()) return Command{plugin_test_};
        if (reload_command_->parsed()) return Command{reload_};
        if (send_.text.empty() && send_.media.empty())
            return Notice{exit_usage, "", std::string("send needs --text or --media") + help_hint};
        return Command{send_};
    }

    CLI::App app_;
    CLI::App* serve_command_ = nullptr;  // owned by app_, like all below
    CLI::App* check_command_ = nullptr;
    CLI::App* plugin_check_command_ = nullptr;
    CLI::App* plugin_probe_command_ = nullptr;
    CLI::App* plugin_list_command_ = nullptr;
    CLI::App* plugin_test_command_ = nullptr;
    CLI::App* reload_command_ = nullptr;
    CLI::App* send_command_ = nullptr;
    Serve serve_;
    Check check_;
    PluginCheck plugin_check_;
    PluginProbe plugin_probe_;
    PluginList plugin_list_;
    PluginTest plugin_test_;
    Reload reload_;
    Send send_;
};

}  // namespace

std::variant<Command, Notice> parse_command_line(std::vector<std::string> arguments,
                                                 const std::string& version) {
    return Grammar(version).parse(std::move(arguments));
}

}  // namespace jackgw::cli
