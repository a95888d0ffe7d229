// Which of our addresses a conversation is kept with, so that answers come from where the guest expects them.

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

const std::string other_number = "+15551230000";

std::string thread(StoreTest& test, const std::string& conversation_id) {
    const auto conversation = test.store->conversation(conversation_id);
    REQUIRE(conversation);
    return conversation->gateway_address;
}

Message answer_from(StoreTest& test, const std::string& from) {
    OutboundMessage message = test.outbound("Welcome");
    message.from = from;
    return test.enqueue(message);
}

}  // namespace

TEST_CASE("A conversation is kept with the number that the guest last wrote to") {
    StoreTest test;
    const std::string id = test.text("Hello").conversation_id;
    CHECK(thread(test, id) == hotel_number);
    InboundMessage elsewhere = test.inbound("Hello?");
    elsewhere.to = other_number;
    CHECK(test.store->receive(elsewhere).conversation_id == id);
    CHECK(thread(test, id) == other_number);
}

TEST_CASE("A conversation is kept with the service that owns the number where one is named") {
    StoreTest test;
    InboundMessage through_service = test.inbound("Hello");
    through_service.reply_from = "MG1";
    const ReceiveResult received = test.store->receive(through_service);
    CHECK(thread(test, received.conversation_id) == "MG1");
    CHECK(test.message(received.message_id).to == hotel_number);
    CHECK(test.text("directly now").conversation_id == received.conversation_id);
    CHECK(thread(test, received.conversation_id) == hotel_number);
}

TEST_CASE("A message of ours from another number does not move the guest's thread") {
    StoreTest test;
    const std::string id = test.text("Hello").conversation_id;
    CHECK(answer_from(test, other_number).conversation_id == id);
    CHECK(thread(test, id) == hotel_number);
}

TEST_CASE("Until the guest writes, the first message of ours says where the thread is") {
    StoreTest test;
    const std::string id = answer_from(test, other_number).conversation_id;
    CHECK(thread(test, id) == other_number);
    answer_from(test, hotel_number);
    CHECK(thread(test, id) == other_number);
    CHECK(test.text("Thanks").conversation_id == id);
    CHECK(thread(test, id) == hotel_number);
}

TEST_CASE("A new conversation begins with its own first message") {
    StoreTest test;
    const std::string first = test.text("Hello").conversation_id;
    test.store->change_conversation(first, ConversationEvent::close);
    const std::string second = answer_from(test, other_number).conversation_id;
    CHECK(second != first);
    CHECK(thread(test, second) == other_number);
    CHECK(thread(test, first) == hotel_number);
}

TEST_CASE("The open conversation of a guest is found by the address") {
    StoreTest test;
    CHECK_FALSE(test.store->open_conversation("sms", guest_number));
    const std::string id = test.text("Hello").conversation_id;
    REQUIRE(test.store->open_conversation("sms", guest_number));
    CHECK(test.store->open_conversation("sms", guest_number)->id == id);
    CHECK_FALSE(test.store->open_conversation("whatsapp", guest_number));
    CHECK_FALSE(test.store->open_conversation("sms", "+15550000001"));
    test.store->change_conversation(id, ConversationEvent::resolve);
    CHECK(test.store->open_conversation("sms", guest_number));
    test.store->change_conversation(id, ConversationEvent::close);
    CHECK_FALSE(test.store->open_conversation("sms", guest_number));
}
