#include "outbox/holds/hold_policy.h"

#include <catch2/catch.hpp>
#include <limits>

using namespace std::chrono_literals;
using namespace jackgw;
using namespace jackgw::outbox;

TEST_CASE("pauses before probes double from the first to a minute", "[outbox][hold_policy]") {
    struct Row {
        std::int32_t failed;
        std::chrono::seconds pause;
    };
    const auto row = GENERATE(values<Row>(
        {{0, 5s}, {1, 10s}, {2, 20s}, {3, 40s}, {4, 60s}, {5, 60s}, {100, 60s}, {2'000'000'000, 60s}}));
    CAPTURE(row.failed);
    CHECK(pause_before_probe({}, row.failed, {}) == row.pause);
}

TEST_CASE("a pause is at least what the provider asks for", "[outbox][hold_policy]") {
    CHECK(pause_before_probe({}, 0, 30'000) == 30s);
    CHECK(pause_before_probe({}, 0, 1'000) == 5s);
    CHECK(pause_before_probe({}, 5, 90'000) == 90s);
    CHECK(pause_before_probe({}, 0, -7) == 5s);
    CHECK(pause_before_probe({}, 0, std::numeric_limits<std::int64_t>::max()) == 24h);
}

TEST_CASE("pauses are spread, and a strange spread is kept in bounds", "[outbox][hold_policy]") {
    CHECK(pause_before_probe({.first = 10s, .longest = 60s, .spread = 0.8}, 0, {}) == 8s);
    CHECK(pause_before_probe({.first = 10s, .longest = 60s, .spread = 1.2}, 0, {}) == 12s);
    CHECK(pause_before_probe({.first = 10s, .longest = 60s, .spread = 0}, 0, {}) == 5s);
    CHECK(pause_before_probe({.first = 0s, .longest = 60s, .spread = 1}, 0, {}) == 1us);
}
