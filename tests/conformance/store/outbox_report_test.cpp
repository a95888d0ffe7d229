#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

TEST_CASE("An empty outbox") {
    StoreTest test;
    const OutboxReport report = test.store->outbox();
    CHECK(report.depth == 0);
    CHECK(report.unknown == 0);
    CHECK_FALSE(report.paused);
    CHECK_FALSE(report.oldest_due_at);
    CHECK(report.lanes.empty());
}

TEST_CASE("The report counts what waits and what is in flight, lane by lane") {
    StoreTest test;
    const Timestamp start = test.now();
    test.answer("in flight");
    REQUIRE(test.claim());
    test.pass(1s);
    test.answer("blocked");
    test.pass(1s);
    test.answer("ready", "+15550000001");
    OutboundMessage scheduled = test.outbound("scheduled", "+15550000002");
    scheduled.send_at = test.now() + 1h;
    test.enqueue(scheduled);
    OutboundMessage other_lane = test.outbound("other lane");
    other_lane.from = "+15551230000";
    test.enqueue(other_lane);

    const OutboxReport report = test.store->outbox();
    CHECK(report.depth == 5);
    CHECK(report.oldest_due_at == start + 1s);
    REQUIRE(report.lanes.size() == 2);
    CHECK(report.lanes[0].lane.sender == "+15551230000");
    CHECK(report.lanes[0].depth == 1);
    CHECK(report.lanes[1].lane == hotel_lane);
    CHECK(report.lanes[1].depth == 4);
    CHECK(report.lanes[1].ready == 1);
    CHECK(report.lanes[1].in_flight == 1);
    CHECK(report.lanes[1].held_reason.empty());
}

TEST_CASE("A lane is gone from the report when it has nothing to say") {
    StoreTest test;
    test.answer("Welcome");
    test.accept(*test.claim());
    CHECK(test.store->outbox().lanes.empty());
}
