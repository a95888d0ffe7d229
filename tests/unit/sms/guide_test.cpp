#include <catch2/catch.hpp>
#include <fstream>
#include <regex>

#include "sms/text/composition.h"

using namespace jackgw::sms;

TEST_CASE("What the guide says that texts cost is true") {
    const std::regex row(
        R"(\| (?:`(.+)`|the same with smart encoding) \| (GSM-7|UCS-2) \| (\d+) \| (\d+) \|)");
    std::ifstream guide(SMS_GUIDE);
    std::string content;
    std::size_t rows = 0;
    for (std::string line; std::getline(guide, line);) {
        std::smatch match;
        if (!std::regex_match(line, match, row)) continue;
        if (match[1].matched) content = match[1];
        CAPTURE(line);
        const Composed composed = compose(content, false, {LongText::reject, !match[1].matched});
        CHECK(encoding_name(composed.text.encoding) == match[2].str());
        CHECK(composed.text.units == std::stoul(match[3]));
        CHECK(composed.text.segments() == std::stoul(match[4]));
        ++rows;
    }
    CHECK(rows == 10);
}

TEST_CASE("The guide's long text costs what it says") {
    std::string content;
    for (int i = 0; i < 400; ++i) content += "word ";
    CHECK(compose(content, false, {LongText::truncate, false}).text.segments() == 11);
    const Composed split = compose(content, false, {LongText::split, false});
    CHECK(split.pieces.size() == 2);
    CHECK(split.text.segments() == 14);
}
