#include "config/load.h"

#include <catch2/catch.hpp>
#include <fstream>

#include "config/options.h"
#include "support.h"

using namespace jackgw::config;
using namespace std::chrono_literals;

namespace {

constexpr const char* complete = R"(
[server]
listen = "127.0.0.1:9090"
public_url = "https://api.example.com/jack/"
trusted_proxies = ["127.0.0.1", "10.0.0.0/8"]
max_body_bytes = 4096
max_header_bytes = 2048
header_timeout_s = 1
body_timeout_s = 2.5
send_timeout_s = 6
keep_alive_timeout_s = 3
max_connections = 7
shutdown_grace_s = 0

[[api.tokens]]
name = "front-desk"
role = "agent"
token = "${JACKGW_API_TOKEN}"

[[api.tokens]]
name = "monitor"
role = "reader"
token = "another-token-of-length"
properties = ["seaside", "lakeside"]

[properties.seaside]
name = "Hôtel de la Plage"
time_zone = "Europe/Paris"

[properties.lakeside]

[store]
url = "sqlite:data/hotel.db"

[plugins]
directory = "/opt/plugins"
keep_mapped = true
drain_timeout_s = 4

[channels.sms]
plugin = "jackgw-sms"
property = "seaside"
enabled = true
required = true
[channels.sms.options]
account_sid = "${ACCOUNT}"
phone_number = "+15551234567"
attempts = 3
verbose = false
[channels.sms.outbox]
segments_per_second = 2
burst = 3
retry_delays_s = [5, 10.5]

[channels.echo]
plugin = "jackgw-echo"
property = "lakeside"
enabled = false
[channels.echo.options]
token = "${NOT_SET_AND_NOT_NEEDED}"

[outbox]
workers = 4
default_expiry_h = 0.5
settle_delay_s = 1

[log]
format = "json"
level = "debug"
)";

Config must_parse(const std::string& text, const Environment& environment) {
    const auto result = parse(text, "/etc/jack/jack.toml", environment);
    if (const auto* faults = std::get_if<std::vector<Fault>>(&result)) FAIL(to_string(*faults));
    return std::get<Config>(result);
}

}  // namespace

TEST_CASE("Every key reaches its value") {
    const auto config = must_parse(
        complete, test::environment_of({{"JACKGW_API_TOKEN", "0123456789abcdef"}, {"ACCOUNT", "AC1"}}));

    CHECK(config.file == "/etc/jack/jack.toml");
    CHECK(to_string(config.server.listen) == "127.0.0.1:9090");
    CHECK(config.server.public_url == "https://api.example.com/jack");
    CHECK(config.server.trusted_proxies == std::vector<std::string>{"127.0.0.1", "10.0.0.0/8"});
    CHECK(config.server.max_body_bytes == 4096);
    CHECK(config.server.max_header_bytes == 2048);
    CHECK(config.server.header_timeout == 1s);
    CHECK(config.server.body_timeout == 2500ms);
    CHECK(config.server.send_timeout == 6s);
    CHECK(config.server.keep_alive_timeout == 3s);
    CHECK(config.server.max_connections == 7);
    CHECK(config.server.shutdown_grace == 0s);

    REQUIRE(config.api_tokens.size() == 2);
    CHECK(config.api_tokens[0].name == "front-desk");
    CHECK(config.api_tokens[0].role == "agent");
    CHECK(config.api_tokens[0].token == "0123456789abcdef");
    CHECK(config.api_tokens[1].role == "reader");
    CHECK(secrets_of(config) == std::vector<std::string>{"0123456789abcdef", "another-token-of-length"});

    CHECK(config.api_tokens[0].properties.empty());
    CHECK(config.api_tokens[1].properties == std::vector<std::string>{"seaside", "lakeside"});

    REQUIRE(config.properties.size() == 2);
    CHECK(config.properties[0].id == "lakeside");
    CHECK(config.properties[0].name.empty());
    CHECK(config.properties[0].time_zone == "UTC");
    CHECK(config.properties[1].id == "seaside");
    CHECK(config.properties[1].name == "Hôtel de la Plage");
    CHECK(config.properties[1].time_zone == "Europe/Paris");

    CHECK(config.store.file == "/etc/jack/data/hotel.db");
    CHECK(config.plugins.directory == "/opt/plugins");
    CHECK(config.plugins.keep_mapped);
    CHECK(config.plugins.drain_timeout == 4s);

    REQUIRE(config.channels.size() == 2);
    const Channel& echo = config.channels[0];
    CHECK(echo.name == "echo");
    CHECK(echo.property == "lakeside");
    CHECK_FALSE(echo.enabled);
    CHECK(echo.options.empty());
    const Channel& sms = config.channels[1];
    CHECK(sms.plugin == "jackgw-sms");
    CHECK(sms.property == "seaside");
    CHECK(sms.enabled);
    CHECK(sms.required);
    CHECK(sms.line == 40);
    REQUIRE(sms.options.size() == 4);  // in the order of their keys
    CHECK(sms.options[0].key == "account_sid");
    CHECK(std::get<std::string>(sms.options[0].value) == "AC1");
    CHECK(sms.options[0].shown == "\"${ACCOUNT}\"");
    CHECK(sms.options[0].line == 46);
    CHECK(std::get<std::int64_t>(sms.options[1].value) == 3);
    CHECK_FALSE(std::get<bool>(sms.options[3].value));
    CHECK(sms.outbox.segments_per_second == 2.0);
    CHECK(sms.outbox.burst == 3);
    CHECK(sms.outbox.retry_delays == std::vector<Duration>{5s, 10500ms});

    CHECK(config.outbox.workers == 4);
    CHECK(config.outbox.default_expiry == 30min);
    CHECK(config.outbox.settle_delay == 1s);
    CHECK(config.log.format == "json");
    CHECK(config.log.level == "debug");
}

