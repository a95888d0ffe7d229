// Lists of tables among a channel's options, from the text of the file to what the plugin gets.
#include <catch2/catch.hpp>
#include <utility>

#include "config/options.h"
#include "support.h"

using namespace jackgw::config;

namespace {

const std::string head =
    "[channels.sms]\n"
    "plugin = \"p\"\n"
    "[channels.sms.options]\n";

OptionSpec column(OptionSpec spec) {
    spec.list = "senders";
    return spec;
}

std::vector<OptionSpec> specs() {
    return {
        {"title", OptionType::string, false, false, "", "", "", "", 0, 0},
        column({"sender", OptionType::string, true, false, "\\+\\d+", "", "", "a number", 0, 0}),
        column({"token", OptionType::string, false, true, "", "", "", "", 0, 0}),
        column({"rate", OptionType::integer, false, false, "", "3", "", "", 1, 9}),
        {"last", OptionType::boolean, false, false, "", "", "", "", 0, 0},
    };
}

std::variant<std::vector<Option>, std::vector<Fault>> resolve(
    const std::string& text, const Environment& environment = test::no_environment()) {
    auto parsed = parse(head + text, "jack.toml", environment);
    if (auto* faults = std::get_if<std::vector<Fault>>(&parsed)) return std::move(*faults);
    return resolve_options(specs(), std::get<Config>(parsed).channels.at(0), "jack.toml", environment);
}

std::vector<Option> options_of(const std::string& text,
                               const Environment& environment = test::no_environment()) {
    auto resolved = resolve(text, environment);
    if (auto* faults = std::get_if<std::vector<Fault>>(&resolved)) FAIL(to_string(*faults));
    return std::get<std::vector<Option>>(std::move(resolved));
}

std::string faults_of(const std::string& text) {
    const auto resolved = resolve(text);
    const auto* faults = std::get_if<std::vector<Fault>>(&resolved);
    return faults != nullptr ? to_string(*faults) : "";
}

std::vector<std::pair<std::string, std::string>> values(const std::vector<Option>& options) {
    std::vector<std::pair<std::string, std::string>> all;
    for (const Option& option : options) all.emplace_back(option.key, option.value);
    return all;
}

}  // namespace

TEST_CASE("Rows are handed over one by one, where the list's first column stands") {
    const auto options = options_of(
        "last = true\n"
        "title = \"t\"\n"
        "[[channels.sms.options.senders]]\n"
        "rate = 7\n"
        "sender = \"+1\"\n"
        "[[channels.sms.options.senders]]\n"
        "sender = \"+2\"\n"
        "token = \"${TOKEN}\"\n",
        test::environment_of({{"TOKEN", "geheim"}}));
    CHECK(values(options) == std::vector<std::pair<std::string, std::string>>{{"title", "t"},
                                                                              {"senders[0].sender", "+1"},
                                                                              {"senders[0].rate", "7"},
                                                                              {"senders[1].sender", "+2"},
                                                                              {"senders[1].token", "geheim"},
                                                                              {"senders[1].rate", "3"},
                                                                              {"last", "true"}});
    CHECK(secrets_of(options) == std::vector<std::string>{"geheim"});
    CHECK(options[1].name == "senders[1].sender");
    CHECK(options[4].name == "senders[2].token");
    CHECK(shown(options[4]) == "(hidden, 6 characters)");
}

TEST_CASE("A list may be written in one line, be empty or be missing") {
    CHECK(values(options_of("senders = [{sender = \"+1\", rate = 1}]")) ==
          std::vector<std::pair<std::string, std::string>>{{"senders[0].sender", "+1"},
                                                           {"senders[0].rate", "1"}});
    CHECK(options_of("senders = []").empty());
    CHECK(options_of("").empty());
}

TEST_CASE("What a row does not allow is a fault with its line, its row counted from one") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"[[channels.sms.options.senders]]\nrate = 1",
         "4: channels.sms.options.senders[1].sender: is missing; set it here (a number)"},
        {"[[channels.sms.options.senders]]\nsender = \"\"",
         "5: channels.sms.options.senders[1].sender: is missing; set it here (a number)"},
        {"[[channels.sms.options.senders]]\nsender = \"1\"",
         "5: channels.sms.options.senders[1].sender = \"1\": must match \\+\\d+ (a number)"},
        {"[[channels.sms.options.senders]]\nsender = \"+1\"\nrate = 10",
         "6: channels.sms.options.senders[1].rate = 10: must be an integer from 1 to 9"},
        {"[[channels.sms.options.senders]]\nsender = \"+1\"\ntoken = 1234567",
         "6: channels.sms.options.senders[1].token = (hidden): must be a string in quotes"},
        {"[[channels.sms.options.senders]]\nsender = \"+1\"\ntokn = \"geheim\"",
         "6: channels.sms.options.senders[1].tokn: unknown key; did you mean \"token\"?"},
        {"[[channels.sms.options.senders]]\nsender = \"+1\"\ntitle = \"t\"",
         "6: channels.sms.options.senders[1].title: unknown key; allowed here: sender, token, rate"},
        {"[[channels.sms.options.senders]]\nsender = [\"+1\"]",
         "5: channels.sms.options.senders[1].sender: must be a string, an integer, true or false"},
        {"[[channels.sms.options.senders]]\nsender = \"${NUMBER}\"",
         "5: channels.sms.options.senders[1].sender = \"${NUMBER}\": the environment variable NUMBER is not "
         "set"},
        {"[[channels.sms.options.sender]]\nsender = \"+1\"",
         "4: channels.sms.options.sender: unknown key; did you mean \"senders\"?"},
        {"[channels.sms.options.senders]\nsender = \"+1\"",
         "4: channels.sms.options.senders: must be a string, an integer, true or false, or a list of tables, "
         "each written [[channels.sms.options.senders]]"},
        {"senders = \"+1\"",
         "4: channels.sms.options.senders = \"+1\": must be a list of tables, each written "
         "[[channels.sms.options.senders]]"},
        {"senders = [\"+1\"]",
         "4: channels.sms.options.senders: must be a string, an integer, true or false, or a list of tables, "
         "each written [[channels.sms.options.senders]]"},
        {"[[channels.sms.options.title]]\nx = 1",
         "4: channels.sms.options.title: must be a string in quotes"},
    }));
    CAPTURE(text);
    CHECK(faults_of(text) == std::string("jack.toml:").append(expected).append("\n"));
}

TEST_CASE("The faults of all rows come at once") {
    CHECK(faults_of("[[channels.sms.options.senders]]\n"
                    "sender = \"1\"\n"
                    "rate = 0\n"
                    "[[channels.sms.options.senders]]\n"
                    "token = \"geheim\"\n"
                    "colour = \"red\"\n") ==
          "jack.toml:5: channels.sms.options.senders[1].sender = \"1\": must match \\+\\d+ (a number)\n"
          "jack.toml:6: channels.sms.options.senders[1].rate = 0: must be an integer from 1 to 9\n"
          "jack.toml:7: channels.sms.options.senders[2].sender: is missing; set it here (a number)\n"
          "jack.toml:9: channels.sms.options.senders[2].colour: unknown key; allowed here: sender, token, "
          "rate\n");
}
