#include <algorithm>

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

OutboundMessage long_text(const StoreTest& test, int parts = 3) {
    OutboundMessage message = test.outbound("the whole text");
    message.segments = 99;
    for (int part = 1; part <= parts; ++part)
        message.pieces.push_back({"part " + std::to_string(part), part == 1 ? "UCS-2" : "GSM-7", part});
    return message;
}

std::vector<Message> enqueue_all(StoreTest& test, const OutboundMessage& message) {
    const EnqueueResult result = test.store->enqueue(message);
    REQUIRE(std::holds_alternative<Enqueued>(result));
    return std::get<Enqueued>(result).messages;
}

std::vector<std::string> states(StoreTest& test, const std::vector<Message>& parts) {
    std::vector<std::string> states;
    for (const Message& part : parts) states.emplace_back(to_string(test.message(part.id).delivery.state));
    return states;
}

/// All that can be claimed and is accepted, in its order.
std::string drain(StoreTest& test) {
    std::string contents;
    while (const auto claim = test.claim()) {
        contents += claim->content + ";";
        test.accept(*claim, "SM-" + claim->message_id);
    }
    return contents;
}

using Words = std::vector<std::string>;

}  // namespace

TEST_CASE("The pieces of a long text are messages of one group, in their order") {
    StoreTest test;
    OutboundMessage outbound = long_text(test);
    outbound.media_urls = {"https://media.example/map"};
    outbound.priority = Priority::high;
    outbound.metadata = R"({"room":"12"})";
    const std::vector<Message> made = enqueue_all(test, outbound);
    REQUIRE(made.size() == 3);
    for (int part = 1; part <= 3; ++part) {
        const Message message = test.message(made.at(part - 1).id);
        CAPTURE(part);
        REQUIRE(message.group);
        CHECK(message.group->id == made[0].id);
        CHECK(message.group->part == part);
        CHECK(message.group->parts == 3);
        CHECK(message.content == "part " + std::to_string(part));
        CHECK(message.encoding == (part == 1 ? "UCS-2" : "GSM-7"));
        CHECK(message.segments == part);
        CHECK(message.media.size() == (part == 1 ? 1 : 0));
        CHECK(message.conversation_id == made[0].conversation_id);
        CHECK(message.guest_id == made[0].guest_id);
        CHECK(message.priority == Priority::high);
        CHECK(message.metadata == outbound.metadata);
        CHECK(message.expires_at == outbound.expires_at);
    }
    const std::vector<Message> group = test.store->group(made[0].id);
    REQUIRE(group.size() == 3);
    CHECK(std::ranges::is_sorted(group, {}, &Message::seq));
    CHECK(group[2].id == made[2].id);
    CHECK(test.store->outbox().depth == 3);
}

TEST_CASE("A message that stands alone has no group") {
    StoreTest test;
    CHECK_FALSE(test.answer("short").group);
    const std::string inbound = test.text("Hello").message_id;
    CHECK_FALSE(test.message(inbound).group);
    CHECK(test.store->group(inbound).empty());
    CHECK(test.store->group("").empty());
}

TEST_CASE("A conversation counts each part and shows how the long text begins") {
    StoreTest test;
    const std::string id = test.text("Hello").conversation_id;
    const std::vector<Message> parts = enqueue_all(test, long_text(test));
    CHECK(parts[2].conversation_id == id);
    const auto conversation = test.store->conversation(id);
    CHECK(conversation->message_count == 4);
    CHECK(conversation->last_message_preview == "part 1");
    CHECK(conversation->activity_seq == parts[2].seq);
    CHECK(conversation->state == ConversationState::active);
    CHECK(test.event_types() ==
          "guest.created conversation.created conversation.message conversation.state conversation.message"
          " conversation.message conversation.message");
    const Event last = test.store->events(0, 100).back();
    CHECK(last.data == R"({"channel":"sms","direction":"outbound","role":"staff","groupId":")" + parts[0].id +
                           R"(","part":3,"parts":3})");
}

TEST_CASE("A long text to an unknown address makes one guest and one conversation") {
    StoreTest test;
    const std::vector<Message> parts = enqueue_all(test, long_text(test));
    CHECK(test.store->guests("", 10).size() == 1);
    CHECK(test.store->conversations({}, std::nullopt, 10).items.size() == 1);
    CHECK(test.store->messages(parts[0].conversation_id, std::nullopt, 10).items.size() == 3);
}

