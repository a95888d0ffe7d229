// Why a message waits.

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

WaitingFor reason(StoreTest& test, const Message& message) {
    const auto waiting = test.store->waiting(message.id);
    REQUIRE(waiting);
    return waiting->what;
}

}  // namespace

TEST_CASE("Each waiting message says what it waits for, and until when") {
    StoreTest test;
    const Message lost = test.answer("lost");
    test.lose(*test.claim(), 2min);
    CHECK(reason(test, lost) == WaitingFor::settling);
    const Message behind_lost = test.answer("behind it");
    CHECK(reason(test, behind_lost) == WaitingFor::settling);
    CHECK(test.store->waiting(behind_lost.id)->until == test.now() + 2min);

    const Message refused = test.answer("refused", "+15550000001");
    test.refuse(*test.claim(), 7s);
    const auto retry = test.store->waiting(refused.id);
    REQUIRE(retry);
    CHECK(retry->what == WaitingFor::retry);
    CHECK(retry->until == test.now() + 7s);
    const Message behind = test.answer("behind", "+15550000001");
    CHECK(reason(test, behind) == WaitingFor::earlier_message);

    OutboundMessage later = test.outbound("later", "+15550000002");
    later.send_at = test.now() + 1h;
    const Message scheduled = test.enqueue(later);
    CHECK(reason(test, scheduled) == WaitingFor::schedule);
    CHECK(test.store->waiting(scheduled.id)->until == test.now() + 1h);

    const Message ready = test.answer("ready", "+15550000003");
    CHECK(reason(test, ready) == WaitingFor::rate);
    test.store->set_paused({"sms", hotel_number}, true);
    CHECK(reason(test, ready) == WaitingFor::paused);
    test.store->set_paused({"sms", hotel_number}, false);
    test.misconfigure(*test.claim(), "wrong token");
    const auto held = test.store->waiting(ready.id);
    REQUIRE(held);
    CHECK(held->what == WaitingFor::held);
    CHECK(held->reason == "wrong token");
    CHECK(held->until == test.now() + 5s);

    test.pass(2min);
    test.store->promote_due();
    CHECK(reason(test, lost) == WaitingFor::provider);
}

TEST_CASE("What is in flight or done waits for nothing") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    const auto claim = test.claim();
    CHECK_FALSE(test.store->waiting(message.id));
    test.accept(*claim);
    CHECK_FALSE(test.store->waiting(message.id));
    CHECK_FALSE(test.store->waiting("0192f3c0-0000-7000-8000-000000000000"));
}
