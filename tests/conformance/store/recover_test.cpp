#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

TEST_CASE(
    "At start an attempt without an outcome becomes unknown and holds its queue for the settling delay") {
    StoreTest test;
    const Message lost = test.answer("in flight");
    test.answer("next");
    test.answer("elsewhere", "+15550000001");
    REQUIRE(test.claim());
    test.reopen();
    CHECK(test.store->recover(2min) == 1);
    CHECK(test.message(lost.id).delivery.state == DeliveryState::unknown);
    const auto attempt = test.store->attempts(lost.id).at(0);
    REQUIRE(attempt.outcome);
    CHECK(attempt.outcome->kind == OutcomeKind::unknown);
    CHECK(attempt.finished_at == test.now());
    CHECK(test.claimed() == "elsewhere");
    CHECK(test.claimed() == "-");
    test.pass(2min);
    CHECK(test.claimed() == "next");
    CHECK(test.claimed() == "-");
}

TEST_CASE("Recovering twice finds nothing the second time") {
    StoreTest test;
    test.answer("in flight");
    REQUIRE(test.claim());
    test.reopen();
    CHECK(test.store->recover(2min) == 1);
    CHECK(test.store->recover(2min) == 0);
    CHECK(test.store->outbox().unknown == 1);
}

TEST_CASE("What waits is left as it is") {
    StoreTest test;
    test.answer("ready");
    test.answer("behind it");
    CHECK(test.store->recover(2min) == 0);
    CHECK(test.claimed() == "ready");
}

TEST_CASE("An attempt that a report has proven is accepted, not unknown") {
    StoreTest test;
    const Message message = test.answer("in flight");
    const auto claim = test.claim();
    test.store->apply_status(test.status("delivered", "SM1", claim->attempt_id));
    test.reopen();
    CHECK(test.store->recover(2min) == 1);
    CHECK(test.message(message.id).delivery.state == DeliveryState::delivered);
    CHECK(test.store->outbox().unknown == 0);
}

TEST_CASE("The answer to an attempt that was given up comes too late") {
    StoreTest test;
    test.answer("in flight");
    const auto claim = test.claim();
    test.reopen();
    CHECK(test.store->recover(2min) == 1);
    CHECK_FALSE(test.store->finish_attempt(finish_of(*claim, outcome(OutcomeKind::rejected))));
}

TEST_CASE("What this run works on is nobody else's to recover until its lease has ended") {
    StoreTest test;
    const Message message = test.answer("in flight");
    const auto claim = test.claim();
    REQUIRE(claim);
    test.pass(StoreTest::lease - 1s);
    CHECK(test.store->recover(2min) == 0);
    CHECK(test.message(message.id).delivery.state == DeliveryState::pending);
    test.clock.set_wall_by(240h);  // a lease is not measured with the wall clock
    CHECK(test.store->recover(2min) == 0);
    test.pass(1s);
    CHECK(test.store->recover(2min) == 1);
    CHECK(test.message(message.id).delivery.state == DeliveryState::unknown);
    CHECK_FALSE(test.store->finish_attempt(finish_of(*claim, outcome(OutcomeKind::rejected))));
}

TEST_CASE("Recovering takes what was left in bites") {
    StoreTest test;
    constexpr auto many = static_cast<int>(Outbox::max_recovered) + 3;
    for (int i = 0; i < many; ++i) test.answer("in flight", "+1555" + std::to_string(1'000'000 + i));
    for (int i = 0; i < many; ++i) REQUIRE(test.claim());
    test.reopen();
    CHECK(test.store->recover(2min) == Outbox::max_recovered);
    CHECK(test.store->recover(2min) == 3);
    CHECK(test.store->recover(2min) == 0);
    CHECK(test.store->outbox().unknown == many);
}

TEST_CASE("That the provider has it counts also when the attempt was taken for lost meanwhile") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    const auto claim = test.claim();
    test.pass(StoreTest::lease);
    REQUIRE(test.store->recover(2min) == 1);
    REQUIRE(test.message(message.id).delivery.state == DeliveryState::unknown);
    test.accept(*claim, "SM1");
    CHECK(test.message(message.id).provider_message_id == "SM1");
    CHECK(test.message(message.id).delivery.state == DeliveryState::pending);
    CHECK(test.store->outbox().unknown == 0);
    CHECK(test.store->due_doubts("sms", 10).items.empty());
}
