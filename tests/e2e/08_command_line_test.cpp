// The program's commands: what they print and how they end.
#include <catch2/catch.hpp>

#include <signal.h>

#include <fstream>
#include <thread>

#include "database_hold.h"
#include "stack.h"

using namespace jackgw::test;
using Catch::Contains;

namespace {

/// Runs a command of the gateway's program without a gateway.
Finished jack_gateway(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), GATEWAY);
    auto environment = clean_environment();
    environment["TWILIO_ACCOUNT_SID"] = account_sid;
    Finished finished;
    finished.output = run(std::move(arguments), finished.exit_code, environment);
    return finished;
}

const std::string good_start = "[server]\nlisten = \"127.0.0.1:0\"\n[plugins]\ndirectory = \"" PLUGINS "\"\n";
const std::string sms_channel =
    "[channels.sms]\nplugin = \"jackgw-sms\"\nrequired = true\n[channels.sms.options]\nphone_number = "
    "\"+15551234567\"\n";

}  // namespace

TEST_CASE("08 a config that is wrong ends serve and check with 2 and the reason") {
    struct Row {
        const char* what;
        std::string config;
        std::vector<std::string> said;
    };
    const auto row = GENERATE(values<Row>({
        {"no TOML", "[server\n", {"jack.toml", "1"}},
        {"an unknown key", "[server]\nlissten = \"127.0.0.1:0\"\n", {"jack.toml:2", "lissten", "listen"}},
        {"an unset variable", "[store]\nurl = \"${JACKGW_NOWHERE_SET}\"\n", {"JACKGW_NOWHERE_SET"}},
        {"beyond loopback without a token", "[server]\nlisten = \"0.0.0.0:0\"\n", {"0.0.0.0", "api.tokens"}},
        {"a channel without its secret", good_start + sms_channel, {"auth_token", "TWILIO_AUTH_TOKEN"}},
        {"an option that doesn't match",
         good_start + sms_channel + "auth_token = \"short-but-secret\"\n",
         {"auth_token"}},
    }));
    INFO(row.what);
    const TempFolder folder;
    const std::string file = folder.write("jack.toml", row.config).string();
    for (const char* command : {"serve", "check"}) {
        INFO(command);
        const Finished finished = jack_gateway({command, "--config", file});
        CHECK(finished.exit_code == 2);
        for (const std::string& said : row.said) CHECK_THAT(finished.output, Contains(said));
        CHECK_THAT(finished.output, !Contains("short-but-secret"));
    }
}

TEST_CASE("08 a config file that isn't there ends serve and check with 2") {
    for (const char* command : {"serve", "check"}) {
        const Finished finished = jack_gateway({command, "--config", "/nowhere/jack.toml"});
        CHECK(finished.exit_code == 2);
        CHECK_THAT(finished.output, Contains("/nowhere/jack.toml"));
    }
}

TEST_CASE("08 check says all that is wrong at once, with its place") {
    const TempFolder folder;
    const std::string file = folder
                                 .write("jack.toml",
                                        "[server]\nlisten = \"nonsense\"\nmax_body_bytes = 1\n"
                                        "[[api.tokens]]\nname = \"a\"\nrole = \"king\"\ntoken = \"short\"\n"
                                        "[outbox]\nworkers = \"many\"\n[logs]\n")
                                 .string();
    const Finished finished = jack_gateway({"check", "--config", file});
    CHECK(finished.exit_code == 2);
    for (const char* said : {"jack.toml:2", "nonsense", "jack.toml:3", "max_body_bytes", "jack.toml:6",
                             "king", "jack.toml:7", "jack.toml:9", "workers", "jack.toml:10", "logs"})
        CHECK_THAT(finished.output, Contains(said));
    CHECK_THAT(finished.output, !Contains("\"short\""));
}

