#include <catch2/catch.hpp>

#include "house.h"

using namespace jackgw;
using test::Answer;
using test::House;

TEST_CASE("A message is accepted with 202 and shown as stored") {
    House house;
    const Answer answer = house.post("/messages", R"({"channel":"sms","to":"+1 555 9876543","content":"Hello",
        "mediaUrls":["https://x.example/a"],"priority":"high","role":"ai","from":"+15550000002",
        "sendAt":"2026-11-22T20:00:00+02:00","expiresAt":"2026-11-23T00:00:00Z","metadata":{"b":[1,null],"a":true}})");
    REQUIRE(answer.status == 202);
    REQUIRE(house.store.enqueued.size() == 1);
    const OutboundMessage& stored = house.store.enqueued[0];
    CHECK(stored.channel == "sms");
    CHECK(stored.to == "+15559876543");
    CHECK(stored.from == "+15550000002");
    CHECK(stored.role == Role::ai);
    CHECK(stored.priority == Priority::high);
    CHECK(stored.media_urls == std::vector<std::string>{"https://x.example/a"});
    CHECK(stored.send_at == parse_iso8601("2026-11-22T18:00:00Z"));
    CHECK(stored.expires_at == parse_iso8601("2026-11-23T00:00:00Z"));
    CHECK(stored.metadata == R"({"a":true,"b":[1,null]})");
    CHECK(stored.idempotency_key.empty());

    CHECK(answer.text("data.deliveryStatus") == "pending");
    CHECK(answer.text("data.direction") == "outbound");
    CHECK(answer.text("data.metadata.a") == "true");
    CHECK(answer.header("Location") == "/api/v1/messages/" + answer.text("data.id"));
}

TEST_CASE("Staff at standard priority is who writes if nothing else is said") {
    House house;
    REQUIRE(house.post("/messages", R"({"channel":"sms","to":"+15559876543","content":"Hi"})").status == 202);
    CHECK(house.store.enqueued[0].role == Role::staff);
    CHECK(house.store.enqueued[0].priority == Priority::standard);
    CHECK(house.store.enqueued[0].metadata.empty());
}

TEST_CASE("A guest who opted out is not written to") {
    House house;
    house.store.enqueue_refusal = store::EnqueueRefusal::opted_out;
    const Answer answer = house.post("/messages", R"({"channel":"sms","to":"+15559876543","content":"Hi"})");
    CHECK(answer.status == 422);
    CHECK(answer.code() == "UNSUBSCRIBED");
    CHECK(answer.field() == "to");
}

TEST_CASE("A channel that isn't ready asks to come again") {
    House house;
    const Answer answer =
        house.post("/messages", R"({"channel":"whatsapp","to":"+15559876543","content":"Hi"})");
    CHECK(answer.status == 503);
    CHECK_FALSE(answer.header("Retry-After").empty());
}

TEST_CASE("A preview shows what would be sent and stores nothing") {
    House house;
    const Answer answer = house.post("/messages/preview", R"({"channel":"sms","content":"Hello"})");
    REQUIRE(answer.status == 200);
    CHECK(answer.text("data.encoding") == "GSM-7");
    CHECK(answer.text("data.units") == "5");
    CHECK(answer.text("data.parts[0]") == "Hello");
    CHECK(answer.text("data.warnings[0]") == "made for tests");
    CHECK(house.store.enqueued.empty());

    CHECK(house.post("/messages/preview", R"({"channel":"sms"})").field() == "content");
    CHECK(house.post("/messages/preview", R"({"channel":"sms","content":"Hi","to":"+1"})").field() == "to");
    CHECK(house.post("/messages/preview", R"({"content":"Hi"})").field() == "channel");
}

TEST_CASE("A message is shown with its attempts and events") {
    House house;
    house.add_message(test::id_a, DeliveryState::sent);
    Attempt attempt;
    attempt.id = test::id_b;
    attempt.message_id = test::id_a;
    house.store.all_attempts = {attempt};
    Event event;
    event.seq = 9;
    event.type = "message.status";
    event.message_id = test::id_a;
    event.data = "{}";
    house.store.all_events = {event};

    const Answer answer = house.get("/messages/" + test::id_a);
    REQUIRE(answer.status == 200);
    CHECK(answer.text("data.id") == test::id_a);
    CHECK(answer.text("data.deliveryStatus") == "sent");
    CHECK(answer.text("data.attempts[0].id") == test::id_b);
    CHECK(answer.text("data.events[0].type") == "message.status");
}

