#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

TEST_CASE("A message that was refused for now is tried again when its time has come") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    test.refuse(*test.claim(), 5s);
    CHECK(test.message(message.id).delivery.state == DeliveryState::pending);
    CHECK(test.claimed() == "-");
    CHECK(test.store->promote_due().next_due_in == 5s);
    test.pass(5s - 1us);
    CHECK(test.claimed() == "-");
    test.pass(1us);
    const auto second = test.claim();
    REQUIRE(second);
    CHECK(second->message_id == message.id);
    CHECK(second->attempt_number == 2);
    const auto attempts = test.store->attempts(message.id);
    REQUIRE(attempts.size() == 2);
    CHECK(attempts[0].outcome->kind == OutcomeKind::refused_for_now);
    CHECK(attempts[0].outcome->provider_error_code == 20429);
    CHECK(attempts[1].number == 2);
    CHECK_FALSE(attempts[1].outcome);
}

TEST_CASE("A waiting retry holds back its own recipient only") {
    StoreTest test;
    test.answer("first");
    test.answer("second");
    test.refuse(*test.claim(), 5s);
    test.answer("elsewhere", "+15550000001");
    CHECK(test.claimed() == "elsewhere");
    CHECK(test.claimed() == "-");
    test.pass(5s);
    CHECK(test.claimed() == "first");
}

TEST_CASE("A higher priority overtakes a waiting retry, which keeps its own time") {
    StoreTest test;
    test.answer("standard");
    test.refuse(*test.claim(), 60s);
    test.answer("urgent", guest_number, Priority::urgent);
    const auto urgent = test.claim();
    REQUIRE(urgent);
    CHECK(urgent->content == "urgent");
    test.accept(*urgent);
    CHECK(test.claimed() == "-");
    test.pass(60s);
    CHECK(test.claimed() == "standard");
}

TEST_CASE("What came in flight's time with a higher priority goes before the retry") {
    StoreTest test;
    test.answer("standard");
    const auto claim = test.claim();
    test.answer("urgent", guest_number, Priority::urgent);
    test.refuse(*claim, 5s);
    CHECK(test.claimed() == "urgent");
}

TEST_CASE("Without another attempt the message has failed and may be sent anew") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    test.answer("next");
    test.refuse(*test.claim(), std::nullopt);
    const Delivery delivery = test.message(message.id).delivery;
    CHECK(delivery.state == DeliveryState::failed);
    CHECK(delivery.concluded_by_us);
    CHECK(delivery.error_code == "SEND_FAILED");
    CHECK(delivery.provider_error_code == 20429);
    CHECK(delivery.retryable);
    CHECK(test.claimed() == "next");
}

TEST_CASE("A retry survives a restart") {
    StoreTest test;
    test.answer("Welcome");
    test.refuse(*test.claim(), 5s);
    test.reopen();
    CHECK(test.claimed() == "-");
    test.pass(5s);
    const auto claim = test.claim();
    REQUIRE(claim);
    CHECK(claim->attempt_number == 2);
}

TEST_CASE("A retry that expires before its time comes is failed") {
    StoreTest test;
    OutboundMessage brief = test.outbound("brief");
    brief.expires_at = test.now() + 10s;
    const Message message = test.enqueue(brief);
    test.refuse(*test.claim(), 20s);
    test.pass(20s);
    CHECK(test.claimed() == "-");
    CHECK(test.message(message.id).delivery.error_code == "EXPIRED");
}