TEST_CASE("08 check finds what only a channel's plugin knows, of all channels at once") {
    const std::string account = "[channels.sms.options]\naccount_sid = \"AC" + std::string(32, '0') +
                                "\"\nauth_token = \"" + std::string(32, '1') + "\"\n";
    const std::string sms = good_start + "[channels.sms]\nplugin = \"jackgw-sms\"\n" + account;
    struct Row {
        std::string what;
        std::string config;
        std::vector<std::string> said;
    };
    const auto row = GENERATE_COPY(values<Row>({
        {"no sender at all", sms, {"channel sms", "phone_number", "messaging_service_sid"}},
        {"plain http to another machine",
         sms + "phone_number = \"+15551234567\"\napi_base_url = \"http://10.0.0.1\"\n",
         {"channel sms", "http://10.0.0.1", "https"}},
        {"a sender twice and a key without its secret",
         sms + "phone_number = \"+15551234567\"\napi_key_sid = \"SK" + std::string(32, '2') +
             "\"\n[[channels.sms.options.senders]]\nsender = \"+15551234567\"\n",
         {"channel sms", "api_key_secret", "+15551234567"}},
        {"two channels with the same paths",
         sms +
             "phone_number = \"+15551234567\"\n[channels.zweiter]\nplugin = \"jackgw-sms\"\n"
             "[channels.zweiter.options]\naccount_sid = \"AC" +
             std::string(32, '3') + "\"\nauth_token = \"" + std::string(32, '4') +
             "\"\nphone_number = \"+15551234568\"\n",
         {"channel zweiter", "/webhooks/twilio/sms"}},
        {"a channel that is wrong beside another one that is",
         sms + "[channels.gone]\nplugin = \"gone\"\n",
         {"channel sms", "phone_number", "gone.so"}},
    }));
    INFO(row.what);
    const TempFolder folder;
    const std::string file = folder.write("jack.toml", row.config).string();
    const Finished finished = jack_gateway({"check", "--config", file});
    INFO(finished.output);
    CHECK(finished.exit_code == 2);
    for (const std::string& said : row.said) CHECK_THAT(finished.output, Contains(said));
    CHECK_THAT(finished.output, !Contains("is right") && !Contains(std::string(32, '1')));
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);  // nothing was made
}

TEST_CASE("08 check shows a right config without its secrets") {
    Stack stack;
    const Finished finished = stack.command({"check", "--config", stack.config_file().string()});
    INFO(finished.output);
    CHECK(finished.exit_code == 0);
    CHECK_THAT(finished.output, Contains("is right") && Contains("phone_number") && Contains("auth_token"));
    CHECK_THAT(finished.output, !Contains(auth_token) && !Contains(api_token));
}

TEST_CASE("08 check names the properties, and whose each channel is where there are several") {
    const TempFolder folder;
    const std::string off = "[channels.sms]\nplugin = \"jackgw-sms\"\nenabled = false\n";
    const auto check = [&](const std::string& config) {
        const auto file = folder.write("jack.toml", good_start + config);
        const Finished finished = jack_gateway({"check", "--config", file.string()});
        CHECK(finished.exit_code == 0);
        return finished.output;
    };
    CHECK_THAT(check(off), Contains("property main: \"\", UTC\n") && !Contains("channel sms: property"));
    CHECK_THAT(check(off + "property = \"lakeside\"\n[properties.lakeside]\nname = \"Hotel Lakeside\"\n"
                           "[properties.airport]\ntime_zone = \"Etc/GMT+5\"\n"),
               Contains("property airport: \"\", Etc/GMT+5\nproperty lakeside: \"Hotel Lakeside\", UTC\n"
                        "channel sms: property lakeside\n"));
}

