#include "plugins/loading/option_table.h"

#include <array>
#include <catch2/catch.hpp>

#include "plugins/loading/plugin_error.h"

using namespace jackgw;

namespace {

jackgw_option option(const char* key, std::int32_t type = JACKGW_OPTION_STRING) {
    jackgw_option result{};
    result.key = {key, std::char_traits<char>::length(key)};
    result.type = type;
    return result;
}

}  // namespace

TEST_CASE("A plugin's table becomes the configuration's values") {
    jackgw_option token = option("auth_token");
    token.flags = JACKGW_OPTION_REQUIRED | JACKGW_OPTION_SECRET;
    token.pattern = JACKGW_STR("^.{32}$");
    token.env = JACKGW_STR("AUTH_TOKEN");
    jackgw_option count = option("count", JACKGW_OPTION_INTEGER);
    count.minimum = 1;
    count.maximum = 9;
    count.default_value = JACKGW_STR("3");
    const std::array options{token, count};
    const auto specs = plugins::read_option_table({options.data(), 2, sizeof(jackgw_option)});
    REQUIRE(specs.size() == 2);
    CHECK(specs[0].key == "auth_token");
    CHECK(specs[0].required);
    CHECK(specs[0].secret);
    CHECK(specs[0].pattern == "^.{32}$");
    CHECK(specs[0].env == "AUTH_TOKEN");
    CHECK(specs[1].type == config::OptionType::integer);
    CHECK(specs[1].default_value == "3");
    CHECK(specs[1].maximum == 9);
}

TEST_CASE("The items of a later version may be longer") {
    struct Longer {
        jackgw_option option;
        std::int64_t added;
    };
    const std::array<Longer, 2> options{{{option("one"), 1}, {option("two"), 2}}};
    const auto specs = plugins::read_option_table({&options[0].option, 2, sizeof(Longer)});
    REQUIRE(specs.size() == 2);
    CHECK(specs[1].key == "two");
}

TEST_CASE("A key with brackets is a column of a list of tables") {
    jackgw_option sender = option("senders[].sender");
    sender.flags = JACKGW_OPTION_REQUIRED;
    const std::array options{option("title"), sender, option("senders[].title")};
    const auto specs = plugins::read_option_table({options.data(), 3, sizeof(jackgw_option)});
    REQUIRE(specs.size() == 3);
    CHECK(specs[0].list.empty());
    CHECK(specs[1].list == "senders");
    CHECK(specs[1].key == "sender");
    CHECK(config::declared_key(specs[1]) == "senders[].sender");
    CHECK(specs[2].key == "title");
}

TEST_CASE("A malformed table is refused") {
    const std::array twice{option("one"), option("one")};
    CHECK_THROWS_WITH(plugins::read_option_table({twice.data(), 2, sizeof(jackgw_option)}),
                      Catch::Contains("repeated"));
    const auto unnamed = option("");
    CHECK_THROWS_AS(plugins::read_option_table({&unnamed, 1, sizeof(jackgw_option)}), plugins::PluginError);
    const auto strange = option("strange", 99);
    CHECK_THROWS_WITH(plugins::read_option_table({&strange, 1, sizeof(jackgw_option)}),
                      Catch::Contains("99"));
    jackgw_option broken = option("broken");
    broken.pattern = JACKGW_STR("([");
    CHECK_THROWS_WITH(plugins::read_option_table({&broken, 1, sizeof(jackgw_option)}),
                      Catch::Contains("broken"));
}

TEST_CASE("A malformed key is refused by its name") {
    const auto key =
        GENERATE("", "[].sender", "senders[].", "senders[]", "senders.sender", "senders[0].sender",
                 "senders[].a[].b", "Senders[].sender", "senders[].Sender", "sen ders", "1st");
    CAPTURE(key);
    jackgw_option malformed = option(key);
    malformed.flags = JACKGW_OPTION_REQUIRED;
    CHECK_THROWS_WITH(plugins::read_option_table({&malformed, 1, sizeof(jackgw_option)}),
                      Catch::Contains("malformed key '" + std::string(key) + "'"));
}

TEST_CASE("A list of tables must be such that its rows can be told") {
    jackgw_option sender = option("senders[].sender");
    SECTION("without a required column") {
        CHECK_THROWS_WITH(plugins::read_option_table({&sender, 1, sizeof(jackgw_option)}),
                          Catch::Contains("senders[]") && Catch::Contains("no required column"));
    }
    sender.flags = JACKGW_OPTION_REQUIRED;
    SECTION("a column repeated") {
        const std::array options{sender, sender};
        CHECK_THROWS_WITH(plugins::read_option_table({options.data(), 2, sizeof(jackgw_option)}),
                          Catch::Contains("senders[].sender") && Catch::Contains("repeated"));
    }
    SECTION("an option of the list's name") {
        const std::array options{sender, option("senders")};
        CHECK_THROWS_WITH(plugins::read_option_table({options.data(), 2, sizeof(jackgw_option)}),
                          Catch::Contains("option senders is declared as a list"));
    }
    SECTION("a column with a variable") {
        sender.env = JACKGW_STR("SENDER");
        CHECK_THROWS_WITH(plugins::read_option_table({&sender, 1, sizeof(jackgw_option)}),
                          Catch::Contains("senders[].sender") && Catch::Contains("SENDER"));
    }
}
