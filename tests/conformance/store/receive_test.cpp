#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

TEST_CASE("A first message makes guest, conversation and message, each logged once") {
    StoreTest test;
    const ReceiveResult result = test.text("Is breakfast included?");
    CHECK_FALSE(result.duplicate);
    CHECK(test.event_types() == "guest.created conversation.created conversation.message");

    const auto guest = test.store->guest(result.guest_id);
    REQUIRE(guest);
    REQUIRE(guest->identities.size() == 1);
    CHECK(guest->identities[0].channel == "sms");
    CHECK(guest->identities[0].address == guest_number);
    CHECK(guest->created_at == test.now());

    const auto conversation = test.store->conversation(result.conversation_id);
    REQUIRE(conversation);
    CHECK(conversation->guest_id == result.guest_id);
    CHECK(conversation->state == ConversationState::fresh);
    CHECK(conversation->guest_address == guest_number);
    CHECK(conversation->gateway_address == hotel_number);
    CHECK(conversation->message_count == 1);
    CHECK(conversation->last_message_preview == "Is breakfast included?");
    CHECK(conversation->last_message_at == test.now());
}

TEST_CASE("A message is kept with all that came with it") {
    StoreTest test;
    InboundMessage inbound = test.inbound("Our room \xf0\x9f\x98\x80 'quoted' \"twice\"");
    inbound.media = {{"https://media.example/1", "image/jpeg"}, {"https://media.example/2", ""}};
    inbound.raw = {{"Body", "a=b&c+d %41 \xff\xfe"}, {"Empty", ""}, {"Body", "again"}, {"Nul", "x\0y"s}};
    inbound.segments = 3;
    const ReceiveResult result = test.store->receive(inbound);

    const Message message = test.message(result.message_id);
    CHECK(message.seq > 0);
    CHECK(message.conversation_id == result.conversation_id);
    CHECK(message.guest_id == result.guest_id);
    CHECK(message.channel == "sms");
    CHECK(message.direction == Direction::inbound);
    CHECK(message.role == Role::guest);
    CHECK(message.content == inbound.content);
    CHECK(message.from == guest_number);
    CHECK(message.to == hotel_number);
    CHECK(message.delivery.state == DeliveryState::received);
    CHECK(message.delivery.provider_status == "received");
    CHECK(message.provider_message_id == inbound.provider_message_id);
    CHECK(message.segments == 3);
    CHECK(message.encoding == "GSM-7");
    CHECK(message.raw == inbound.raw);
    CHECK_FALSE(message.consent);
    CHECK_FALSE(message.send_at);
    CHECK(message.created_at == test.now());
    REQUIRE(message.media.size() == 2);
    CHECK(message.media[0].url == "https://media.example/1");
    CHECK(message.media[0].content_type == "image/jpeg");
    CHECK(message.media[1].url == "https://media.example/2");
}

TEST_CASE("A message that comes again changes nothing") {
    StoreTest test;
    const InboundMessage inbound = test.inbound("Hello");
    const ReceiveResult first = test.store->receive(inbound);
    const std::string events = test.event_types();
    const ReceiveResult second = test.store->receive(inbound);
    CHECK(second.duplicate);
    CHECK(test.event_types() == events);
    CHECK(test.store->conversation(first.conversation_id)->message_count == 1);

    InboundMessage other_text = inbound;
    other_text.content = "Hello?";
    CHECK(test.store->receive(other_text).duplicate);
    InboundMessage other_channel = inbound;
    other_channel.channel = "whatsapp";
    CHECK_FALSE(test.store->receive(other_channel).duplicate);
}

TEST_CASE("A provider's id is remembered when the store is opened again") {
    StoreTest test;
    const InboundMessage inbound = test.inbound("Hello");
    const ReceiveResult first = test.store->receive(inbound);
    test.reopen();
    CHECK(test.store->receive(inbound).duplicate);
    CHECK(test.message(first.message_id).content == "Hello");
}

TEST_CASE("Messages without a provider's id are all kept") {
    StoreTest test;
    InboundMessage inbound = test.inbound("Hello");
    inbound.provider_message_id.clear();
    CHECK_FALSE(test.store->receive(inbound).duplicate);
    CHECK_FALSE(test.store->receive(inbound).duplicate);
}

TEST_CASE("Content comes back byte for byte") {
    StoreTest test;
    const std::string content = GENERATE(""s, " "s, "it's; DROP TABLE messages --"s, "?1 :name $2 @x"s,
                                         std::string(100'000, 'x'), "\xe6\x97\xa5\xe6\x9c\xac\n\tline"s);
    CHECK(test.message(test.text(content).message_id).content == content);
}

TEST_CASE("A preview is short and cut between characters") {
    StoreTest test;
    std::string content;
    for (int i = 0; i < 200; ++i) content += "\xe2\x82\xac";
    const auto conversation = test.store->conversation(test.text(content).conversation_id);
    const std::string& preview = conversation->last_message_preview;
    CHECK(preview.size() <= 200);
    CHECK(preview.size() % 3 == 0);
    CHECK(content.starts_with(preview));
}

TEST_CASE("A guest is known by channel and address") {
    StoreTest test;
    const ReceiveResult first = test.text("one");
    CHECK(test.text("two").guest_id == first.guest_id);
    CHECK(test.text("three", "+15550000001").guest_id != first.guest_id);
    InboundMessage elsewhere = test.inbound("four");
    elsewhere.channel = "whatsapp";
    CHECK(test.store->receive(elsewhere).guest_id != first.guest_id);
    CHECK(test.store->guest_by_address("sms", guest_number)->id == first.guest_id);
    CHECK_FALSE(test.store->guest_by_address("sms", "+15550000009"));
}
