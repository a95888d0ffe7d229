#include "cli/command_line.h"

#include <catch2/catch.hpp>

using namespace jackgw::cli;

namespace {

using Arguments = std::vector<std::string>;

template <class T>
T parsed(const Arguments& arguments) {
    const auto result = parse_command_line(arguments, "1.2.3");
    if (const auto* notice = std::get_if<Notice>(&result)) FAIL(notice->out << notice->error);
    const auto& command = std::get<Command>(result);
    REQUIRE(std::holds_alternative<T>(command));
    return std::get<T>(command);
}

Notice noticed(const Arguments& arguments) {
    const auto result = parse_command_line(arguments, "1.2.3");
    REQUIRE(std::holds_alternative<Notice>(result));
    return std::get<Notice>(result);
}

}  // namespace

TEST_CASE("Commands on files") {
    CHECK(parsed<Serve>({"serve", "--config", "a b.toml"}).config == "a b.toml");
    CHECK(parsed<Serve>({"serve", "-c", "jack.toml"}).config == "jack.toml");
    CHECK(parsed<Check>({"check", "--config=jack.toml"}).config == "jack.toml");
    CHECK(parsed<PluginCheck>({"plugin", "check", "x.so"}).file == "x.so");
    CHECK(parsed<PluginProbe>({"plugin", "probe", "/p/x.so"}).file == "/p/x.so");
}

TEST_CASE("Client commands say which gateway") {
    CHECK_FALSE(parsed<PluginList>({"plugin", "list"}).target.url);
    CHECK(parsed<PluginList>({"plugin", "list", "--url", "http://h:1"}).target.url == "http://h:1");
    CHECK(parsed<PluginList>({"plugin", "list", "--config", "j.toml"}).target.config == "j.toml");
    const auto test = parsed<PluginTest>({"plugin", "test", "sms", "--url", "http://h:1"});
    CHECK(test.channel == "sms");
    CHECK(test.target.url == "http://h:1");
    CHECK_FALSE(parsed<Reload>({"reload"}).channel);
    const Reload reload = parsed<Reload>({"reload", "sms", "--url", "http://h:1"});
    CHECK(reload.channel == "sms");
    CHECK(reload.target.url == "http://h:1");
}

TEST_CASE("Messages are taken as they are given") {
    const Send plain =
        parsed<Send>({"send", "--channel", "sms", "--to", "+15551234567", "--text", "Hi, you!"});
    CHECK(plain.channel == "sms");
    CHECK(plain.to == "+15551234567");
    CHECK(plain.text == "Hi, you!");
    CHECK(plain.media.empty());
    CHECK_FALSE(plain.priority);
    CHECK_FALSE(plain.from);

    const Send full =
        parsed<Send>({"send", "--channel", "sms", "--to", "+15551234567", "--media", "https://a/1", "--media",
                      "https://a/2", "--priority", "urgent", "--from", "+15550001111"});
    CHECK(full.text.empty());
    CHECK(full.media == Arguments{"https://a/1", "https://a/2"});
    CHECK(full.priority == "urgent");
    CHECK(full.from == "+15550001111");
}

TEST_CASE("Odd texts reach the message unharmed") {
    const std::string text = GENERATE(as<std::string>{}, "{}", "[]", "[a,b]", "%%", "a,b", "\"quoted\"",
                                      "'x'", "a b\nc", "\xc3\xa4", "-5 degrees", "--to", "=x", "#1");
    CAPTURE(text);
    CHECK(parsed<Send>({"send", "--channel", "c", "--to", "t", "--text=" + text}).text == text);
}

TEST_CASE("Wrong usage ends with 2 and says why") {
    struct Row {
        Arguments arguments;
        std::string expected;
    };
    const auto row = GENERATE(values<Row>({
        {{}, "A subcommand is required"},
        {{"servee"}, "unknown command \"servee\"; did you mean \"serve\"?"},
        {{"serve"}, "--config is required"},
        {{"serve", "--config"}, "--config"},
        {{"serve", "--config", "a", "b"}, "The following argument was not expected: b"},
        {{"serve", "--config", "a", "--port", "1"}, "--port"},
        {{"check"}, "--config is required"},
        {{"plugin"}, "A subcommand is required"},
        {{"store"}, "unknown command \"store\"\n"},
        {{"plugin", "lsit"}, "unknown command \"lsit\"; did you mean \"list\"?"},
        {{"plugin", "check"}, "FILE is required"},
        {{"plugin", "test"}, "CHANNEL is required"},
        {{"plugin", "list", "--url", "a", "--config", "b"}, "excludes"},
        {{"reload", "a", "b"}, "not expected: b"},
        {{"send", "--channel", "sms", "--text", "x"}, "--to is required"},
        {{"send", "--to", "x", "--text", "x"}, "--channel is required"},
        {{"send", "--channel", "sms", "--to", "x"}, "send needs --text or --media"},
        {{"send", "--channel", "sms", "--to", "x", "--text", "x", "--priority", "now"}, "--priority"},
    }));
    const Notice notice = noticed(row.arguments);
    CHECK(notice.exit_code == 2);
    CHECK(notice.out.empty());
    CHECK_THAT(notice.error, Catch::Contains(row.expected));
    CHECK_THAT(notice.error, Catch::Contains("--help"));
}

TEST_CASE("Help explains, with examples, and ends with 0") {
    const auto [arguments, expected] = GENERATE(table<Arguments, std::string>({
        {{"--help"}, "jack-gateway serve --config jack.toml"},
        {{"-h"}, "JACKGW_API_TOKEN"},
        {{"--help"}, "Exit codes: 0 done, 1 failed, 2 wrong usage or config."},
        {{"serve", "--help"}, "--config FILE"},
        {{"send", "--help"}, "--text \"Your room is ready\""},
        {{"plugin", "--help"}, "plugin list --url"},
        {{"plugin", "list", "--help"}, "--url URL"},
        {{"reload", "--help"}, "every enabled one"},
    }));
    const Notice notice = noticed(arguments);
    CHECK(notice.exit_code == 0);
    CHECK(notice.error.empty());
    CHECK_THAT(notice.out, Catch::Contains(expected));
}

TEST_CASE("The version is told") {
    const Notice notice = noticed({"--version"});
    CHECK(notice.exit_code == 0);
    CHECK(notice.out == "jack-gateway 1.2.3\n");
}
