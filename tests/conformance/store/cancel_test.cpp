#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

TEST_CASE("What waits can be canceled, whatever it waits for") {
    StoreTest test;
    Message message;
    SECTION("ready") {
        message = test.answer("first");
    }
    SECTION("behind another") {
        test.answer("to be sent");
        message = test.answer("first");
    }
    SECTION("scheduled") {
        OutboundMessage later = test.outbound("first");
        later.send_at = test.now() + 1h;
        message = test.enqueue(later);
    }
    SECTION("for a retry") {
        message = test.answer("first");
        test.refuse(*test.claim(), 5s);
    }
    test.answer("second");
    CHECK(test.store->cancel(message.id));
    CHECK(test.message(message.id).delivery.state == DeliveryState::canceled);
    CHECK(test.store->message_events(message.id).back().type == "message.status");
    CHECK_FALSE(test.store->cancel(message.id));
    test.pass(2h);
    std::string claimed;
    while (const auto claim = test.claim()) {
        claimed += claim->content + ";";
        test.accept(*claim, "SM-" + claim->content);
    }
    CHECK(claimed.find("first") == std::string::npos);
    CHECK(claimed.find("second") != std::string::npos);
    CHECK(test.store->outbox().depth == 0);
}

TEST_CASE("What is in flight, done or not known can't be canceled") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    const auto claim = test.claim();
    CHECK_FALSE(test.store->cancel(message.id));
    test.accept(*claim);
    CHECK_FALSE(test.store->cancel(message.id));
    CHECK(test.message(message.id).delivery.state == DeliveryState::pending);
    CHECK_FALSE(test.store->cancel(test.ids.next()));
    CHECK_FALSE(test.store->cancel(test.text("Hello").message_id));
}

TEST_CASE("The provider's word replaces a cancellation that came too late") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    const auto claim = test.claim();
    test.refuse(*claim, 5s);
    CHECK(test.store->cancel(message.id));
    test.store->apply_status(test.status("delivered", "SM1", claim->attempt_id));
    CHECK(test.message(message.id).delivery.state == DeliveryState::delivered);
}
