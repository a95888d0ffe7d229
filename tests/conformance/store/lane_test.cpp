#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

TEST_CASE("A lane that is misconfigured is held, and burns no attempt") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    test.answer("elsewhere", "+15550000001");
    test.misconfigure(*test.claim(), "authentication failed");
    CHECK(test.message(message.id).delivery.state == DeliveryState::pending);
    CHECK(test.store->promote_due().lanes.empty());
    CHECK_FALSE(claim_one(*test.store, hotel_lane));
    const OutboxReport held = test.store->outbox();
    REQUIRE(held.lanes.size() == 1);
    CHECK(held.lanes[0].held_reason == "authentication failed");
    CHECK(held.lanes[0].depth == 2);

    CHECK(test.store->release_lanes("whatsapp").empty());
    CHECK(test.store->release_lanes("sms").size() == 1);
    CHECK(test.store->release_lanes("sms").empty());
    CHECK(test.claimed() == "elsewhere");  // that which met the cause goes to the back
    const auto again = test.claim();
    REQUIRE(again);
    CHECK(again->message_id == message.id);
    CHECK(again->attempt_number == 1);
    CHECK(test.store->attempts(message.id).size() == 2);
    CHECK(test.store->attempts(message.id)[0].outcome->kind == OutcomeKind::misconfigured);
    CHECK(test.store->outbox().lanes[0].held_reason.empty());
}

TEST_CASE("Other lanes of the channel go on") {
    StoreTest test;
    OutboundMessage other = test.outbound("from the other number");
    other.from = "+15551230000";
    test.answer("Welcome");
    test.enqueue(other);
    test.misconfigure(*test.claim(), "not a number of this account");
    const DueSummary due = test.store->promote_due();
    REQUIRE(due.lanes.size() == 1);
    CHECK(due.lanes[0].lane.sender == "+15551230000");
    CHECK(claim_one(*test.store, due.lanes[0].lane));
}

TEST_CASE("What is enqueued for a held lane waits with it") {
    StoreTest test;
    test.answer("Welcome");
    test.misconfigure(*test.claim(), "authentication failed");
    test.answer("more", "+15550000001");
    CHECK(test.claimed() == "-");
    test.store->release_lanes("sms");
    CHECK(test.claimed() == "more");
    CHECK(test.claimed() == "Welcome");  // that which met the cause goes to the back
}

TEST_CASE("A lane stays held when the store is opened again") {
    StoreTest test;
    test.answer("Welcome");
    test.misconfigure(*test.claim(), "authentication failed");
    test.reopen();
    CHECK(test.claimed() == "-");
    CHECK(test.store->outbox().lanes.at(0).held_reason == "authentication failed");
}

TEST_CASE("While the outbox is paused nothing is claimed, also after a restart") {
    StoreTest test;
    test.answer("Welcome");
    test.store->set_paused({}, true);
    CHECK(test.store->outbox().paused);
    CHECK(test.store->promote_due().lanes.empty());
    CHECK_FALSE(claim_one(*test.store, hotel_lane));
    test.reopen();
    CHECK(test.claimed() == "-");
    test.store->set_paused({}, false);
    CHECK_FALSE(test.store->outbox().paused);
    CHECK(test.claimed() == "Welcome");
}

TEST_CASE("An attempt in flight ends as usual while the outbox is paused") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    const auto claim = test.claim();
    test.store->set_paused({}, true);
    test.accept(*claim, "SM1");
    CHECK(test.message(message.id).provider_message_id == "SM1");
}
