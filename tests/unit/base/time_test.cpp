#include "base/time.h"

#include <catch2/catch.hpp>

using namespace jackgw;

TEST_CASE("ISO 8601 times are written in UTC with microseconds") {
    CHECK(to_iso8601(from_micros(0)) == "1970-01-01T00:00:00.000000Z");
    CHECK(to_iso8601(from_micros(1'795'365'494'123'456)) == "2026-11-22T16:38:14.123456Z");
    CHECK(to_iso8601(from_micros(-1)) == "1969-12-31T23:59:59.999999Z");
}

TEST_CASE("ISO 8601 times are read with zone and fraction") {
    const auto [text, expected] = GENERATE(table<const char*, const char*>({
        {"2026-11-22T16:38:14Z", "2026-11-22T16:38:14.000000Z"},
        {"2026-11-22T16:38:14.5Z", "2026-11-22T16:38:14.500000Z"},
        {"2026-11-22T16:38:14.123456Z", "2026-11-22T16:38:14.123456Z"},
        {"2026-11-22T18:38:14+02:00", "2026-11-22T16:38:14.000000Z"},
        {"2026-11-22T00:08:14-16:30", "2026-11-22T16:38:14.000000Z"},
        {"2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000000Z"},
    }));
    CAPTURE(text);
    const auto time = parse_iso8601(text);
    REQUIRE(time);
    CHECK(to_iso8601(*time) == expected);
}

TEST_CASE("Malformed times are refused") {
    const auto text =
        GENERATE(as<const char*>{}, "", "2026-11-22", "2026-11-22T16:38:14", "2026-11-22 16:38:14Z",
                 "2026-13-01T00:00:00Z", "2025-02-29T00:00:00Z", "2026-11-22T24:00:00Z",
                 "2026-11-22T16:60:00Z", "2026-11-22T16:38:61Z", "2026-11-22T16:38:14.Z",
                 "2026-11-22T16:38:14.1234567Z", "2026-11-22T16:38:14Zx", "2026-11-22T16:38:14+0200",
                 "2026-11-22T16:38:14+24:00", "x026-11-22T16:38:14Z");
    CAPTURE(text);
    CHECK_FALSE(parse_iso8601(text));
}
