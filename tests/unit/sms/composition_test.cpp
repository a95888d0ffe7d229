#include "sms/text/composition.h"

#include <catch2/catch.hpp>

#include "sms/text/utf8.h"

using namespace jackgw::sms;

namespace {

std::string repeat(std::string_view text, std::size_t times) {
    std::string out;
    for (std::size_t i = 0; i < times; ++i) out += text;
    return out;
}

}  // namespace

TEST_CASE("A text that fits stays as it is, whatever the rule for long ones") {
    const auto rule = GENERATE(LongText::truncate, LongText::split, LongText::reject);
    const std::string content = repeat("x", 1600);
    const Composed composed = compose(content, false, {rule, false});
    CHECK(composed.content == content);
    CHECK_FALSE(composed.truncated);
    CHECK(composed.text.segments() == 11);
    CHECK(composed.pieces.empty());
    CHECK(composed.replacements.empty());
    CHECK(composed.warnings.empty());
}

TEST_CASE("A long text is cut, and whoever sends it is told so") {
    const Composed composed = compose(repeat("x", 1601), false, {LongText::truncate, false});
    CHECK(composed.content == repeat("x", 1597) + "...");
    CHECK(composed.truncated);
    CHECK(composed.text.units == 1600);
    REQUIRE(composed.warnings.size() == 1);
    CHECK(composed.warnings[0].find("1601") != std::string::npos);
}

TEST_CASE("A long text is split into messages, of which the whole is the sum") {
    const std::string content = repeat("word ", 400) + "🛎";
    const Composed composed = compose(content, false, {LongText::split, false});
    CHECK(composed.content == content);
    CHECK_FALSE(composed.truncated);
    REQUIRE(composed.pieces.size() == 2);
    CHECK(composed.pieces[0].content.starts_with("(1/2) word "));
    CHECK(composed.pieces[0].text.encoding == Encoding::gsm7);
    CHECK(composed.pieces[1].text.encoding == Encoding::ucs2);
    CHECK(composed.text.encoding == Encoding::ucs2);
    CHECK(composed.text.units == composed.pieces[0].text.units + composed.pieces[1].text.units);
    CHECK(composed.text.segments() ==
          composed.pieces[0].text.segments() + composed.pieces[1].text.segments());
    CHECK(composed.text.parts.front() == composed.pieces[0].text.parts.front());
    CHECK(composed.text.parts.back() == composed.pieces[1].text.parts.back());
}

TEST_CASE("With media a message is one segment; the first piece takes them along") {
    CHECK(compose(repeat("word ", 100), true, {}).text.segments() == 1);
    const Composed composed = compose(repeat("word ", 400), true, {LongText::split, false});
    REQUIRE(composed.pieces.size() == 2);
    CHECK(composed.pieces[0].text.segments() == 1);
    CHECK(composed.pieces[0].text.parts == std::vector<std::string>{composed.pieces[0].content});
    CHECK(composed.pieces[1].text.segments() == segment(composed.pieces[1].content).segments());
    CHECK(composed.text.segments() == 1 + composed.pieces[1].text.segments());
}

TEST_CASE("With smart encoding segments are those of what is sent, the content is what was written") {
    const std::string content = "“" + repeat("x", 100) + "”";
    const Composed plain = compose(content, false, {});
    CHECK(plain.text.encoding == Encoding::ucs2);
    CHECK(plain.text.segments() == 2);
    const Composed smart = compose(content, false, {LongText::truncate, true});
    CHECK(smart.content == content);
    CHECK(smart.text.encoding == Encoding::gsm7);
    CHECK(smart.text.parts == std::vector<std::string>{"\"" + repeat("x", 100) + "\""});
    CHECK(smart.replacements == std::vector<Replacement>{{"“", "\""}, {"”", "\""}});
}

TEST_CASE("The limit is that of what is written, since that is what the provider gets") {
    const std::string content = "…" + repeat("x", 1599);
    const Composed fits = compose(content, false, {LongText::truncate, true});
    CHECK_FALSE(fits.truncated);
    CHECK(fits.text.units == 1602);
    const Composed cut = compose(content + "x…", false, {LongText::truncate, true});
    CHECK(cut.truncated);
    CHECK(utf16_length(cut.content) == 1600);
    CHECK(cut.replacements == std::vector<Replacement>{{"…", "..."}});
}
