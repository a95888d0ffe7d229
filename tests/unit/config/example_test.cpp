#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <regex>
#include <sstream>

#include "config/schema.h"
#include "support.h"

using namespace jackgw::config;

namespace {

/// A key of the example: as it is set, or as it stands in a comment.
struct Line {
    std::string value;
    bool commented;
};

std::string read_example() {
    std::ostringstream text;
    text << std::ifstream(CONFIG_EXAMPLE).rdbuf();
    REQUIRE_FALSE(text.str().empty());
    return text.str();
}

/// The example's keys by table and key, such as "[server] listen".
std::map<std::string, std::vector<Line>> lines_of(const std::string& example) {
    static const std::regex header(R"(^(?:# )?(\[.*\])$)");
    static const std::regex key(R"(^(# )?([a-z_]+) = ("[^"]*"|\[[^\]]*\]|[^ ]+).*$)");
    std::map<std::string, std::vector<Line>> lines;
    std::istringstream in(example);
    std::string table;
    std::smatch match;
    for (std::string line; std::getline(in, line);) {
        if (std::regex_match(line, match, header)) {
            table = match.str(1);
        } else if (std::regex_match(line, match, key)) {
            lines[table + " " + match.str(2)].push_back({match.str(3), match[1].matched});
        }
    }
    return lines;
}

Environment example_environment() {
    return test::environment_of({{"JACKGW_ADMIN_TOKEN", "0123456789abcdef-admin"},
                                 {"JACKGW_AI_TOKEN", "0123456789abcdef-ai"},
                                 {"TWILIO_ACCOUNT_SID", "AC1"},
                                 {"TWILIO_AUTH_TOKEN", "token"},
                                 {"TWILIO_PHONE_NUMBER", "+15551234567"},
                                 {"TWILIO_MESSAGING_SERVICE_SID", "MG1"},
                                 {"TWILIO_STATUS_CALLBACK_URL", "https://sms.example-hotel.com/status"},
                                 {"TWILIO_AUTH_TOKEN_2", "token 2"},
                                 {"TWILIO_API_KEY_SECRET", "secret"},
                                 {"LAKESIDE_ACCOUNT_SID", "AC2"},
                                 {"LAKESIDE_AUTH_TOKEN", "token 3"},
                                 {"LAKESIDE_AUTH_TOKEN_2", "token 4"},
                                 {"LAKESIDE_API_KEY_SECRET", "secret 2"}});
}

}  // namespace

TEST_CASE("The example config is accepted as it stands") {
    const auto result =
        load(CONFIG_EXAMPLE, test::environment_of({{"JACKGW_ADMIN_TOKEN", "0123456789abcdef-admin"},
                                                   {"JACKGW_AI_TOKEN", "0123456789abcdef-ai"}}));
    if (const auto* faults = std::get_if<std::vector<Fault>>(&result)) FAIL(to_string(*faults));
    const auto& config = std::get<Config>(result);
    CHECK(config.server.public_url == "https://sms.example-hotel.com");
    REQUIRE(config.api_tokens.size() == 2);
    CHECK(config.api_tokens[0].role == "admin");
    CHECK(config.api_tokens[1].role == "agent");
    REQUIRE(config.properties.size() == 1);
    CHECK(config.properties[0].name == "Hotel Example");
    REQUIRE(config.channels.size() == 1);
    CHECK(config.channels[0].property == "main");
    CHECK(config.channels[0].plugin == "jackgw-sms");
    CHECK(config.channels[0].options.empty());
}

TEST_CASE("The example config needs the variables that it names") {
    const auto result = load(CONFIG_EXAMPLE, test::no_environment());
    const auto* faults = std::get_if<std::vector<Fault>>(&result);
    REQUIRE(faults != nullptr);
    CHECK(faults->size() == 2);
}

TEST_CASE("The example config is accepted with all its comments taken away") {
    const std::string example = read_example();
    std::istringstream in(example);
    std::string bare;
    static const std::regex commented(R"(^# (\[.*\]|[a-z_]+ = .*)$)");
    for (std::string line; std::getline(in, line);) bare += std::regex_replace(line, commented, "$1") + "\n";
    REQUIRE(bare != example);

    const auto result = parse(bare, "jack.toml", example_environment());
    if (const auto* faults = std::get_if<std::vector<Fault>>(&result)) FAIL(to_string(*faults));
    CHECK(std::get<Config>(result).api_tokens.at(1).properties == std::vector<std::string>{"main"});
    const Channel& sms = std::get<Config>(result).channels[0];
    CHECK(std::ranges::count(sms.options, "auth_token", &RawOption::key) == 1);
    CHECK(sms.option_lists.size() == 2);
    CHECK(sms.outbox.senders.size() == 1);
}

TEST_CASE("The example config shows every key, and in comments its default") {
    const auto lines = lines_of(read_example());
    make_schema().visit([&](const auto& section) {
        std::string header = section.header;
        const std::pair<std::string, std::string> names[] = {{"properties.NAME", "properties.main"},
                                                             {"channels.NAME", "channels.sms"},
                                                             {"SENDER", "\"+18005551234\""}};
        for (const auto& [name, shown] : names)
            if (const auto at = header.find(name); at != std::string::npos)
                header.replace(at, name.size(), shown);
        for (const auto& key : section.keys) {
            CAPTURE(header, key.name);
            const auto found = lines.find(header + " " + key.name);
            REQUIRE(found != lines.end());
            for (const Line& line : found->second)
                if (line.commented && !key.default_text.empty()) CHECK(line.value == key.default_text);
        }
    });
}
