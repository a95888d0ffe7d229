#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

TEST_CASE("A message whose outcome is unknown is never sent again") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    test.lose(*test.claim(), 2min);
    const Delivery delivery = test.message(message.id).delivery;
    CHECK(delivery.state == DeliveryState::unknown);
    CHECK(delivery.concluded_by_us);
    CHECK(delivery.error_code == "UNKNOWN");
    CHECK(test.store->outbox().unknown == 1);
    CHECK(test.store->outbox().depth == 0);
    for (int i = 0; i < 24; ++i) {
        test.pass(1h);
        CHECK(test.claimed() == "-");
    }
    CHECK(test.store->attempts(message.id).size() == 1);
    CHECK(test.store->outbox().unknown == 1);
}

TEST_CASE("It holds back its recipient for the settling delay, and nobody else") {
    StoreTest test;
    test.answer("lost");
    test.answer("next");
    test.lose(*test.claim(), 2min);
    test.answer("urgent", guest_number, Priority::urgent);
    test.answer("elsewhere", "+15550000001");
    CHECK(test.claimed() == "elsewhere");
    CHECK(test.claimed() == "-");
    CHECK(test.store->promote_due().next_due_in == 2min);
    test.pass(2min);
    CHECK(test.claimed() == "urgent");
}

TEST_CASE("A report with the attempt's id proves that it was accepted and frees the queue") {
    StoreTest test;
    const Message message = test.answer("lost");
    test.answer("next");
    const auto claim = test.claim();
    test.lose(*claim, 2min);
    const bool settled = GENERATE(false, true);
    if (settled) {
        test.pass(3min);
        const auto next = test.claim();
        REQUIRE(next);
        test.accept(*next, "SM2");
    }
    CHECK(test.store->apply_status(test.status("sent", "SM1", claim->attempt_id)) == StatusResult::applied);
    const Message proven = test.message(message.id);
    CHECK(proven.delivery.state == DeliveryState::sent);
    CHECK_FALSE(proven.delivery.concluded_by_us);
    CHECK(proven.delivery.error_code.empty());
    CHECK(proven.provider_message_id == "SM1");
    const auto attempt = test.store->attempts(message.id).at(0);
    CHECK(attempt.outcome->kind == OutcomeKind::accepted);
    CHECK(attempt.outcome->provider_message_id == "SM1");
    CHECK(test.store->outbox().unknown == 0);
    CHECK(test.claimed() == (settled ? "-" : "next"));
}

TEST_CASE("Without a settling delay the queue goes on at once") {
    StoreTest test;
    test.answer("lost");
    test.answer("next");
    const auto claim = test.claim();
    CHECK(test.store->finish_attempt(finish_of(*claim, outcome(OutcomeKind::unknown))));
    CHECK(test.claimed() == "next");
    CHECK(test.store->outbox().unknown == 1);
}

TEST_CASE("An unknown message can't be canceled") {
    StoreTest test;
    const Message message = test.answer("lost");
    test.lose(*test.claim(), 2min);
    CHECK_FALSE(test.store->cancel(message.id));
    test.pass(3min);
    test.store->promote_due();
    CHECK_FALSE(test.store->cancel(message.id));
    CHECK(test.message(message.id).delivery.state == DeliveryState::unknown);
}

TEST_CASE("A report that came before an unknown outcome has settled it already") {
    StoreTest test;
    const Message message = test.answer("lost");
    test.answer("next");
    const auto claim = test.claim();
    CHECK(test.store->apply_status(test.status("sent", "SM1", claim->attempt_id)) == StatusResult::applied);
    CHECK(test.claimed() == "-");  // the attempt is still in flight
    test.lose(*claim, 2min);
    CHECK(test.message(message.id).delivery.state == DeliveryState::sent);
    CHECK(test.store->attempts(message.id).at(0).outcome->kind == OutcomeKind::accepted);
    CHECK(test.store->outbox().unknown == 0);
    CHECK(test.claimed() == "next");
}

TEST_CASE("A report about an attempt that seemed refused keeps it from being sent twice") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    const auto claim = test.claim();
    test.refuse(*claim, 5s);
    CHECK(test.store->apply_status(test.status("delivered", "SM1", claim->attempt_id)) ==
          StatusResult::applied);
    test.pass(1min);
    CHECK(test.claimed() == "-");
    CHECK(test.message(message.id).delivery.state == DeliveryState::delivered);
    CHECK(test.store->attempts(message.id).at(0).outcome->kind == OutcomeKind::accepted);
}
