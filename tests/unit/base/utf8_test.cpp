#include "base/utf8.h"

#include <catch2/catch.hpp>

using namespace jackgw;

namespace {
const std::string replacement = "\xef\xbf\xbd";
}

TEST_CASE("Well-formed UTF-8 passes unchanged") {
    const auto text = GENERATE(as<std::string>{}, "", "Room 12", "Grüße", "日本語", "🛎️",
                               "\xf4\x8f\xbf\xbf", "\xee\x80\x80");
    CHECK(is_valid_utf8(text));
    CHECK(repair_utf8(text) == text);
}

TEST_CASE("Each ill-formed subpart becomes one U+FFFD") {
    struct Row {
        std::string bytes;
        std::string repaired;
    };
    const auto row = GENERATE_REF(values<Row>({
        {"a\x80z", "a" + replacement + "z"},
        {"\xc0\xaf", replacement + replacement},                    // overlong
        {"\xe0\x80\x80", replacement + replacement + replacement},  // overlong
        {"\xed\xa0\x80", replacement + replacement + replacement},  // surrogate
        {"\xf4\x90\x80\x80", replacement + replacement + replacement + replacement},
        {"\xf0\x9f\x9b", replacement},  // cut short
        {"\xe2\x82z", replacement + "z"},
    }));
    CHECK_FALSE(is_valid_utf8(row.bytes));
    CHECK(repair_utf8(row.bytes) == row.repaired);
}

TEST_CASE("NUL is valid UTF-8 but is replaced, since text ends at it in too many places") {
    const std::string bytes("a\0b", 3);
    CHECK(is_valid_utf8(bytes));
    CHECK(repair_utf8(bytes) == "a" + replacement + "b");
}
