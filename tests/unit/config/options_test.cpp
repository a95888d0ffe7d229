#include "config/options.h"

#include <catch2/catch.hpp>

#include "support.h"

using namespace jackgw::config;

namespace {

const std::string account = "AC0123456789abcdef0123456789ABCDEF";
const std::string auth_token = "fedcba9876543210fedcba9876543210";

std::vector<OptionSpec> specs() {
    return {
        {"account_sid", OptionType::string, true, false, "^AC[0-9a-fA-F]{32}$", "", "ACCOUNT_SID", "account",
         0, 0},
        {"auth_token", OptionType::string, true, true, "[0-9a-f]{32}", "", "AUTH_TOKEN", "32 characters", 0,
         0},
        {"callback_url", OptionType::url, false, false, "", "", "CALLBACK_URL", "", 0, 0},
        {"base_url", OptionType::url, false, false, "", "https://api.example.com", "", "", 0, 0},
        {"attempts", OptionType::integer, false, false, "", "3", "ATTEMPTS", "", 1, 9},
        {"offset", OptionType::integer, false, false, "", "", "", "", 0, 0},
        {"verbose", OptionType::boolean, false, false, "", "false", "VERBOSE", "", 0, 0},
    };
}

Channel channel_of(std::vector<RawOption> options) {
    Channel channel;
    channel.name = "sms";
    channel.line = 10;
    channel.options = std::move(options);
    return channel;
}

RawOption raw(std::string key, std::variant<std::string, std::int64_t, bool> value, int line = 20) {
    std::string text = "<" + key + ">";
    return {std::move(key), std::move(value), std::move(text), line};
}

std::vector<RawOption> with_required(std::vector<RawOption> more) {
    more.push_back(raw("account_sid", account));
    more.push_back(raw("auth_token", auth_token));
    return more;
}

std::map<std::string, std::string> resolved(const Channel& channel, const Environment& environment) {
    const auto result = resolve_options(specs(), channel, "jack.toml", environment);
    if (const auto* faults = std::get_if<std::vector<Fault>>(&result)) FAIL(to_string(*faults));
    std::map<std::string, std::string> values;
    for (const Option& option : std::get<std::vector<Option>>(result)) values[option.key] = option.value;
    return values;
}

std::string faults_of(const Channel& channel, const Environment& environment = test::no_environment()) {
    const auto result = resolve_options(specs(), channel, "jack.toml", environment);
    const auto* faults = std::get_if<std::vector<Fault>>(&result);
    return faults != nullptr ? to_string(*faults) : "";
}

}  // namespace

TEST_CASE("A value comes from the file, else the environment, else the default") {
    const auto environment = test::environment_of({{"ACCOUNT_SID", account},
                                                   {"AUTH_TOKEN", auth_token},
                                                   {"ATTEMPTS", "5"},
                                                   {"VERBOSE", ""},
                                                   {"CALLBACK_URL", "https://env.example.com"}});
    SECTION("environment and default") {
        CHECK(resolved(channel_of({}), environment) ==
              std::map<std::string, std::string>{{"account_sid", account},
                                                 {"auth_token", auth_token},
                                                 {"attempts", "5"},
                                                 {"base_url", "https://api.example.com"},
                                                 {"callback_url", "https://env.example.com"},
                                                 {"verbose", "false"}});
    }
    SECTION("the file beats both, and an empty text means none") {
        const auto values = resolved(channel_of({raw("attempts", std::int64_t{7}), raw("verbose", true),
                                                 raw("callback_url", ""), raw("offset", "-12")}),
                                     environment);
        CHECK(values.at("attempts") == "7");
        CHECK(values.at("verbose") == "true");
        CHECK(values.at("offset") == "-12");
        CHECK(values.count("callback_url") == 0);
    }
}

TEST_CASE("Options come in the order of the plugin's table, secrets marked") {
    const auto result =
        resolve_options(specs(), channel_of(with_required({})), "jack.toml", test::no_environment());
    REQUIRE(std::holds_alternative<std::vector<Option>>(result));
    const auto& options = std::get<std::vector<Option>>(result);
    REQUIRE(options.size() == 5);
    CHECK(options[0].key == "account_sid");
    CHECK(shown(options[0]) == "\"" + account + "\"");
    CHECK(options[1].key == "auth_token");
    CHECK(options[1].secret);
    CHECK(shown(options[1]) == "(hidden, 32 characters)");
    CHECK(options[2].key == "base_url");
    CHECK(secrets_of(options) == std::vector<std::string>{auth_token});
}

