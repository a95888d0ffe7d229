#include "sms/text/segments.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>

#include "sms/text/graphemes.h"
#include "sms/text/gsm7.h"
#include "sms/text/utf8.h"

using namespace jackgw::sms;

namespace {

std::string repeat(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

const std::string emoji = "\xf0\x9f\x98\x80";

}  // namespace

TEST_CASE("Units and segments are counted as they are billed") {
    struct Row {
        std::string text;
        std::string_view encoding;
        std::uint32_t units;
        std::uint32_t segments;
    };
    const auto row = GENERATE(values<Row>({
        {"", "GSM-7", 0, 1},
        {"Hello", "GSM-7", 5, 1},
        {repeat("a", 160), "GSM-7", 160, 1},
        {repeat("a", 161), "GSM-7", 161, 2},
        {repeat("a", 306), "GSM-7", 306, 2},
        {repeat("a", 307), "GSM-7", 307, 3},
        {repeat("a", 1600), "GSM-7", 1600, 11},
        {repeat("€", 80), "GSM-7", 160, 1},
        {repeat("€", 81), "GSM-7", 162, 2},
        {repeat("{", 153), "GSM-7", 306, 3},  // 153 is odd: each part has room for 76 pairs only
        {"é", "GSM-7", 1, 1},
        {"á", "UCS-2", 1, 1},
        {repeat("á", 70), "UCS-2", 70, 1},
        {repeat("á", 71), "UCS-2", 71, 2},
        {repeat("á", 134), "UCS-2", 134, 2},
        {repeat("á", 135), "UCS-2", 135, 3},
        {repeat(emoji, 35), "UCS-2", 70, 1},
        {repeat(emoji, 36), "UCS-2", 72, 2},
        {repeat(emoji, 67), "UCS-2", 134, 3},  // 67 is odd: a part has room for 33 pairs only
        {repeat("a", 159) + "\xff", "UCS-2", 160, 3},
    }));
    CAPTURE(row.text);
    const Segmented segmented = segment(row.text);
    CHECK(encoding_name(segmented.encoding) == row.encoding);
    CHECK(segmented.units == row.units);
    CHECK(segmented.segments() == row.segments);
}

TEST_CASE("Neither an escape nor a surrogate pair is split between parts") {
    const Segmented escaped = segment(repeat("a", 152) + "€" + repeat("b", 10));
    REQUIRE(escaped.parts.size() == 2);
    CHECK(escaped.parts[0] == repeat("a", 152));
    CHECK(escaped.parts[1] == "€" + repeat("b", 10));

    const Segmented paired = segment(repeat("a", 66) + emoji + repeat("b", 10));
    REQUIRE(paired.parts.size() == 2);
    CHECK(paired.parts[0] == repeat("a", 66));
    CHECK(paired.parts[1] == emoji + repeat("b", 10));
}

TEST_CASE("What a reader takes for one character is kept in one part") {
    const auto grapheme = GENERATE(
        as<std::string>{}, "e\u0301", "🇩🇪", "👍🏽", "👨‍👩‍👧‍👦", "🏳️‍🌈",
        "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "1️⃣", "\u1100\u1161\u11a8", "นี้", "நீ", "क्षि");
    const std::size_t units = utf16_length(grapheme);
    for (std::size_t missing = 1; missing < units; ++missing) {
        const std::string before = repeat("á", 67 - (units - missing));
        CAPTURE(grapheme, missing);
        const Segmented segmented = segment(before + grapheme + repeat("b", 60));
        REQUIRE(segmented.parts.size() >= 2);
        CHECK(segmented.parts[0] == before);
        CHECK(segmented.parts[1].starts_with(grapheme));
    }
}

TEST_CASE("Where one message holds all of the text, nothing has to be kept together") {
    const std::string tower = "a" + repeat("\u0301", 69);
    CHECK(segment(tower).parts == std::vector<std::string>{tower});
}

TEST_CASE("A character that no part could hold is laid out by code points") {
    const std::string tower = "a" + repeat("\u0301", 99);
    const Segmented segmented = segment("áá" + tower + "á");
    CHECK(segmented.units == 103);
    CHECK(segmented.parts ==
          std::vector<std::string>{"ááa" + repeat("\u0301", 64), repeat("\u0301", 35) + "á"});
}

TEST_CASE("A line's end may part, in either encoding") {
    const auto [letter, room] = GENERATE(table<std::string, std::size_t>({{"a", 153}, {"á", 67}}));
    const Segmented segmented = segment(repeat(letter, room - 1) + "\r\n" + repeat(letter, 10));
    REQUIRE(segmented.parts.size() == 2);
    CHECK(segmented.parts[0] == repeat(letter, room - 1) + "\r");
}

TEST_CASE("Parts put together are the text, and none is over its limit") {
    const unsigned seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const std::vector<std::string> alphabet{
        "a",  "€",       "é",   "\r\n",         "á",        "日",    emoji, "\xc3", "`", "👨‍👩‍👧",
        "🇩🇪", "e\u0301", "क्षि", "\u1100\u1161", "👍🏽", "\u200d"};
    for (int round = 0; round < 300; ++round) {
        const std::size_t letters = round % 2 == 0 ? 4 : alphabet.size();  // every other text fits into GSM-7
        std::string text;
        for (std::size_t i = random() % 500; i > 0; --i) text += alphabet[random() % letters];
        const Segmented segmented = segment(text);
        std::string together;
        for (const std::string& part : segmented.parts) {
            together += part;
            std::size_t units = 0;
            for (std::string_view rest = part; !rest.empty();) {
                const CodePoint point = first_code_point(rest);
                units +=
                    segmented.encoding == Encoding::gsm7 ? gsm7_septets(point.value) : point.utf16_units();
                rest.remove_prefix(point.bytes);
            }
            const std::size_t alone = segmented.encoding == Encoding::gsm7 ? 160 : 70;
            const std::size_t part_of_many = segmented.encoding == Encoding::gsm7 ? 153 : 67;
            REQUIRE(units <= (segmented.parts.size() == 1 ? alone : part_of_many));
            REQUIRE_FALSE(part.empty());
        }
        REQUIRE(together == text);

        // No border of parts lies within a character, but for line ends and what is larger than a part.
        std::vector<std::size_t> inside;
        std::size_t at = 0;
        for (const Grapheme& grapheme : graphemes(text, 67)) {
            for (std::size_t i = 1; i < grapheme.text.size() && grapheme.text != "\r\n"; ++i)
                inside.push_back(at + i);
            at += grapheme.text.size();
        }
        at = 0;
        for (const std::string& part : segmented.parts) {
            at += part.size();
            REQUIRE(std::find(inside.begin(), inside.end(), at) == inside.end());
        }
    }
}

TEST_CASE("The GSM alphabet has 127 characters in its basic table and 10 in its extension") {
    std::size_t basic = 0;
    std::size_t extension = 0;
    for (char32_t character = 0; character < 0x30000; ++character) {
        const std::size_t septets = gsm7_septets(character);
        basic += septets == 1 ? 1 : 0;
        extension += septets == 2 ? 1 : 0;
    }
    CHECK(basic == 127);
    CHECK(extension == 10);
    for (const char32_t c : U"éèàìòùÇÉÑΓΔΘΛΞΠΣΦΨΩ@$_\r\n") CHECK((c == 0 || gsm7_septets(c) == 1));
    for (const char32_t c : U"^{}\\[~]|€\f") CHECK((c == 0 || gsm7_septets(c) == 2));
    for (const char32_t c : U"`çáíóúÀÈµ\t\u00a0αβΑΒ’") CHECK(gsm7_septets(c) == 0);
}

TEST_CASE("Text is cut before a character, never in it") {
    CHECK(cut("abc", 3) == "abc");
    CHECK(cut("abc", 2) == "ab");
    CHECK(cut("aé", 2) == "a");
    CHECK(cut(emoji, 3).empty());
}
