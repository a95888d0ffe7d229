#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

EnqueueRefusal refusal(StoreTest& test, const OutboundMessage& message) {
    const EnqueueResult result = test.store->enqueue(message);
    REQUIRE(std::holds_alternative<EnqueueRefusal>(result));
    return std::get<EnqueueRefusal>(result);
}

}  // namespace

TEST_CASE("A message to an unknown address makes guest and conversation") {
    StoreTest test;
    const Message message = test.answer("Your room is ready");
    CHECK(test.event_types() == "guest.created conversation.created conversation.state conversation.message");
    CHECK(test.store->guest_by_address("sms", guest_number)->id == message.guest_id);
    const auto conversation = test.store->conversation(message.conversation_id);
    CHECK(conversation->state == ConversationState::active);
    CHECK(conversation->guest_address == guest_number);
    CHECK(conversation->gateway_address == hotel_number);
    CHECK(test.text("Thanks").conversation_id == message.conversation_id);
}

TEST_CASE("A message is kept with all that was asked for") {
    StoreTest test;
    OutboundMessage outbound = test.outbound("Your room is ready");
    outbound.role = Role::ai;
    outbound.media_urls = {"https://media.example/map", "https://media.example/key"};
    outbound.segments = 2;
    outbound.priority = Priority::high;
    outbound.metadata = R"({"room":"12"})";
    const Message made = test.enqueue(outbound);
    const Message message = test.message(made.id);
    CHECK(message.seq == made.seq);
    CHECK(message.direction == Direction::outbound);
    CHECK(message.role == Role::ai);
    CHECK(message.content == "Your room is ready");
    CHECK(message.from == hotel_number);
    CHECK(message.to == guest_number);
    CHECK(message.priority == Priority::high);
    CHECK(message.delivery == Delivery{});
    CHECK(message.provider_message_id.empty());
    CHECK(message.segments == 2);
    CHECK(message.encoding == "GSM-7");
    CHECK(message.metadata == R"({"room":"12"})");
    CHECK(message.expires_at == test.now() + 10h);
    REQUIRE(message.media.size() == 2);
    CHECK(message.media[1].url == "https://media.example/key");
    CHECK(test.store->attempts(message.id).empty());
}

TEST_CASE("A conversation that is named must be there, open, and of the channel") {
    StoreTest test;
    OutboundMessage message = test.outbound("Hello");
    message.conversation_id = test.ids.next();
    CHECK(refusal(test, message) == EnqueueRefusal::no_conversation);
    message.conversation_id = test.text("Hello").conversation_id;
    OutboundMessage elsewhere = message;
    elsewhere.channel = "whatsapp";
    CHECK(refusal(test, elsewhere) == EnqueueRefusal::no_conversation);
    test.store->change_conversation(message.conversation_id, ConversationEvent::close);
    CHECK(refusal(test, message) == EnqueueRefusal::conversation_closed);
    CHECK(test.store->outbox().depth == 0);
}

TEST_CASE("An idempotency key gives the earlier message") {
    StoreTest test;
    OutboundMessage message = test.outbound("Hello");
    message.idempotency_key = "K1";
    message.idempotency_owner = "front-desk";
    message.request_hash = "h1";
    const Message first = test.enqueue(message);
    const std::string events = test.event_types();

    const EnqueueResult again = test.store->enqueue(message);
    REQUIRE(std::holds_alternative<Enqueued>(again));
    CHECK(std::get<Enqueued>(again).repeated);
    CHECK(std::get<Enqueued>(again).messages.front().id == first.id);
    CHECK(test.event_types() == events);
    CHECK(test.store->outbox().depth == 1);

    SECTION("another owner's key is another key") {
        message.idempotency_owner = "ai";
        CHECK(test.enqueue(message).id != first.id);
    }
    SECTION("another request under the key is a conflict") {
        message.request_hash = "h2";
        CHECK(refusal(test, message) == EnqueueRefusal::idempotency_conflict);
    }
    SECTION("it is answered also when the guest has opted out meanwhile") {
        test.store->record_consent(consent_report(ConsentKind::opt_out, hotel_number, test.now()));
        const EnqueueResult late = test.store->enqueue(message);
        REQUIRE(std::holds_alternative<Enqueued>(late));
        CHECK(std::get<Enqueued>(late).repeated);
    }
    SECTION("it is remembered when the store is opened again") {
        test.reopen();
        const EnqueueResult late = test.store->enqueue(message);
        REQUIRE(std::holds_alternative<Enqueued>(late));
        CHECK(std::get<Enqueued>(late).repeated);
    }
}