TEST_CASE("Ids that name nothing, or can't be ids, are not found") {
    const auto path = GENERATE(as<std::string>{}, "", "/retry", "/cancel");
    const auto id = GENERATE(as<std::string>{}, test::unknown_id, "1", "..", "%00", "%ff", "a%2Fb");
    INFO(id << path);
    House house;
    const Answer answer = house.call(path.empty() ? "GET" : "POST", "/messages/" + id + path);
    CHECK(answer.status == 404);
    CHECK(answer.code() == "NOT_FOUND");
}

TEST_CASE("A retry makes a new message of a failed one, and of no other") {
    House house;
    Message& failed = house.add_message(test::id_a, DeliveryState::failed);
    failed.content = "Your taxi is here";
    failed.media = {{"https://x.example/a", ""}};
    failed.priority = Priority::urgent;
    failed.metadata = R"({"a":1})";
    const Answer answer = house.post("/messages/" + test::id_a + "/retry");
    REQUIRE(answer.status == 202);
    CHECK(answer.text("data.id") != test::id_a);
    CHECK(answer.text("data.retryOf") == test::id_a);
    const OutboundMessage& stored = house.store.enqueued.at(0);
    CHECK(stored.conversation_id.empty());
    CHECK(stored.to == failed.to);
    CHECK(stored.from == failed.from);
    CHECK(stored.role == Role::ai);
    CHECK(stored.content == failed.content);
    CHECK(stored.media_urls == std::vector<std::string>{"https://x.example/a"});
    CHECK(stored.priority == Priority::urgent);
    CHECK(stored.metadata == failed.metadata);
    CHECK_FALSE(stored.expires_at);
    CHECK(stored.lifetime == std::chrono::hours{10});

    for (const DeliveryState state :
         {DeliveryState::pending, DeliveryState::sending, DeliveryState::sent, DeliveryState::delivered,
          DeliveryState::canceled, DeliveryState::read, DeliveryState::unknown, DeliveryState::received}) {
        house.store.all_messages[0].delivery.state = state;
        const Answer refused = house.post("/messages/" + test::id_a + "/retry");
        INFO(to_string(state));
        CHECK(refused.status == 409);
        CHECK(refused.code() == "NOT_FAILED");
    }
    CHECK(house.store.enqueued.size() == 1);
}

TEST_CASE("A message that was retried isn't retried again; the answer names the one that is") {
    House house;
    house.add_message(test::id_a, DeliveryState::failed);
    const auto [state, advised] = GENERATE(
        table<DeliveryState, bool>({{DeliveryState::pending, false}, {DeliveryState::failed, true}}));
    house.store.retried = store::Retried{.by = test::id_b, .state = state};
    const Answer answer = house.post("/messages/" + test::id_a + "/retry");
    CHECK(answer.status == 409);
    CHECK(answer.code() == "RETRIED");
    CHECK(answer.text("error.messageId") == test::id_b);
    CHECK_THAT(answer.text("error.message"), Catch::Contains(test::id_b + ", is "));
    const bool advises = answer.text("error.message").find("retry that one") != std::string::npos;
    CHECK(advises == advised);

    // Meanwhile it was delivered after all.
    house.store.retried.reset();
    house.store.enqueue_refusal = store::EnqueueRefusal::not_failed;
    CHECK(house.post("/messages/" + test::id_a + "/retry").code() == "NOT_FAILED");
    CHECK(house.post("/messages/" + test::id_b + "/retry").at("error.messageId").isEmpty());
}

TEST_CASE("A waiting message can be canceled") {
    House house;
    house.add_message(test::id_a, DeliveryState::pending);
    const Answer answer = house.post("/messages/" + test::id_a + "/cancel");
    CHECK(answer.status == 200);
    CHECK(answer.text("data.deliveryStatus") == "canceled");

    house.store.cancel_result = false;
    const Answer late = house.post("/messages/" + test::id_a + "/cancel");
    CHECK(late.status == 409);
    CHECK(late.code() == "NOT_WAITING");
}

namespace {

/// Makes two pieces of every text.
void split(Mapped& mapped) {
    mapped.pieces = {{"(1/2) " + mapped.content, "GSM-7", 10, 1}, {"(2/2) and on", "UCS-2", 12, 2}};
}

}  // namespace

