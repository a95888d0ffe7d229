#include "sms/text/long_text.h"

#include <catch2/catch.hpp>
#include <random>

#include "sms/text/graphemes.h"
#include "sms/text/utf8.h"

using namespace jackgw::sms;

namespace {

std::string repeat(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

const std::string family = "👨‍👩‍👧";  // 8 units

std::string without_number(std::string_view piece) {
    return std::string(piece.substr(piece.find(") ") + 2));
}

}  // namespace

TEST_CASE("A text is cut so that it fits with the dots behind it") {
    const auto [text, cut_text] = GENERATE(table<std::string, std::string>({
        {repeat("a", 101), repeat("a", 97) + "..."},
        {repeat("🛎", 51), repeat("🛎", 48) + "..."},  // 96 units: half of a character is none
        {repeat("a", 96) + family + "aaaa", repeat("a", 96) + "..."},
        {repeat("a", 89) + family + "aaaa", repeat("a", 89) + family + "..."},
        {repeat("a", 96) + "\r\n" + repeat("a", 9), repeat("a", 96) + "..."},
        {"a" + repeat("\u0301", 200), "a" + repeat("\u0301", 96) + "..."},
    }));
    const std::string cut = truncate(text, 100);
    CHECK(cut == cut_text);
    CHECK(utf16_length(cut) <= 100);
}

TEST_CASE("A text is split into numbered pieces") {
    CHECK(split_numbered(repeat("a", 150), 100) ==
          std::vector<std::string>{"(1/2) " + repeat("a", 94), "(2/2) " + repeat("a", 56)});
}

TEST_CASE("A piece ends behind a white space in its second half, if there is one") {
    const auto [text, first] = GENERATE(table<std::string, std::string>({
        {repeat("a", 60) + " " + repeat("b", 60), repeat("a", 60) + " "},
        {repeat("a", 60) + "\r\n" + repeat("b", 60), repeat("a", 60) + "\r\n"},
        {repeat("a", 60) + "\u3000" + repeat("b", 60), repeat("a", 60) + "\u3000"},
        {repeat("a", 93) + " " + repeat("b", 60), repeat("a", 93) + " "},
        {repeat("a", 60) + " bb " + repeat("b", 60), repeat("a", 60) + " bb "},
        {repeat("a", 60) + "\u00a0" + repeat("b", 60), repeat("a", 60) + "\u00a0" + repeat("b", 33)},
        {repeat("a", 40) + " " + repeat("b", 90), repeat("a", 40) + " " + repeat("b", 53)},
        {repeat("a", 90) + family + repeat("b", 40), repeat("a", 90)},
        {"a" + repeat("\u0301", 150), "a" + repeat("\u0301", 93)},
    }));
    CHECK(split_numbered(text, 100).front() == "(1/2) " + first);
}

TEST_CASE("Numbers of more digits take their room") {
    const auto nine = split_numbered(repeat("a", 9 * 94), 100);
    CHECK(nine.size() == 9);
    const auto ten = split_numbered(repeat("a", 9 * 94 + 1), 100);
    REQUIRE(ten.size() == 10);
    CHECK(ten.front() == "(1/10) " + repeat("a", 92));
    CHECK(ten.back().starts_with("(10/10) "));
    CHECK(split_numbered(repeat("a", 99 * 92 + 1), 100).size() == 102);
}

TEST_CASE("Pieces put together are the text, fit, and cut no character that fits") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::vector<std::string> alphabet{"a",    " ",  "\r\n",    "é",   "日",    "🛎",
                                            family, "🇩🇪", "e\u0301", "क्षि", "word ", repeat("\u0301", 80)};
    for (int round = 0; round < 200; ++round) {
        const std::size_t letters = 1 + random() % alphabet.size();
        std::string text;
        while (utf16_length(text) <= 100 + random() % 1500) text += alphabet[random() % letters];
        std::string together;
        const auto pieces = split_numbered(text, 100);
        for (std::size_t i = 0; i < pieces.size(); ++i) {
            REQUIRE(pieces[i].starts_with("(" + std::to_string(i + 1) + "/" + std::to_string(pieces.size()) +
                                          ") "));
            REQUIRE(utf16_length(pieces[i]) <= 100);
            together += without_number(pieces[i]);
        }
        REQUIRE(together == text);

        std::vector<std::size_t> borders{0};
        for (const Grapheme& grapheme : graphemes(text, 100 - 2 * std::to_string(pieces.size()).size() - 4)) {
            borders.push_back(borders.back() + grapheme.text.size());
        }
        std::size_t at = 0;
        for (const std::string& piece : pieces) {
            at += without_number(piece).size();
            REQUIRE(std::binary_search(borders.begin(), borders.end(), at));
        }
        REQUIRE(utf16_length(truncate(text, 100)) <= 100);
    }
}
