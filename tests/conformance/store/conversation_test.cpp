#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;
using Change = Change;

TEST_CASE("The first answer makes a conversation active") {
    StoreTest test;
    const ReceiveResult received = test.text("Hello");
    OutboundMessage answer = test.outbound("Welcome");
    answer.conversation_id = received.conversation_id;
    CHECK(test.enqueue(answer).conversation_id == received.conversation_id);
    const auto conversation = test.store->conversation(received.conversation_id);
    CHECK(conversation->state == ConversationState::active);
    CHECK(conversation->message_count == 2);
    CHECK(conversation->last_message_preview == "Welcome");
    CHECK(test.event_types() ==
          "guest.created conversation.created conversation.message conversation.state conversation.message");
}

TEST_CASE("A guest's message on a resolved conversation reopens it") {
    StoreTest test;
    const std::string id = test.text("Hello").conversation_id;
    CHECK(test.store->change_conversation(id, ConversationEvent::resolve) == Change::done);
    CHECK(test.store->conversation(id)->state == ConversationState::resolved);
    CHECK(test.text("One more thing").conversation_id == id);
    CHECK(test.store->conversation(id)->state == ConversationState::active);
}

TEST_CASE("A message after closing begins a new conversation of the same guest") {
    StoreTest test;
    const ReceiveResult first = test.text("Hello");
    CHECK(test.store->change_conversation(first.conversation_id, ConversationEvent::close) == Change::done);
    const ReceiveResult second = test.text("I am back");
    CHECK(second.guest_id == first.guest_id);
    CHECK(second.conversation_id != first.conversation_id);
    CHECK(test.store->conversation(second.conversation_id)->state == ConversationState::fresh);
    CHECK(test.store->conversation(first.conversation_id)->message_count == 1);
}

TEST_CASE("Changes of state are done, refused or noticed as idle") {
    StoreTest test;
    const std::string id = test.text("Hello").conversation_id;
    const auto change = [&](ConversationEvent event) { return test.store->change_conversation(id, event); };
    CHECK(change(ConversationEvent::reopen) == Change::not_allowed);
    CHECK(change(ConversationEvent::escalate) == Change::done);
    const std::string events = test.event_types();
    CHECK(change(ConversationEvent::escalate) == Change::done);
    CHECK(test.event_types() == events);
    CHECK(change(ConversationEvent::close) == Change::done);
    CHECK(change(ConversationEvent::reopen) == Change::not_allowed);
    CHECK(test.store->change_conversation(test.ids.next(), ConversationEvent::close) == Change::not_found);
    CHECK(test.store->conversation(id)->state == ConversationState::closed);
}

TEST_CASE("A change of state is logged with both states") {
    StoreTest test;
    const std::string id = test.text("Hello").conversation_id;
    test.store->change_conversation(id, ConversationEvent::escalate);
    const Event event = test.store->events(0, 100).back();
    CHECK(event.type == "conversation.state");
    CHECK(event.conversation_id == id);
    CHECK(event.data == R"({"from":"new","to":"escalated"})");
}

TEST_CASE("Channels have conversations of their own") {
    StoreTest test;
    const ReceiveResult text = test.text("Hello");
    InboundMessage elsewhere = test.inbound("Hello");
    elsewhere.channel = "whatsapp";
    CHECK(test.store->receive(elsewhere).conversation_id != text.conversation_id);
}
