#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

TEST_CASE("Events ascend, can be read on from any of them, and name what they are about") {
    StoreTest test;
    const ReceiveResult received = test.text("Hello");
    test.answer("Welcome");
    const auto all = test.store->events(0, 100);
    REQUIRE(all.size() == 5);
    for (std::size_t i = 1; i < all.size(); ++i) CHECK(all[i - 1].seq < all[i].seq);
    CHECK(test.store->events(all[2].seq, 100).size() == 2);
    CHECK(test.store->events(0, 2).size() == 2);
    CHECK(test.store->events(all.back().seq, 100).empty());
    CHECK(all[0].guest_id == received.guest_id);
    CHECK(all[0].data == R"({"channel":"sms","address":"+15559876543"})");
    CHECK(all[1].conversation_id == received.conversation_id);
    CHECK(all[1].data == R"({"channel":"sms","state":"new"})");
    CHECK(all[2].message_id == received.message_id);
    CHECK(all[2].data == R"({"channel":"sms","direction":"inbound","role":"guest"})");
    CHECK(all[2].at == test.now());
}

TEST_CASE("A message's own events tell its way") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    test.accept(*test.claim(), "SM1");
    test.store->apply_status(test.status("delivered"));
    std::vector<std::string> types;
    for (const Event& event : test.store->message_events(message.id)) types.push_back(event.type);
    CHECK(types == std::vector<std::string>{"conversation.message", "message.status", "message.report",
                                            "message.status"});
    CHECK(
        test.store->message_events(message.id).back().data ==
        R"({"channel":"sms","deliveryStatus":"delivered","providerStatus":"delivered","providerMessageId":"SM1"})");
    CHECK(test.store->message_events(test.ids.next()).empty());
    CHECK(test.store->message_events("").empty());
}

TEST_CASE("Numbers go on where they were when the store is opened again") {
    StoreTest test;
    test.text("Hello");
    const std::int64_t last = test.store->events(0, 100).back().seq;
    test.reopen();
    test.text("Hello?");
    CHECK(test.store->events(last, 100).size() == 1);
}
