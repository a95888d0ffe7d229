#include <catch2/catch.hpp>

#include "house.h"

using namespace jackgw;
using test::Answer;
using test::House;

TEST_CASE("Conversations are listed by what is asked for") {
    House house;
    house.add_conversation(test::id_a, 1);
    const Answer answer =
        house.get("/conversations?state=escalated&channel=sms&q=Anna+M%C3%BCller%2B1&guestId=" + test::id_b);
    CHECK(answer.status == 200);
    CHECK(house.store.last_filter.state == ConversationState::escalated);
    CHECK(house.store.last_filter.channel == "sms");
    CHECK(house.store.last_filter.text == "Anna Müller+1");
    CHECK(house.store.last_filter.guest_id == test::id_b);
}

TEST_CASE("Parameters without a value filter nothing") {
    House house;
    house.add_conversation(test::id_a, 1);
    const Answer answer = house.get("/conversations?state=&channel=&q=&limit=&cursor=&");
    REQUIRE(answer.status == 200);
    CHECK(answer.size("data") == 1);
    CHECK(answer.at("nextCursor").isEmpty());
    CHECK_FALSE(house.store.last_filter.state);
}

TEST_CASE("A conversation and its messages") {
    House house;
    house.add_conversation(test::id_a, 1);
    house.add_message(test::id_b, DeliveryState::sent);
    CHECK(house.get("/conversations/" + test::id_a).text("data.guestAddress") == "+15559876543");
    const Answer messages = house.get("/conversations/" + test::id_a + "/messages");
    CHECK(messages.size("data") == 1);
    CHECK(messages.text("data[0].id") == test::id_b);
    CHECK(messages.text("data[0].content") == "Breakfast is at 7");
}

TEST_CASE("What isn't there is 404 with every method") {
    struct Row {
        std::string method;
        std::string path;
        std::string body;
    };
    const auto row = GENERATE(values<Row>({
        {"GET", "", ""},
        {"GET", "/messages", ""},
        {"POST", "/messages", R"({"content":"Hello"})"},
        {"POST", "/escalate", ""},
        {"POST", "/resolve", ""},
        {"POST", "/reopen", ""},
        {"POST", "/close", ""},
    }));
    const auto id = GENERATE(as<std::string>{}, test::unknown_id, "x");
    INFO(row.method << " " << row.path);
    House house;
    house.store.change_result = store::Change::not_found;
    const Answer answer = house.call(row.method, "/conversations/" + id + row.path, row.body);
    CHECK(answer.status == 404);
    CHECK(answer.code() == "NOT_FOUND");
}

TEST_CASE("An answer goes to the guest of the conversation") {
    House house;
    house.add_conversation(test::id_a, 1);
    const Answer answer = house.post("/conversations/" + test::id_a + "/messages",
                                     R"({"content":"Welcome","role":"ai","priority":"urgent"})");
    REQUIRE(answer.status == 202);
    const OutboundMessage& stored = house.store.enqueued.at(0);
    CHECK(stored.conversation_id == test::id_a);
    CHECK(stored.channel == "sms");
    CHECK(stored.to == "+15559876543");
    CHECK(stored.role == Role::ai);
    CHECK(stored.priority == Priority::urgent);

    CHECK(house.post("/conversations/" + test::id_a + "/messages", R"({"content":"Hi","to":"+1555"})")
              .field() == "to");
    CHECK(house.post("/conversations/" + test::id_a + "/messages", "{}").field() == "content");
}

TEST_CASE("A closed conversation takes no answers") {
    House house;
    house.add_conversation(test::id_a, 1);
    house.store.enqueue_refusal = store::EnqueueRefusal::conversation_closed;
    const Answer answer = house.post("/conversations/" + test::id_a + "/messages", R"({"content":"Hello"})");
    CHECK(answer.status == 409);
    CHECK(answer.code() == "CONVERSATION_CLOSED");
}

TEST_CASE("States are changed by their own words") {
    struct Row {
        std::string word;
        ConversationEvent event;
    };
    const auto row = GENERATE(values<Row>({
        {"escalate", ConversationEvent::escalate},
        {"resolve", ConversationEvent::resolve},
        {"reopen", ConversationEvent::reopen},
        {"close", ConversationEvent::close},
    }));
    House house;
    house.add_conversation(test::id_a, 1).state = ConversationState::active;
    const Answer answer = house.post("/conversations/" + test::id_a + "/" + row.word);
    CHECK(answer.status == 200);
    CHECK(answer.text("data.id") == test::id_a);
    CHECK(house.store.changes.at(0) == std::pair(test::id_a, row.event));

    house.store.change_result = store::Change::not_allowed;
    const Answer refused = house.post("/conversations/" + test::id_a + "/" + row.word);
    CHECK(refused.status == 409);
    CHECK(refused.code() == "STATE_CONFLICT");
    CHECK_THAT(refused.text("error.message"), Catch::Contains("active"));
}

TEST_CASE("A conversation says where an answer goes from and whether the guest has opted out of it") {
    House house;
    house.add_conversation(test::id_a, 1).gateway_address = "+15551230000";
    const std::string path = "/conversations/" + test::id_a;
    CHECK(house.get(path).text("data.answersFrom") == "+15551230000");
    CHECK(house.get(path).text("data.optedOut") == "false");

    house.store.opt_outs.insert({"sms", "+15559876543", "+15550000001"});
    CHECK(house.get(path).text("data.optedOut") == "false");
    house.store.opt_outs.insert({"sms", "+15559876543", "+15551230000"});
    CHECK(house.get(path).text("data.optedOut") == "true");
    CHECK(house.get("/conversations").text("data[0].optedOut") == "true");
    CHECK(house.post(path + "/resolve").text("data.optedOut") == "true");

    // The channel may have to answer from elsewhere: then that counts.
    house.channels.fake_mapper->adjust = [](Mapped& mapped) { mapped.from = "MG1"; };
    CHECK(house.get(path).text("data.gatewayAddress") == "+15551230000");
    CHECK(house.get(path).text("data.answersFrom") == "MG1");
    CHECK(house.get(path).text("data.optedOut") == "false");

    house.channels.ready.clear();
    CHECK(house.get(path).text("data.answersFrom") == "+15551230000");
}
