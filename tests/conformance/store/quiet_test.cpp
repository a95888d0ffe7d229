// Quiet hours: what may go, and what waits until they end.

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

class QuietTest : public StoreTest {
  public:
    /// The contents of what a claim gives in quiet hours, which end in eight hours.
    std::string claimed_quietly(std::chrono::microseconds answer_within = {}) {
        store->promote_due();
        ClaimRequest request{hotel_lane, {}, 1, 1, Quiet{end, answer_within}};
        const ClaimResult result = store->claim({request}, StoreTest::lease);
        return result.claims.empty() ? "-" : result.claims.front().content;
    }

    const Timestamp end = now() + 8h;
};

}  // namespace

TEST_CASE("In quiet hours only what is urgent goes; the rest waits until they end") {
    QuietTest test;
    OutboundMessage standing = test.outbound("Breakfast from seven");
    standing.expires_at.reset();
    standing.lifetime = 1h;
    const Message quiet = test.enqueue(standing);
    test.answer("Fire alarm: leave the house", "+15550000001", Priority::urgent);
    CHECK(test.claimed_quietly() == "Fire alarm: leave the house");
    CHECK(test.claimed_quietly() == "-");
    const auto waiting = test.store->waiting(quiet.id);
    REQUIRE(waiting);
    CHECK(waiting->what == WaitingFor::quiet_hours);
    CHECK(waiting->until == test.end);
    // Its lifetime of an hour stands still meanwhile.
    test.pass(8h);
    test.store->promote_due();
    CHECK(test.message(quiet.id).delivery.state == DeliveryState::pending);
    CHECK(test.claimed() == "Breakfast from seven");
}

TEST_CASE("Messages to one guest keep their order over quiet hours") {
    QuietTest test;
    test.answer("one");
    test.answer("two");
    CHECK(test.claimed_quietly() == "-");
    test.pass(8h);
    const auto first = test.claim();
    REQUIRE(first);
    CHECK(first->content == "one");
    test.accept(*first);
    CHECK(test.claimed() == "two");
}

TEST_CASE("A guest's own question may be answered for a while") {
    QuietTest test;
    test.text("Is the bar open?");
    test.answer("Until one");
    test.pass(59min);
    SECTION("soon enough") {
        CHECK(test.claimed_quietly(1h) == "Until one");
    }
    SECTION("not allowed") {
        CHECK(test.claimed_quietly() == "-");
    }
    SECTION("too late") {
        test.pass(2min);
        CHECK(test.claimed_quietly(1h) == "-");
    }
}

TEST_CASE("A wall clock that is set past the end of quiet hours costs nothing of a lifetime") {
    QuietTest test;
    OutboundMessage standing = test.outbound("Breakfast from seven");
    standing.expires_at.reset();
    standing.lifetime = 1h;
    test.enqueue(standing);
    CHECK(test.claimed_quietly() == "-");
    test.clock.set_wall_by(24h);
    CHECK(test.claimed() == "Breakfast from seven");
}