TEST_CASE("A long text is accepted as one message with its parts") {
    House house;
    house.channels.fake_mapper->adjust = split;
    const Answer answer = house.post(
        "/messages",
        R"({"channel":"sms","to":"+15559876543","content":"Hello","mediaUrls":["https://x.example/a"]})");
    REQUIRE(answer.status == 202);
    CHECK(house.store.enqueued.size() == 1);
    CHECK(answer.header("Location") == "/api/v1/messages/" + answer.text("data.id"));
    CHECK(answer.text("data.group.id") == answer.text("data.id"));
    CHECK(answer.text("data.group.part") == "1");
    CHECK(answer.text("data.group.parts") == "2");
    REQUIRE(answer.size("data.parts") == 2);
    CHECK(answer.text("data.parts[0].id") == answer.text("data.id"));
    CHECK(answer.text("data.parts[0].content") == "(1/2) Hello");
    CHECK(answer.size("data.parts[0].media") == 1);
    CHECK(answer.text("data.parts[1].content") == "(2/2) and on");
    CHECK(answer.text("data.parts[1].encoding") == "UCS-2");
    CHECK(answer.text("data.parts[1].segments") == "2");
    CHECK(answer.size("data.parts[1].media") == 0);
    CHECK(answer.text("data.parts[1].group.id") == answer.text("data.id"));
    CHECK(answer.text("data.parts[1].group.part") == "2");
}

TEST_CASE("A message that stands alone has no parts") {
    House house;
    const Answer answer = house.post("/messages", R"({"channel":"sms","to":"+15559876543","content":"Hi"})");
    REQUIRE(answer.status == 202);
    CHECK(answer.at("data.group").isEmpty());
    CHECK(answer.size("data.parts") == 0);
}

TEST_CASE("What the channel warns of is in the answer of both ways to write") {
    House house;
    house.add_conversation(test::id_a, 1);
    house.channels.fake_mapper->adjust = [](Mapped& mapped) {
        mapped.warnings = {"it is a landline", "the text was cut"};
        mapped.truncated = true;
    };
    const Answer answer =
        GENERATE(0, 1) == 0
            ? house.post("/messages", R"({"channel":"sms","to":"+15559876543","content":"Hi"})")
            : house.post("/conversations/" + test::id_a + "/messages", R"({"content":"Hi"})");
    REQUIRE(answer.status == 202);
    CHECK(answer.text("data.warnings[0]") == "it is a landline");
    CHECK(answer.text("data.warnings[1]") == "the text was cut");
    CHECK(answer.text("data.truncated") == "true");
}

TEST_CASE("A part is shown with the delivery state of each") {
    House house;
    house.add_message(test::id_a, DeliveryState::delivered).group = MessageGroup{test::id_a, 1, 2};
    house.add_message(test::id_b, DeliveryState::failed).group = MessageGroup{test::id_a, 2, 2};
    house.add_message(test::id_c, DeliveryState::sent);
    const Answer second = house.get("/messages/" + test::id_b);
    CHECK(second.text("data.deliveryStatus") == "failed");
    REQUIRE(second.size("data.parts") == 2);
    CHECK(second.text("data.parts[0].deliveryStatus") == "delivered");
    CHECK(second.text("data.parts[1].id") == test::id_b);
    CHECK(second.text("data.parts[1].deliveryStatus") == "failed");
    CHECK(house.get("/messages/" + test::id_c).size("data.parts") == 0);

    const Answer canceled = house.post("/messages/" + test::id_b + "/cancel");
    REQUIRE(canceled.status == 200);
    CHECK(canceled.size("data.parts") == 2);
}

TEST_CASE("A retry of a part sends that part alone") {
    House house;
    Message& failed = house.add_message(test::id_b, DeliveryState::failed);
    failed.group = MessageGroup{test::id_a, 2, 2};
    failed.content = "(2/2) and on";
    const Answer answer = house.post("/messages/" + test::id_b + "/retry");
    REQUIRE(answer.status == 202);
    CHECK(house.store.enqueued.at(0).content == "(2/2) and on");
    CHECK(house.store.enqueued.at(0).pieces.empty());
    CHECK(answer.at("data.group").isEmpty());
}

TEST_CASE("A preview shows the messages that a long text becomes, and what is replaced") {
    House house;
    house.channels.fake_mapper->adjust = [](Mapped& mapped) {
        split(mapped);
        mapped.replacements = {{"’", "'"}};
        mapped.code_points = 5;
    };
    const Answer answer = house.post("/messages/preview", R"({"channel":"sms","content":"Hello"})");
    REQUIRE(answer.status == 200);
    CHECK(answer.text("data.codePoints") == "5");
    CHECK(answer.text("data.replacements[0].written") == "’");
    CHECK(answer.text("data.replacements[0].sent") == "'");
    REQUIRE(answer.size("data.messages") == 2);
    CHECK(answer.text("data.messages[1].content") == "(2/2) and on");
    CHECK(answer.text("data.messages[1].segments") == "2");
    CHECK(house.store.enqueued.empty());
}