TEST_CASE("An empty file means the defaults") {
    const Config config = must_parse("", test::no_environment());
    CHECK(to_string(config.server.listen) == "127.0.0.1:8080");
    CHECK(config.server.public_url.empty());
    CHECK(config.store.file == "/etc/jack/data/jack.db");
    CHECK(config.plugins.directory == "/etc/jack/plugins");
    CHECK(config.outbox.default_expiry == 10h);
    REQUIRE(config.properties.size() == 1);
    CHECK(config.properties[0].id == "main");
    CHECK(config.properties[0].name.empty());
    CHECK(config.properties[0].time_zone == "UTC");
    CHECK(config.channels.empty());
}

TEST_CASE("A channel's outbox has defaults of its own") {
    const Config config = must_parse("[channels.sms]\nplugin = \"jackgw-sms\"\n", test::no_environment());
    REQUIRE(config.channels.size() == 1);
    CHECK(config.channels[0].outbox.segments_per_second == 1.0);
    CHECK(config.channels[0].outbox.burst == 1);
    CHECK(config.channels[0].outbox.retry_delays == std::vector<Duration>{5s, 10s, 20s});
}

TEST_CASE("A sender's own pace falls back on its channel's") {
    const Config config = must_parse(
        "[channels.sms]\nplugin = \"jackgw-sms\"\n"
        "[channels.sms.outbox.senders.\"+18005551234\"]\nsegments_per_second = 3\n"
        "[channels.sms.outbox.senders.Lakeside]\nburst = 7\n"
        "[channels.sms.outbox]\nsegments_per_second = 2\nburst = 5\n",
        test::no_environment());
    const auto& senders = config.channels.at(0).outbox.senders;
    REQUIRE(senders.size() == 2);
    CHECK(senders[0].sender == "+18005551234");
    CHECK(senders[0].segments_per_second == 3.0);
    CHECK(senders[0].burst == 5);
    CHECK(senders[1].sender == "Lakeside");
    CHECK(senders[1].segments_per_second == 2.0);
    CHECK(senders[1].burst == 7);
}

TEST_CASE("A public URL keeps its path and loses trailing slashes") {
    const auto [given, expected] = GENERATE(table<std::string, std::string>({
        {"https://api.example.com", "https://api.example.com"},
        {"https://api.example.com/", "https://api.example.com"},
        {"https://api.example.com:8443/a/b//", "https://api.example.com:8443/a/b"},
        {"http://[::1]:8080/", "http://[::1]:8080"},
    }));
    const Config config = must_parse("server.public_url = \"" + given + "\"", test::no_environment());
    CHECK(config.server.public_url == expected);
}

TEST_CASE("Beyond loopback a token suffices") {
    const Config config = must_parse(
        "[server]\nlisten = \"[::]:80\"\n[[api.tokens]]\nname = \"a\"\nrole = \"admin\"\n"
        "token = \"0123456789abcdef\"\n",
        test::no_environment());
    CHECK(config.server.listen == ListenAddress{"::", 80});
}

TEST_CASE("Files are read, and paths resolve from their folder") {
    const auto folder =
        std::filesystem::temp_directory_path() / ("jackgw-config-" + std::to_string(getpid()));
    std::filesystem::create_directories(folder);
    const auto file = folder / "jack.toml";
    std::ofstream(file) << "[server]\nlisten = \"127.0.0.1:1234\"\n[channels.sms]\nplugin = \"${UNSET}\"\n";

    SECTION("all of it, with its faults") {
        const auto result = load(file, test::no_environment());
        REQUIRE(std::holds_alternative<std::vector<Fault>>(result));
        CHECK(std::get<std::vector<Fault>>(result)[0].file == file);
    }
    SECTION("relative to the working folder") {
        const auto before = std::filesystem::current_path();
        std::filesystem::current_path(folder);
        const auto result = load("jack.toml", test::environment_of({{"UNSET", "jackgw-sms"}}));
        std::filesystem::current_path(before);
        REQUIRE(std::holds_alternative<Config>(result));
        CHECK(std::get<Config>(result).store.file == std::filesystem::canonical(folder) / "data/jack.db");
    }
    SECTION("the server's part alone needs nothing of the rest") {
        const auto result = load_server(file, test::no_environment());
        REQUIRE(std::holds_alternative<Server>(result));
        CHECK(std::get<Server>(result).listen.port == 1234);
    }
    SECTION("a file that is not there") {
        const auto result = load(folder / "none.toml", test::no_environment());
        REQUIRE(std::holds_alternative<std::vector<Fault>>(result));
        CHECK(to_string(std::get<std::vector<Fault>>(result)) ==
              (folder / "none.toml").string() + ": cannot be read: No such file or directory\n");
    }
    SECTION("a folder") {
        const auto result = load_server(folder, test::no_environment());
        REQUIRE(std::holds_alternative<std::vector<Fault>>(result));
        CHECK(to_string(std::get<std::vector<Fault>>(result)) ==
              folder.string() + ": is a folder, not a config file\n");
    }
    std::filesystem::remove_all(folder);
}