TEST_CASE("An idempotency key gives all earlier parts as they are now") {
    StoreTest test;
    OutboundMessage message = long_text(test);
    message.idempotency_key = "K1";
    message.request_hash = "h1";
    const std::vector<Message> first = enqueue_all(test, message);
    test.accept(*test.claim(), "SM1");
    test.store->apply_status(test.status("delivered", "SM1"));
    const EnqueueResult again = test.store->enqueue(message);
    REQUIRE(std::holds_alternative<Enqueued>(again));
    const auto& repeated = std::get<Enqueued>(again);
    CHECK(repeated.repeated);
    REQUIRE(repeated.messages.size() == 3);
    CHECK(repeated.messages[0].id == first[0].id);
    CHECK(repeated.messages[0].delivery.state == DeliveryState::delivered);
    CHECK(repeated.messages[2].id == first[2].id);
    CHECK(test.store->outbox().depth == 2);
}

TEST_CASE("A long text to who has opted out leaves no trace") {
    StoreTest test;
    test.store->record_consent(consent_report(ConsentKind::opt_out, hotel_number, test.now()));
    CHECK(std::holds_alternative<EnqueueRefusal>(test.store->enqueue(long_text(test))));
    CHECK(test.store->guests("", 10).empty());
    CHECK(test.store->outbox().depth == 0);
}

TEST_CASE("Parts go one behind the other and before what comes later") {
    StoreTest test;
    enqueue_all(test, long_text(test));
    test.answer("later");
    CHECK(drain(test) == "part 1;part 2;part 3;later;");
}

TEST_CASE("Parts that are scheduled keep their order when their time comes") {
    StoreTest test;
    OutboundMessage message = long_text(test, 12);
    message.send_at = test.now() + 1h;
    message.expires_at = test.now() + 10h;
    enqueue_all(test, message);
    CHECK(test.claimed() == "-");
    test.pass(1h);
    CHECK(drain(test) ==
          "part 1;part 2;part 3;part 4;part 5;part 6;part 7;part 8;part 9;part 10;part 11;part 12;");
}

TEST_CASE("A part that is tried again holds back those after it") {
    StoreTest test;
    const std::vector<Message> parts = enqueue_all(test, long_text(test));
    test.refuse(*test.claim(), 5s);
    CHECK(test.claimed() == "-");
    test.pass(5s);
    CHECK(drain(test) == "part 1;part 2;part 3;");
    CHECK(test.store->attempts(parts[0].id).size() == 2);
    CHECK(test.store->attempts(parts[1].id).size() == 1);
}

TEST_CASE("A part whose outcome is unknown holds back those after it for the settling delay only") {
    StoreTest test;
    const std::vector<Message> parts = enqueue_all(test, long_text(test));
    test.lose(*test.claim(), 30s);
    CHECK(test.claimed() == "-");
    test.pass(30s);
    CHECK(drain(test) == "part 2;part 3;");
    CHECK(states(test, parts) == Words{"unknown", "pending", "pending"});
}

TEST_CASE("Each part has a delivery state of its own") {
    StoreTest test;
    const std::vector<Message> parts = enqueue_all(test, long_text(test));
    drain(test);
    test.store->apply_status(test.status("delivered", "SM-" + parts[0].id));
    test.store->apply_status(test.status("failed", "SM-" + parts[1].id));
    CHECK(states(test, parts) == Words{"delivered", "failed", "pending"});
    const std::vector<Message> group = test.store->group(parts[0].id);
    CHECK(group[1].delivery.state == DeliveryState::failed);
}

TEST_CASE("Canceling one part cancels all that still wait") {
    StoreTest test;
    const std::vector<Message> parts = enqueue_all(test, long_text(test));
    const Message other = test.answer("later");
    SECTION("while none has gone, whichever is named") {
        const auto named = GENERATE(0u, 1u, 2u);
        CHECK(test.store->cancel(parts.at(named).id));
        CHECK(states(test, parts) == Words{"canceled", "canceled", "canceled"});
    }
    SECTION("those in flight and gone stay what they are, be they the one that is named") {
        test.accept(*test.claim(), "SM1");
        const auto in_flight = test.claim();
        REQUIRE(in_flight);
        const auto named = GENERATE(0u, 1u, 2u);
        CHECK(test.store->cancel(parts.at(named).id));
        CHECK(states(test, parts) == Words{"pending", "pending", "canceled"});
        test.accept(*in_flight, "SM2");
    }
    SECTION("also one that waits for a retry") {
        test.refuse(*test.claim(), 5s);
        CHECK(test.store->cancel(parts[2].id));
        CHECK(states(test, parts) == Words{"canceled", "canceled", "canceled"});
    }
    CHECK_FALSE(test.store->cancel(parts[0].id));
    test.pass(1h);
    CHECK(drain(test) == "later;");
    CHECK(test.message(other.id).delivery.state == DeliveryState::pending);
    CHECK(test.store->outbox().depth == 0);
}

TEST_CASE("Parts outlive the store's closing") {
    StoreTest test;
    const std::vector<Message> parts = enqueue_all(test, long_text(test));
    test.reopen();
    CHECK(test.store->group(parts[0].id).size() == 3);
    CHECK(drain(test) == "part 1;part 2;part 3;");
}
