#include "sms/simulator/text.h"

#include <catch2/catch.hpp>

#include "sms/simulator/dates.h"
#include "sms/simulator/keywords.h"
#include "sms/simulator/sids.h"

using namespace jackgw::sms::simulator;

namespace {

std::string repeat(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

}  // namespace

TEST_CASE("segments are counted as the provider charges them") {
    struct Row {
        std::string body;
        unsigned segments;
    };
    const auto row = GENERATE(values<Row>({
        {"", 1},
        {repeat("a", 160), 1},
        {repeat("a", 161), 2},
        {repeat("a", 306), 2},
        {repeat("a", 307), 3},
        {repeat("€", 80), 1},
        {repeat("€", 81), 2},
        {repeat("a", 153) + "€" + repeat("a", 151), 2},
        {repeat("a", 152) + "€" + repeat("a", 152), 3},  // no escape pair is split: 152, 153, 1
        {repeat("ç", 70), 1},
        {repeat("ç", 71), 2},
        {repeat("😀", 35), 1},
        {repeat("😀", 36), 2},
        {repeat("a", 66) + "😀" + repeat("ç", 66), 3},  // no surrogate pair is split: 66, 67, 1
    }));
    INFO(row.body);
    CHECK(segment_count(row.body) == row.segments);
}

TEST_CASE("what is no UTF-8 becomes replacement characters") {
    CHECK(to_valid_utf8("Grüße 😀") == "Grüße 😀");
    CHECK(to_valid_utf8("a\xFF"
                        "b") == "a\uFFFDb");
    CHECK(to_valid_utf8("\xC3") == "\uFFFD");
    CHECK(to_valid_utf8("\xE2\x82") == "\uFFFD\uFFFD");
    CHECK(to_valid_utf8("\xC0\x80x") == "\uFFFD\uFFFDx");
}

TEST_CASE("keywords are the whole body, and fewer on toll-free numbers") {
    struct Row {
        const char* body;
        Keyword local, toll_free;
    };
    const auto row = GENERATE(values<Row>({
        {"STOP", Keyword::stop, Keyword::stop},
        {" stop\n", Keyword::stop, Keyword::stop},
        {"Cancel", Keyword::stop, Keyword::none},
        {"OPTOUT", Keyword::stop, Keyword::none},
        {"START", Keyword::start, Keyword::start},
        {"unstop", Keyword::start, Keyword::start},
        {"Yes", Keyword::start, Keyword::none},
        {"help", Keyword::help, Keyword::help},
        {"STOP PLEASE", Keyword::none, Keyword::none},
        {"", Keyword::none, Keyword::none},
    }));
    INFO(row.body);
    CHECK(keyword_of(row.body, "+15551234567") == row.local);
    CHECK(keyword_of(row.body, "+18885550100") == row.toll_free);
}

TEST_CASE("dates are written and read in the API's forms") {
    const auto time = parse_date("2026-11-22T16:38:14Z");
    REQUIRE(time);
    CHECK(to_rfc2822(*time) == "Sun, 22 Nov 2026 16:38:14 +0000");
    CHECK(to_receipt_date(*time) == "2611221638");
    CHECK(to_rfc2822(*parse_date("2024-02-29")) == "Thu, 29 Feb 2024 00:00:00 +0000");
    for (const char* bad :
         {"", "2026-02-29", "2026-13-01", "2026-11-22T24:00:00Z", "2026-11-22T16:38:14", "22.11.2026"}) {
        INFO(bad);
        CHECK_FALSE(parse_date(bad));
    }
}

TEST_CASE("identifiers have their form and don't repeat") {
    SidGenerator sids;
    const auto sid = sids.next("SM");
    CHECK(is_sid(sid, "SM"));
    CHECK(sids.next("SM") != sid);
    CHECK_FALSE(is_sid(sid, "MM"));
    CHECK_FALSE(is_sid(sid + "0", "SM"));
    CHECK(uuid_from("0123456789abcdef0123456789abcdef") == "01234567-89ab-cdef-0123-456789abcdef");
}
