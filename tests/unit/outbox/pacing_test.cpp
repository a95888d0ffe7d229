#include "outbox/pacing.h"

#include <catch2/catch.hpp>
#include <stdexcept>

#include "outbox/backoff.h"

using namespace std::chrono_literals;
using namespace jackgw;
using namespace jackgw::outbox;

TEST_CASE("each channel has its pacing, others the defaults", "[outbox][pacing]") {
    const Pacing pacing({{"sms", {{10.0, 3}, {1s}}}});
    CHECK(pacing.of("sms").pace.segments_per_second == 10.0);
    CHECK(pacing.of("sms").pace.burst == 3);
    CHECK(pacing.of("sms").retry_delays.size() == 1);
    CHECK(pacing.of("mail").pace.segments_per_second == 1.0);
    CHECK(pacing.of("mail").pace.burst == 1);
    CHECK(pacing.of("mail").retry_delays == std::vector<std::chrono::milliseconds>{5s, 10s, 20s});
}

TEST_CASE("a faulty pacing is refused by its channel's name", "[outbox][pacing]") {
    const auto faulty = GENERATE(values<ChannelPacing>(
        {ChannelPacing{{0.0, 1}, {}}, ChannelPacing{{1.0, 0}, {}}, ChannelPacing{{1.0, 1}, {5s, -1ms}}}));
    CHECK_THROWS_WITH(Pacing({{"sms", faulty}}), Catch::Contains("\"sms\""));
    CHECK_THROWS_AS(Pacing({{"sms", faulty}}), std::invalid_argument);
}

TEST_CASE("a sender may have a pace of its own", "[outbox][pacing]") {
    const SteadyTime start = SteadyTime{} + 100s;
    const Pacing pacing({{"sms", {{1.0, 1}, {}, {{"+18005551234", {4.0, 3}}}}}});
    CHECK(pacing.pace_of({"sms", "+18005551234"}).segments_per_second == 4.0);
    CHECK(pacing.pace_of({"sms", "+15551234567"}).segments_per_second == 1.0);
    CHECK(pacing.pace_of({"mail", "+18005551234"}).segments_per_second == 1.0);

    LaneBuckets buckets(pacing, start);
    CHECK(buckets.of({"sms", "+18005551234"}).ready_at(3) == start + 750ms);
    CHECK(buckets.of({"sms", "+15551234567"}).ready_at(1) == start + 1s);
    CHECK_THROWS_WITH(Pacing({{"sms", {{1.0, 1}, {}, {{"+1", {0.0, 1}}}}}}),
                      Catch::Contains("\"sms\"") && Catch::Contains("\"+1\""));
}

TEST_CASE("lanes have buckets of their own, empty since the start", "[outbox][pacing]") {
    const SteadyTime start = SteadyTime{} + 100s;
    const Pacing pacing({{"sms", {{1.0, 1}, {}}}, {"mail", {{10.0, 1}, {}}}});
    LaneBuckets buckets(pacing, start);
    CHECK(buckets.of({"sms", "+1"}).ready_at(1) == start + 1s);
    CHECK(buckets.of({"mail", "a@example.com"}).ready_at(1) == start + 100ms);

    buckets.of({"sms", "+1"}).take(1, start + 1s);
    CHECK(buckets.of({"sms", "+1"}).ready_at(1) == start + 2s);
    CHECK(buckets.of({"sms", "+2"}).ready_at(1) == start + 1s);
    CHECK(buckets.all().size() == 3);
}

TEST_CASE("back-off doubles up to its limit and starts again", "[outbox][backoff]") {
    Backoff backoff(100ms, 500ms);
    CHECK(backoff.next() == 100ms);
    CHECK(backoff.next() == 200ms);
    CHECK(backoff.next() == 400ms);
    CHECK(backoff.next() == 500ms);
    CHECK(backoff.next() == 500ms);
    backoff.reset();
    CHECK(backoff.next() == 100ms);
}
