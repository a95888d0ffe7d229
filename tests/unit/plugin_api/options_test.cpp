#include <jackgw/cpp/options.h>

#include <catch2/catch.hpp>

using namespace jackgw;
using plugin::pair;

TEST_CASE("Pairs with an index are the rows of a list") {
    const std::vector<jackgw_pair> given{
        pair("sender", "none"),          pair("senders[0].sender", "+1"), pair("senders[0].token", "geheim"),
        pair("senders[1].sender", "+2"), pair("senders_[0].sender", "x"), pair("last", "true")};
    const auto rows = plugin::option_rows(plugin::pairs(given), "senders");
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].value("sender") == "+1");
    CHECK(rows[0].value("token") == "geheim");
    CHECK(rows[1].find("sender") == "+2");
    CHECK_FALSE(rows[1].find("token"));
    CHECK(rows[1].value("token").empty());
}

TEST_CASE("No pairs of a list, no rows") {
    const std::vector<jackgw_pair> given{pair("senders", "x"), pair("senders[", "x"),
                                         pair("senders[x].a", "x"), pair("senders[0]a", "x"),
                                         pair("senders[1].a", "x")};
    CHECK(plugin::option_rows(plugin::pairs(given), "senders").empty());
    CHECK(plugin::option_rows({}, "senders").empty());
}

TEST_CASE("More than nine rows are told apart") {
    std::vector<std::string> keys;
    for (int i = 0; i < 12; ++i) keys.push_back("list[" + std::to_string(i) + "].n");
    std::vector<jackgw_pair> given;
    for (const std::string& key : keys) given.push_back(pair(key, key));
    const auto rows = plugin::option_rows(plugin::pairs(given), "list");
    REQUIRE(rows.size() == 12);
    CHECK(rows[11].value("n") == "list[11].n");
}
