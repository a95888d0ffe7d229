#include "sms/answers/dates.h"

#include <catch2/catch.hpp>

using namespace jackgw::sms;

namespace {

constexpr std::int64_t day_ms = 86'400'000;
constexpr std::int64_t second_us = 1'000'000;
constexpr std::int64_t now = 1'795'348'800 * second_us;        // Sun, 22 Nov 2026 12:00:00 UTC
constexpr std::int64_t rfc_example = 784'111'777 * second_us;  // of RFC 9110 section 5.6.7

}  // namespace

TEST_CASE("Dates of HTTP are read in all three forms, and nothing else") {
    const auto [text, expected] = GENERATE(table<std::string, std::optional<std::int64_t>>({
        {"Sun, 06 Nov 1994 08:49:37 GMT", rfc_example},
        {"Sunday, 06-Nov-94 08:49:37 GMT", rfc_example},
        {"Sun Nov  6 08:49:37 1994", rfc_example},
        {"Sun, 22 Nov 2026 12:00:00 GMT", now},
        {"Sunday, 22-Nov-26 12:00:00 GMT", now},
        {"Sun Nov 22 12:00:00 2026", now},
        {"Sun, 22 Nov 2026 11:59:60 GMT", now},
        {"Mon, 29 Feb 2027 12:00:00 GMT", std::nullopt},
        {"Sun, 22 Nov 2026 24:00:00 GMT", std::nullopt},
        {"Sun, 22 Nov 2026 12:60:00 GMT", std::nullopt},
        {"Sun, 22 Nov 2026 12:00:00 +0000", std::nullopt},
        {"Sun, 22 Nov 2026 12:00:00 GMT ", std::nullopt},
        {"Sun, 22 nov 2026 12:00:00 GMT", std::nullopt},
        {"Sun, -2 Nov 2026 12:00:00 GMT", std::nullopt},
        {"22 Nov 2026 12:00:00 GMT", std::nullopt},
        {"2026-11-22T12:00:00Z", std::nullopt},
        {"Sun, ", std::nullopt},
        {"", std::nullopt},
    }));
    CAPTURE(text);
    CHECK(read_http_date(text, now) == expected);
}

TEST_CASE("Two digits of a year lie at most fifty years ahead") {
    const auto ahead = read_http_date("Sunday, 22-Nov-76 12:00:00 GMT", now);
    const auto behind = read_http_date("Sunday, 22-Nov-77 12:00:00 GMT", now);
    REQUIRE(ahead);
    REQUIRE(behind);
    CHECK(*ahead > now);
    CHECK(*behind < now);
    CHECK(*ahead == read_http_date("Sun, 22 Nov 2076 12:00:00 GMT", now));
    CHECK(*behind == read_http_date("Sun, 22 Nov 1977 12:00:00 GMT", now));
}

TEST_CASE("Dates of the REST API are read with their zone") {
    const auto [text, expected] = GENERATE(table<std::string, std::optional<std::int64_t>>({
        {"Sun, 22 Nov 2026 12:00:00 +0000", now},
        {"Sun, 22 Nov 2026 04:00:00 -0800", now},
        {"Sun, 22 Nov 2026 17:30:00 +0530", now},
        {"Sun, 22 Nov 2026 12:00:00 GMT", std::nullopt},
        {"Sun, 22 Nov 2026 12:00:00", std::nullopt},
        {"Sun, 22 Nov 2026 12:00:00 0000", std::nullopt},
        {"null", std::nullopt},
        {"", std::nullopt},
    }));
    CAPTURE(text);
    CHECK(read_rfc2822_date(text) == expected);
}

TEST_CASE("A Retry-After is seconds or a date, within a day; what makes no sense is none") {
    const auto [text, expected] = GENERATE(table<std::string, std::optional<std::int64_t>>({
        {"0", 0},
        {"7", 7000},
        {"007", 7000},
        {"86399", day_ms - 1000},
        {"86400", day_ms},
        {"31536000", day_ms},
        {"99999999999999999999999999", day_ms},
        {"Sun, 22 Nov 2026 12:00:30 GMT", 30'000},
        {"Sunday, 22-Nov-26 12:00:30 GMT", 30'000},
        {"Sun Nov 22 12:00:30 2026", 30'000},
        {"Sun, 22 Nov 2026 11:00:00 GMT", 0},
        {"Tue, 22 Nov 2044 12:00:00 GMT", day_ms},
        {"", std::nullopt},
        {"-3", std::nullopt},
        {"+3", std::nullopt},
        {"3.5", std::nullopt},
        {"3 s", std::nullopt},
        {"soon", std::nullopt},
        {"2026-11-22", std::nullopt},
    }));
    CAPTURE(text);
    CHECK(read_retry_after(text, now) == expected);
    // A part of a millisecond counts as one: never too early.
    if (text == "Sun, 22 Nov 2026 12:00:30 GMT") CHECK(read_retry_after(text, now + 1) == 30'000);
}

TEST_CASE("A new Pacific day begins a minute past midnight there, in winter and in summer") {
    const auto [date, minutes] = GENERATE(table<std::string, int>({
        {"Sun, 22 Nov 2026 12:00:00 +0000", 20 * 60 + 1},
        {"Sun, 22 Nov 2026 00:00:00 -0800", 24 * 60 + 1},
        {"Sun, 22 Nov 2026 23:59:00 -0800", 2},
        {"Wed, 01 Jul 2026 12:00:00 +0000", 19 * 60 + 1},
        {"Wed, 01 Jul 2026 00:00:00 -0700", 24 * 60 + 1},
        {"Wed, 01 Jul 2026 00:30:00 -0700", 23 * 60 + 31},
        {"Wed, 01 Jul 2026 23:59:00 -0700", 2},
        // The days on which the clocks change, and the nights before them.
        {"Sat, 07 Mar 2026 12:00:00 -0800", 12 * 60 + 1},
        {"Sun, 08 Mar 2026 00:00:00 -0800", 23 * 60 + 1},
        {"Sun, 08 Mar 2026 12:00:00 -0700", 12 * 60 + 1},
        {"Sat, 31 Oct 2026 12:00:00 -0700", 12 * 60 + 1},
        {"Sun, 01 Nov 2026 00:00:00 -0700", 25 * 60 + 1},
        {"Sun, 01 Nov 2026 12:00:00 -0800", 12 * 60 + 1},
        {"Thu, 31 Dec 2026 23:00:00 -0800", 61},
    }));
    CAPTURE(date);
    const auto at = read_rfc2822_date(date);
    REQUIRE(at);
    CHECK(until_pacific_midnight(*at) == minutes * 60'000);
}