TEST_CASE("What a request came to is found by its key before anything is judged") {
    StoreTest test;
    test.store->place_channels({{"sms", "harbour"}, {"sms2", "airport"}});
    OutboundMessage message = test.outbound("Hello");
    if (GENERATE(false, true)) message.pieces = {{"Hel", "GSM-7", 1}, {"lo", "GSM-7", 1}};
    message.idempotency_key = "K1";
    message.idempotency_owner = "front-desk";
    message.request_hash = "h1";
    const auto find = [&](const std::string& owner, const std::string& key, const std::string& hash,
                          const Scope& within = {}) {
        return test.store->find_request(owner, key, hash, within);
    };
    CHECK_FALSE(find("front-desk", "K1", "h1"));
    const Message first = test.enqueue(message);
    test.store->change_conversation(first.conversation_id, ConversationEvent::close);
    test.pass(24h);
    test.claimed();  // expired

    const auto found = find("front-desk", "K1", "h1");
    REQUIRE(found);
    REQUIRE(std::holds_alternative<Enqueued>(*found));
    CHECK(std::get<Enqueued>(*found).repeated);
    CHECK(std::get<Enqueued>(*found).messages.size() == std::max<std::size_t>(message.pieces.size(), 1));
    CHECK(std::get<Enqueued>(*found).messages.front().id == first.id);
    CHECK(std::get<Enqueued>(*found).messages.front().delivery.error_code == "EXPIRED");

    const auto other = find("front-desk", "K1", "h2");
    REQUIRE(other);
    REQUIRE(std::holds_alternative<EnqueueRefusal>(*other));
    CHECK(std::get<EnqueueRefusal>(*other) == EnqueueRefusal::idempotency_conflict);
    CHECK_FALSE(find("ai", "K1", "h1"));
    CHECK_FALSE(find("front-desk", "K2", "h1"));
    CHECK_FALSE(find("front-desk", "", "h1"));
    CHECK(find("front-desk", "K1", "h1", Scope{{{"harbour"}}}));
    CHECK_FALSE(find("front-desk", "K1", "h1", Scope{{{"airport"}}}));
}

TEST_CASE("The key of a request that was refused is not used up") {
    StoreTest test;
    OutboundMessage message = test.outbound("Hello");
    message.idempotency_key = "K1";
    message.request_hash = "h1";
    test.store->record_consent(consent_report(ConsentKind::opt_out, hotel_number, test.now()));
    CHECK(refusal(test, message) == EnqueueRefusal::opted_out);
    test.store->record_consent(consent_report(ConsentKind::opt_in, hotel_number, test.now()));
    const EnqueueResult result = test.store->enqueue(message);
    REQUIRE(std::holds_alternative<Enqueued>(result));
    CHECK_FALSE(std::get<Enqueued>(result).repeated);
}

TEST_CASE("Enqueuing, finishing and freeing work wakes the dispatcher") {
    StoreTest test;
    int woken = 0;
    test.store->on_outbox_change([&woken] { ++woken; });
    test.text("Hello");
    CHECK(woken == 0);
    test.answer("Welcome");
    CHECK(woken == 1);
    const auto claim = test.claim();
    REQUIRE(claim);
    const int before = woken;
    test.accept(*claim);
    CHECK(woken == before + 1);
    test.store->set_paused({}, true);
    test.store->set_paused({}, false);
    CHECK(woken > before + 1);
}
