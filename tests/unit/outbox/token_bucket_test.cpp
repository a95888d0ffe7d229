#include "outbox/token_bucket.h"

#include <catch2/catch.hpp>
#include <limits>
#include <random>
#include <stdexcept>
#include <vector>

using namespace std::chrono_literals;
using jackgw::SteadyTime;
using jackgw::outbox::TokenBucket;

namespace {

const SteadyTime start = SteadyTime{} + 1000s;

struct Sent {
    SteadyTime at;
    std::int64_t segments;
    std::chrono::nanoseconds forgiven;  // debts that restarts before it have forgotten, in all
};

/// Checks the rule over every window from one message to another, in whole numbers: segments counted in
/// periods.
void check_windows(const TokenBucket& bucket, std::int64_t burst, const std::vector<Sent>& sent) {
    for (std::size_t first = 0; first < sent.size(); ++first) {
        std::int64_t segments = 0;
        for (std::size_t last = first; last < sent.size(); ++last) {
            segments += sent[last].segments;
            const std::int64_t excess = std::max<std::int64_t>(sent[last].segments - burst, 0);
            const auto allowed = bucket.period() * (burst + excess) + (sent[last].at - sent[first].at) +
                                 (sent[last].forgiven - sent[first].forgiven);
            if (bucket.period() * segments > allowed) {
                CAPTURE(first, last, segments, burst);
                FAIL("more than burst + rate·t");
            }
        }
    }
}

}  // namespace

TEST_CASE("a bucket begins empty and grows to its burst", "[outbox][token_bucket]") {
    TokenBucket bucket(1.0, 3, start);
    CHECK(bucket.ready_at(1) == start + 1s);
    CHECK(bucket.ready_at(3) == start + 3s);

    // A long rest fills it, to the burst and no further.
    const SteadyTime later = start + 100s;
    for (int i = 0; i < 3; ++i) {
        CHECK(bucket.ready_at(1) <= later);
        bucket.take(1, later);
    }
    CHECK(bucket.ready_at(1) == later + 1s);
}

TEST_CASE("a long message waits for a full bucket and leaves a debt", "[outbox][token_bucket]") {
    TokenBucket bucket(2.0, 4, start);
    CHECK(bucket.ready_at(10) == start + 2s);  // four segments at two a second
    bucket.take(10, start + 2s);
    // Six are owed: three seconds, then half a second for the next one's segment.
    CHECK(bucket.ready_at(1) == start + 2s + 3s + 500ms);
    CHECK(bucket.ready_at(10) == start + 2s + 3s + 2s);
}

TEST_CASE("a size that turned out too late is paid back", "[outbox][token_bucket]") {
    TokenBucket bucket(1.0, 5, start);
    CHECK(bucket.ready_at(1) == start + 1s);
    bucket.take(3, start + 1s);
    CHECK(bucket.ready_at(1) == start + 4s);
}

TEST_CASE("sizes that can't be are taken as plausible ones", "[outbox][token_bucket]") {
    TokenBucket bucket(1.0, 1, start);
    CHECK(bucket.ready_at(0) == start + 1s);
    CHECK(bucket.ready_at(-7) == start + 1s);
    bucket.take(std::numeric_limits<std::int64_t>::max(), start + 1s);
    CHECK(bucket.ready_at(1) == start + 1s + 1s * TokenBucket::max_burst);
}

TEST_CASE("a period that is no whole number of nanoseconds is rounded up", "[outbox][token_bucket]") {
    CHECK(TokenBucket(3.0, 1, start).period() == 333'333'334ns);
    CHECK(TokenBucket(1'000'000, 1, start).period() == 1us);
    CHECK(TokenBucket(0.001, 1, start).period() == 1000s);
}

TEST_CASE("rates and bursts out of range are refused", "[outbox][token_bucket]") {
    const double rate = GENERATE(0.0, -1.0, 0.0009, 1'000'001.0, std::numeric_limits<double>::quiet_NaN(),
                                 std::numeric_limits<double>::infinity());
    CHECK_THROWS_AS(TokenBucket(rate, 1, start), std::invalid_argument);
    const std::int64_t burst = GENERATE(0, -1, 100'001);
    CHECK_THROWS_AS(TokenBucket(1.0, burst, start), std::invalid_argument);
}

TEST_CASE("no window has more than burst + rate·t", "[outbox][token_bucket][property]") {
    const std::uint32_t seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    const auto number = [&](std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(random);
    };
    for (int round = 0; round < 200; ++round) {
        const double rate = static_cast<double>(number(1, 5000)) / 100.0;
        const std::int64_t burst = number(1, 12);
        const std::int64_t longest = number(1, 16);
        SteadyTime now = start;
        TokenBucket bucket(rate, burst, now);
        std::chrono::nanoseconds forgiven{0};
        std::vector<Sent> sent{{start, 0, forgiven}};  // so that windows from the start are looked at too
        for (int step = 0; step < 150; ++step) {
            const std::int64_t segments = number(1, longest);
            // Sometimes idle for long, sometimes at once, often as soon as it is allowed.
            if (number(0, 3) == 0) now += std::chrono::microseconds{number(0, 5'000'000)};
            if (number(0, 1) == 0) now = std::max(now, bucket.ready_at(segments));
            if (number(0, 99) == 0) {  // a restart
                forgiven += std::max(bucket.ready_at(1) - bucket.period() - now, forgiven.zero());
                bucket = TokenBucket(rate, burst, now);
            }
            if (bucket.ready_at(segments) > now) continue;
            bucket.take(segments, now);
            sent.push_back({now, segments, forgiven});
        }
        check_windows(bucket, burst, sent);
    }
}

TEST_CASE("a steady sender loses nothing of its rate", "[outbox][token_bucket]") {
    TokenBucket bucket(10.0, 1, start);
    SteadyTime now = start;
    for (int i = 0; i < 1000; ++i) {
        now = bucket.ready_at(1);
        bucket.take(1, now);
    }
    CHECK(now == start + 100s);
}