TEST_CASE("What an option does not allow is a fault") {
    struct Row {
        RawOption option;
        std::string expected;
    };
    const std::string head = "jack.toml:20: channels.sms.options.";
    const auto row = GENERATE_COPY(values<Row>({
        {raw("attempts", std::int64_t{10}), "attempts = <attempts>: must be an integer from 1 to 9"},
        {raw("attempts", "two"), "attempts = <attempts>: must be an integer from 1 to 9"},
        {raw("attempts", "5 "), "attempts = <attempts>: must be an integer from 1 to 9"},
        {raw("attempts", true), "attempts = <attempts>: must be an integer from 1 to 9"},
        {raw("offset", "99999999999999999999"), "offset = <offset>: must be an integer"},
        {raw("verbose", "yes"), "verbose = <verbose>: must be true or false"},
        {raw("verbose", std::int64_t{1}), "verbose = <verbose>: must be true or false"},
        {raw("base_url", "api.example.com"), "base_url = <base_url>: must be an absolute http or https URL"},
        {raw("base_url", "https://" + std::string(3000, 'x')),
         "base_url = <base_url>: must be at most 2048 bytes"},
        {raw("atempts", std::int64_t{1}), "atempts: unknown key; did you mean \"attempts\"?"},
        {raw("colour", "red"),
         "colour: unknown key; allowed here: account_sid, auth_token, callback_url, base_url, "
         "attempts, offset, verbose"},
    }));
    CHECK(faults_of(channel_of(with_required({row.option}))) == head + row.expected + "\n");
}

TEST_CASE("Required options, patterns and secrets: all faults at once") {
    SECTION("missing everywhere") {
        CHECK(faults_of(channel_of({})) ==
              "jack.toml:10: channels.sms.options.account_sid: is missing; set it here or in the environment "
              "variable ACCOUNT_SID (account)\n"
              "jack.toml:10: channels.sms.options.auth_token: is missing; set it here or in the environment "
              "variable AUTH_TOKEN (32 characters)\n");
    }
    SECTION("emptied in the file") {
        CHECK(faults_of(channel_of({raw("account_sid", account), raw("auth_token", "")}),
                        test::environment_of({{"AUTH_TOKEN", auth_token}})) ==
              "jack.toml:20: channels.sms.options.auth_token: is missing; set it here or in the environment "
              "variable AUTH_TOKEN (32 characters)\n");
    }
    SECTION("a pattern matches the whole value") {
        CHECK(
            faults_of(channel_of({raw("account_sid", account + "0"), raw("auth_token", "x" + auth_token)})) ==
            "jack.toml:20: channels.sms.options.account_sid = <account_sid>: must match ^AC[0-9a-fA-F]{32}$ "
            "(account)\n"
            "jack.toml:20: channels.sms.options.auth_token = (hidden, 33 characters): must match "
            "[0-9a-f]{32} "
            "(32 characters)\n");
    }
    SECTION("from the environment, which is named") {
        CHECK(faults_of(channel_of({}),
                        test::environment_of(
                            {{"ACCOUNT_SID", "AC1"}, {"AUTH_TOKEN", "geheim"}, {"ATTEMPTS", "0"}})) ==
              "jack.toml:10: channels.sms.options.account_sid = \"AC1\" (from the environment variable "
              "ACCOUNT_SID): must match ^AC[0-9a-fA-F]{32}$ (account)\n"
              "jack.toml:10: channels.sms.options.auth_token = (hidden, 6 characters) (from the environment "
              "variable AUTH_TOKEN): must match [0-9a-f]{32} (32 characters)\n"
              "jack.toml:10: channels.sms.options.attempts = \"0\" (from the environment variable ATTEMPTS): "
              "must "
              "be an integer from 1 to 9\n");
    }
    SECTION("a number where a secret text belongs") {
        CHECK(
            faults_of(channel_of({raw("account_sid", account), raw("auth_token", std::int64_t{1234567})})) ==
            "jack.toml:20: channels.sms.options.auth_token = (hidden): must be a string in quotes\n");
    }
    SECTION("NUL and malformed UTF-8") {
        CHECK(
            faults_of(channel_of({raw("account_sid", account), raw("auth_token", std::string("a\0b", 3))})) ==
            "jack.toml:20: channels.sms.options.auth_token = (hidden, 3 characters): must be valid UTF-8 "
            "without "
            "NUL (32 characters)\n");
    }
}

TEST_CASE("A plugin's malformed pattern is told, not thrown") {
    const std::vector<OptionSpec> broken{{"key", OptionType::string, false, false, "[", "", "", "", 0, 0}};
    const auto result =
        resolve_options(broken, channel_of({raw("key", "x")}), "jack.toml", test::no_environment());
    REQUIRE(std::holds_alternative<std::vector<Fault>>(result));
    CHECK(to_string(std::get<std::vector<Fault>>(result)) ==
          "jack.toml:20: channels.sms.options.key = <key>: cannot be checked: the plugin declares the "
          "malformed "
          "pattern \"[\"\n");
}
