#include "conversations/records/json_object.h"

#include <catch2/catch.hpp>

using namespace jackgw;
using jackgw::conversations::JsonObject;
using namespace std::string_literals;

TEST_CASE("An object lists its members in the order in which they were added") {
    CHECK(JsonObject{}.text() == "{}");
    CHECK(JsonObject{}.add("b", "x").add("a", std::int64_t{-7}).text() == R"({"b":"x","a":-7})");
    CHECK(JsonObject{}.add_if_set("a", "").add_if_set("b", "x").text() == R"({"b":"x"})");
}

TEST_CASE("Lists and pairs keep their order and their repetitions") {
    CHECK(JsonObject{}.add("l", std::vector<std::string>{}).text() == R"({"l":[]})");
    CHECK(JsonObject{}.add("l", std::vector<std::string>{"b", "a"}).text() == R"({"l":["b","a"]})");
    CHECK(JsonObject{}.add("p", NameValues{}).text() == R"({"p":[]})");
    CHECK(JsonObject{}.add("p", NameValues{{"n", "1"}, {"n", "0"}}).text() ==
          R"({"p":[["n","1"],["n","0"]]})");
}

TEST_CASE("Any text becomes a JSON string") {
    const auto [text, json] = GENERATE(table<std::string, std::string>({
        {"", R"("")"},
        {"a\"b\\c", R"("a\"b\\c")"},
        {"line\nbreak\ttab", R"("line\nbreak\ttab")"},
        {"\x01\x1f", R"("\u0001\u001F")"},
        {"Zo\xc3\xab \xf0\x9f\x98\x80", "\"Zo\xc3\xab \xf0\x9f\x98\x80\""},
        {"bad \xff!", "\"bad \xef\xbf\xbd!\""},
        {"nul \0!"s, "\"nul \xef\xbf\xbd!\""},
    }));
    CHECK(JsonObject{}.add("t", text).text() == "{\"t\":" + json + "}");
}