TEST_CASE(
    "08 a channel that has guests can't be given to another property, whose tokens see nothing of them") {
    StackOptions options;
    options.simulator = false;
    Stack stack(options);
    REQUIRE(stack.text(make_sid(1), guest_number, "Hello").status == 200);
    CHECK(stack.stop_gateway() == 0);

    stack.options().more = "[properties.airport]\n";  // the only one, so that every channel is its
    stack.write_config();
    const Finished finished = stack.command({"serve", "--config", stack.config_file().string()});
    INFO(finished.output);
    CHECK(finished.exit_code == 1);
    CHECK_THAT(finished.output, Contains("the gateway can't run") && Contains("sms") && Contains("main") &&
                                    Contains("airport") && Contains("a channel of a new name"));

    stack.options().more =
        "[properties.airport]\n[properties.main]\n[[api.tokens]]\nname = \"airport\"\nrole = \"admin\"\n"
        "token = \"airport-token-for-tests\"\nproperties = [\"airport\"]\n";
    stack.start_gateway();
    const std::vector<Json> guests = stack.list("/guests");
    REQUIRE(guests.size() == 1);
    CHECK(guests[0]["property"] == "main");
    const auto limited = [&](const std::string& path) {
        return stack.http().request("GET", stack.url() + "/api/v1" + path,
                                    {{"Authorization", "Bearer airport-token-for-tests"}});
    };
    CHECK(limited("/guests").data().empty());
    CHECK(limited("/conversations").data().empty());
    CHECK(limited("/plugins").data().empty());
    CHECK(limited("/guests/" + guests[0]["id"].get<std::string>()).status == 404);
}

TEST_CASE("08 a plugin that is required and missing ends serve with 1, naming the file") {
    const TempFolder folder;
    const std::string file =
        folder
            .write("jack.toml",
                   "[server]\nlisten = \"127.0.0.1:0\"\n[plugins]\ndirectory = \"empty\"\n" + sms_channel)
            .string();
    const Finished finished = jack_gateway({"serve", "--config", file});
    CHECK(finished.exit_code == 1);
    CHECK_THAT(finished.output, Contains("jackgw-sms.so") && Contains("required"));
}

TEST_CASE("08 a second gateway on the same database is refused with a reason") {
    StackOptions options;
    options.simulator = false;
    Stack stack(options);
    const std::string pid = std::to_string(stack.gateway().pid());
    stack.write_config();
    // Another address, the same database.
    std::string config = read_file(stack.config_file());
    config.replace(config.find(":" + stack.port()), stack.port().size() + 1, ":0");
    const std::filesystem::path second = stack.config_file().parent_path() / "second.toml";
    std::ofstream(second) << config;
    const Finished finished = stack.command({"serve", "--config", second.string()});
    CHECK(finished.exit_code == 1);
    CHECK_THAT(finished.output, Contains("jack.db") && Contains("in use") && Contains(pid));
    CHECK(stack.text(make_sid(1), guest_number, "Hello").status == 200);
}

TEST_CASE("08 an address that is taken ends serve with 1, naming it") {
    StackOptions options;
    options.simulator = false;
    Stack stack(options);
    std::string config = read_file(stack.config_file());
    const std::string here = "127.0.0.1:" + stack.port();
    const auto at = config.find("127.0.0.1:");
    config.replace(at, config.find('"', at) - at, here);
    config.replace(config.find("jack.db"), 7, "more.db");
    const std::filesystem::path second = stack.config_file().parent_path() / "second.toml";
    std::ofstream(second) << config;
    const Finished finished = stack.command({"serve", "--config", second.string()});
    CHECK(finished.exit_code == 1);
    CHECK_THAT(finished.output, Contains(here));
}

TEST_CASE("08 a request in flight at SIGTERM is answered before the gateway ends") {
    StackOptions options;
    options.simulator = false;
    Stack stack(options);
    auto hold = std::make_unique<DatabaseHold>(stack.store_file());
    Answer answer;
    std::thread guest([&] { answer = stack.text(make_sid(1), guest_number, "Hello"); });
    const bool waiting = eventually([&] {
        const std::string metrics = stack.http().get(stack.url() + "/metrics").body;
        return metrics.find("jackgw_plugin_leases{channel=\"sms\"} 1") != std::string::npos;
    });
    stack.gateway().signal(SIGTERM);
    stack.gateway().wait_for(std::regex("\"stopping\""));
    hold.reset();
    guest.join();
    CHECK(waiting);
    CHECK(answer.status == 200);
    CHECK(stack.gateway().wait() == 0);
    stack.start_gateway();
    CHECK(stack.all_messages().size() == 1);
}

