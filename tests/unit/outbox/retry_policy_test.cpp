#include "outbox/retry_policy.h"

#include <catch2/catch.hpp>
#include <limits>
#include <random>

#include "../../support/fake_channel.h"

using namespace std::chrono_literals;
using namespace jackgw;
using jackgw::outbox::decide;
using jackgw::outbox::RetryPolicy;

namespace {

const Timestamp now = *parse_iso8601("2026-11-22T12:00:00Z");

store::Claim claim_of(std::int32_t attempt_number, std::chrono::seconds life = 10h) {
    store::Claim claim;
    claim.message_id = "m";
    claim.attempt_id = "a";
    claim.attempt_number = attempt_number;
    claim.expires_at = now + life;
    return claim;
}

Outcome refused(std::optional<std::int64_t> retry_after_ms = std::nullopt) {
    Outcome outcome = test::outcome_of(OutcomeKind::refused_for_now, "RATE_LIMITED");
    outcome.retry_after_ms = retry_after_ms;
    return outcome;
}

constexpr double middle = 0.5;  // the roll that leaves a delay as it is

}  // namespace

TEST_CASE("refusals are tried again after 5, 10 and 20 seconds, then no more", "[outbox][retry_policy]") {
    struct Row {
        std::int32_t attempt;
        std::optional<std::chrono::seconds> wait;
    };
    const auto row =
        GENERATE(values<Row>({{1, 5s}, {2, 10s}, {3, 20s}, {4, std::nullopt}, {5, std::nullopt}, {0, 5s}}));
    CAPTURE(row.attempt);
    const store::AttemptFinish finish = decide({}, claim_of(row.attempt), refused(), middle);
    CHECK(finish.attempt_id == "a");
    CHECK(finish.retry_after.has_value() == row.wait.has_value());
    if (row.wait) CHECK(*finish.retry_after == *row.wait);
    CHECK(finish.outcome.error_code == "RATE_LIMITED");
    CHECK_FALSE(finish.settle_for);
}

TEST_CASE("without delays there is one attempt", "[outbox][retry_policy]") {
    RetryPolicy policy;
    policy.delays.clear();
    CHECK_FALSE(decide(policy, claim_of(1), refused(), middle).retry_after);
}

TEST_CASE("delays are spread by a fifth", "[outbox][retry_policy]") {
    CHECK(*decide({}, claim_of(1), refused(), 0.0).retry_after == 4s);
    CHECK(*decide({}, claim_of(2), refused(), 0.0).retry_after == 8s);
    CHECK(*decide({}, claim_of(1), refused(), 0.75).retry_after == 5500ms);

    const std::uint32_t seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> roll(0.0, 1.0);
    std::chrono::microseconds earliest = 1h;
    std::chrono::microseconds latest{};
    for (int i = 0; i < 1000; ++i) {
        const std::chrono::microseconds at = *decide({}, claim_of(3), refused(), roll(random)).retry_after;
        earliest = std::min(earliest, at);
        latest = std::max(latest, at);
    }
    CHECK(earliest >= 16s);
    CHECK(latest <= 24s);
    CHECK(latest - earliest > 6s);
}

TEST_CASE("what the provider asks for counts if it is longer", "[outbox][retry_policy]") {
    struct Row {
        std::int64_t retry_after_ms;
        std::chrono::milliseconds wait;
    };
    const auto row = GENERATE(values<Row>({{60'000, 60s},
                                           {1'000, 5s},
                                           {0, 5s},
                                           {-1, 5s},
                                           {std::numeric_limits<std::int64_t>::min(), 5s},
                                           {std::numeric_limits<std::int64_t>::max(), 24h}}));
    CAPTURE(row.retry_after_ms);
    CHECK(*decide({}, claim_of(1, 48h), refused(row.retry_after_ms), middle).retry_after == row.wait);
}

TEST_CASE("final outcomes have no sequel", "[outbox][retry_policy]") {
    const OutcomeKind kind = GENERATE(OutcomeKind::accepted, OutcomeKind::rejected);
    const store::AttemptFinish finish = decide({}, claim_of(1), test::outcome_of(kind), middle);
    CHECK(finish.outcome.kind == kind);
    CHECK_FALSE(finish.retry_after);
    CHECK_FALSE(finish.settle_for);
}

TEST_CASE("an unknown outcome settles and is never tried again", "[outbox][retry_policy]") {
    const std::int32_t attempt = GENERATE(1, 2, 3, 4);
    Outcome outcome = test::outcome_of(OutcomeKind::unknown);
    outcome.retry_after_ms = 1000;  // a 503 may say so; it changes nothing
    const store::AttemptFinish finish = decide({}, claim_of(attempt), outcome, middle);
    CHECK(finish.settle_for == 2min);
    CHECK_FALSE(finish.retry_after);
}

TEST_CASE("a misconfiguration says how its hold is to be probed", "[outbox][retry_policy]") {
    const store::AttemptFinish finish = decide(
        {}, claim_of(4), test::outcome_of(OutcomeKind::misconfigured, "AUTHENTICATION_FAILED"), middle);
    CHECK(finish.pauses.first == 5s);
    CHECK(finish.pauses.longest == 1min);
    CHECK(finish.pauses.spread == Approx(1.0));
    CHECK(decide({}, claim_of(4), test::outcome_of(OutcomeKind::misconfigured), 0.0).pauses.spread ==
          Approx(0.8));
    CHECK_FALSE(finish.retry_after);
    CHECK_FALSE(finish.settle_for);
}
