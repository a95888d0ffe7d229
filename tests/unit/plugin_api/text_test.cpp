#include <jackgw/cpp/text.h>

#include <array>
#include <catch2/catch.hpp>

using namespace jackgw::plugin;

TEST_CASE("Views keep bytes and length, and nothing is nothing") {
    const std::string with_nul("a\0b", 3);
    CHECK(view(str(with_nul)) == with_nul);
    CHECK(view(jackgw_str{nullptr, 0}).empty());
    CHECK(view(jackgw_strs{nullptr, 0}).empty());
    CHECK(view(jackgw_pairs{nullptr, 0}).empty());
}

TEST_CASE("Lists are borrowed in order") {
    const std::vector<std::string> texts{"a", "", "c"};
    const auto items = views(texts);
    const auto list = view(strs(items));
    REQUIRE(list.size() == 3);
    CHECK(view(list[0]) == "a");
    CHECK(view(list[1]).empty());
    CHECK(list[2].data == texts[2].data());
}

TEST_CASE("Names of pairs count with case, names of headers without") {
    const std::array items{pair("Name", "1"), pair("name", "2"), pair("NAME", "3")};
    const jackgw_pairs list = pairs(items);
    CHECK(find(list, "name") == "2");
    CHECK(find_header(list, "nAmE") == "1");
    CHECK_FALSE(find(list, "nam"));
    CHECK_FALSE(find_header(list, "names"));
}

TEST_CASE("A sink gathers the pieces of one text") {
    TextSink sink;
    put(sink.sink(), "what");
    put(sink.sink(), "");
    put(sink.sink(), " and why");
    CHECK(sink.text() == "what and why");
    put(jackgw_sink{nullptr, nullptr}, "nobody wants it");
}