TEST_CASE("08 SIGTERM and SIGINT let what is in flight finish and end with 0") {
    const int number = GENERATE(SIGTERM, SIGINT);
    Stack stack;
    stack.provider().add_fault("slow", 1000, 1);
    const std::string id = stack.send(guest_number, "Hello").at("id");
    REQUIRE(eventually([&] { return stack.provider().create_requests() == 1; }));
    stack.gateway().signal(number);
    CHECK(stack.gateway().wait() == 0);
    CHECK_THAT(stack.log(), Contains("stopping") && Contains("stopped"));
    stack.start_gateway();
    const Json message = stack.message(id);
    REQUIRE(message.at("attempts").size() == 1);
    CHECK(message.at("attempts")[0].at("outcome") == "accepted");
    CHECK(stack.provider().create_requests() == 1);
}

TEST_CASE("08 plugin check tells a good plugin from a bad one") {
    const Finished good = jack_gateway({"plugin", "check", PLUGINS "/jackgw-sms.so"});
    CHECK(good.exit_code == 0);
    CHECK_THAT(good.output, Contains("ABI 1") && Contains("auth_token") && Contains("secret"));
    const Finished echo = jack_gateway({"plugin", "check", PLUGINS "/jackgw-echo.so"});
    CHECK(echo.exit_code == 0);
    for (const char* bad : {"wrong-magic", "wrong-major", "host-too-old", "no-symbol", "crashes-on-load"}) {
        const Finished finished = jack_gateway({"plugin", "check", FIXTURES "/" + std::string(bad) + ".so"});
        INFO(finished.output);
        CHECK(finished.exit_code == 1);
        CHECK_THAT(finished.output, Contains(bad));
    }
    const Finished missing = jack_gateway({"plugin", "check", "/nowhere/plugin.so"});
    CHECK(missing.exit_code == 1);
    CHECK_THAT(missing.output, Contains("/nowhere/plugin.so"));
}

TEST_CASE("08 send, reload and plugin list talk to the running gateway") {
    Stack stack;
    const Finished sent = stack.command(
        {"send", "--url", stack.url(), "--channel", "sms", "--to", guest_number, "--text", "From the desk"});
    INFO(sent.output);
    CHECK(sent.exit_code == 0);
    CHECK(eventually([&] {
        const auto messages = stack.all_messages();
        return messages.size() == 1 && messages[0].at("deliveryStatus") == "delivered";
    }));
    const Finished reloaded = stack.command({"reload", "sms", "--url", stack.url()});
    CHECK(reloaded.exit_code == 0);
    CHECK_THAT(reloaded.output, Contains("generation 2"));
    const Finished listed = stack.command({"plugin", "list", "--url", stack.url()});
    CHECK(listed.exit_code == 0);
    CHECK_THAT(listed.output, Contains("sms") && Contains("jackgw-sms") && Contains("ready"));

    const Finished unsubscribed = stack.command(
        {"send", "--url", stack.url(), "--channel", "sms", "--to", "nonsense", "--text", "Hello"});
    CHECK(unsubscribed.exit_code == 1);
    CHECK_THAT(unsubscribed.output, Contains("to"));
    const Finished nobody = stack.command({"reload", "--url", "http://127.0.0.1:1"});
    CHECK(nobody.exit_code == 1);
    CHECK_THAT(nobody.output, Contains("127.0.0.1:1"));
}

TEST_CASE("08 wrong usage ends with 2 and a hint, --help with 0") {
    for (const std::vector<std::string>& arguments : {std::vector<std::string>{},
                                                      {"serv"},
                                                      {"serve"},
                                                      {"send", "--to", "+15551234567"},
                                                      {"serve", "--nonsense"}}) {
        const Finished finished = jack_gateway(arguments);
        CHECK(finished.exit_code == 2);
        CHECK_THAT(finished.output, Contains("--help"));
    }
    const Finished help = jack_gateway({"--help"});
    CHECK(help.exit_code == 0);
    for (const char* command : {"serve", "check", "plugin", "reload", "send"})
        CHECK_THAT(help.output, Contains(command));
    CHECK(jack_gateway({"--version"}).exit_code == 0);
}
