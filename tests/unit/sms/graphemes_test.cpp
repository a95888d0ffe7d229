#include "sms/text/graphemes.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <string>
#include <thread>

using namespace jackgw::sms;

namespace {

constexpr std::size_t any = 1'000'000;

std::vector<std::string> texts(std::string_view text, std::size_t most_units = any) {
    std::vector<std::string> list;
    for (const Grapheme& grapheme : graphemes(text, most_units)) list.emplace_back(grapheme.text);
    return list;
}

}  // namespace

TEST_CASE("A text is taken apart into what a reader takes for characters") {
    const auto [text, expected] = GENERATE(table<std::string, std::vector<std::string>>({
        {"", {}},
        {"ab", {"a", "b"}},
        {"e\u0301a", {"e\u0301", "a"}},
        {"a\r\n\r", {"a", "\r\n", "\r"}},
        {"👨‍👩‍👧👍🏽", {"👨‍👩‍👧", "👍🏽"}},
        {"🇩🇪🇫🇷🇮", {"🇩🇪", "🇫🇷", "🇮"}},
        {"1️⃣2", {"1️⃣", "2"}},
        {"한\u1100\u1161\u11a8가", {"한", "\u1100\u1161\u11a8", "가"}},
        {"\u200b\u0301", {"\u200b", "\u0301"}},
        {"\ufe0fa", {"\ufe0f", "a"}},
        {"a\xff"
         "b",
         {"a", "\xff", "b"}},
    }));
    CHECK(texts(text) == expected);
}

TEST_CASE("Graphemes know their length in UTF-16") {
    const auto [text, units] = GENERATE(table<std::string, std::size_t>({
        {"a", 1},
        {"€", 1},
        {"e\u0301", 2},
        {"🛎", 2},
        {"👍🏽", 4},
        {"👨‍👩‍👧", 8},
        {"🇩🇪", 4},
    }));
    const auto list = graphemes(text, any);
    REQUIRE(list.size() == 1);
    CHECK(list[0].units == units);
}

TEST_CASE("What is too large comes as its code points") {
    CHECK(texts("a👍🏽", 4) == std::vector<std::string>{"a", "👍🏽"});
    CHECK(texts("a👍🏽", 3) == std::vector<std::string>{"a", "👍", "🏽"});
}

TEST_CASE("Many threads take texts apart at once") {
    std::atomic<int> right = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([&, i] {
            const std::string text = std::to_string(i) + "e\u0301👨‍👩‍👧🇩🇪";
            for (int n = 0; n < 100; ++n) right += texts(text).size() == 4 ? 1 : 0;
        });
    }
    for (auto& thread : threads) thread.join();
    CHECK(right == 800);
}
