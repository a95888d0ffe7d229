#include <catch2/catch.hpp>

#include "gateway.h"

using namespace jackgw;
using test::Gateway;
using test::JsonAnswer;

TEST_CASE("A guest writes, staff find the conversation and answer, both messages are there in their order") {
    Gateway gateway;
    gateway.guest_writes("+15559876543", "Hätten Sie ein Zimmer? 🛎️");

    const JsonAnswer list = gateway.get("/conversations?state=new&channel=sms&q=5559876");
    REQUIRE(list.size("data") == 1);
    CHECK(list.text("data[0].guestAddress") == "+15559876543");
    CHECK(list.text("data[0].gatewayAddress") == "+15550000001");
    const std::string id = list.text("data[0].id");

    const JsonAnswer answer =
        gateway.post("/conversations/" + id + "/messages", R"({"content":"Ja, gern 🙂"})");
    REQUIRE(answer.status == 202);
    CHECK(answer.text("data.conversationId") == id);
    CHECK(answer.text("data.to") == "+15559876543");
    CHECK(answer.text("data.deliveryStatus") == "pending");

    const JsonAnswer messages = gateway.get("/conversations/" + id + "/messages");
    REQUIRE(messages.size("data") == 2);
    CHECK(messages.text("data[0].content") == "Hätten Sie ein Zimmer? 🛎️");
    CHECK(messages.text("data[0].role") == "guest");
    CHECK(messages.text("data[0].deliveryStatus") == "received");
    CHECK(messages.text("data[1].content") == "Ja, gern 🙂");
    CHECK(messages.text("data[1].role") == "staff");
    CHECK(messages.text("data[1].id") == answer.text("data.id"));

    const JsonAnswer conversation = gateway.get("/conversations/" + id);
    CHECK(conversation.text("data.state") == "active");
    CHECK(conversation.text("data.messageCount") == "2");
}

TEST_CASE("A message by address begins a conversation with a new guest") {
    Gateway gateway;
    const JsonAnswer sent =
        gateway.post("/messages", R"({"channel":"sms","to":"+1 555 1112222","content":"Welcome","role":"ai",
                                      "metadata":{"booking":{"id":12,"paid":true}}})");
    REQUIRE(sent.status == 202);

    const JsonAnswer message = gateway.call("GET", sent.headers.at("location"));
    CHECK(message.text("data.id") == sent.text("data.id"));
    CHECK(message.text("data.metadata.booking.id") == "12");
    CHECK(message.text("data.role") == "ai");
    CHECK(message.size("data.attempts") == 0);
    CHECK(message.size("data.events") > 0);

    const JsonAnswer guests = gateway.get("/guests?channel=sms&address=+15551112222");
    REQUIRE(guests.size("data") == 1);
    CHECK(guests.text("data[0].id") == sent.text("data.guestId"));
}

TEST_CASE("A conversation goes through its states") {
    Gateway gateway;
    gateway.guest_writes("+15559876543", "Hello");
    const std::string path = "/conversations/" + gateway.get("/conversations").text("data[0].id");

    CHECK(gateway.post(path + "/escalate").text("data.state") == "escalated");
    CHECK(gateway.post(path + "/resolve").text("data.state") == "resolved");
    gateway.guest_writes("+15559876543", "One more thing");
    CHECK(gateway.get(path).text("data.state") == "active");
    CHECK(gateway.post(path + "/close").text("data.state") == "closed");

    const JsonAnswer reopened = gateway.post(path + "/reopen");
    CHECK(reopened.status == 409);
    CHECK(reopened.text("error.code") == "STATE_CONFLICT");
    const JsonAnswer late = gateway.post(path + "/messages", R"({"content":"Too late"})");
    CHECK(late.status == 409);
    CHECK(late.text("error.code") == "CONVERSATION_CLOSED");
    CHECK(gateway.get(path + "/messages").size("data") == 2);

    gateway.guest_writes("+15559876543", "Hello again");
    CHECK(gateway.get("/conversations?state=new").size("data") == 1);
    CHECK(gateway.get("/conversations").size("data") == 2);
}

TEST_CASE("What staff know of a guest is kept and found") {
    Gateway gateway;
    gateway.guest_writes("+15559876543", "Hello");
    const std::string id = gateway.get("/guests").text("data[0].id");
    const JsonAnswer changed =
        gateway.call("PATCH", "/api/v1/guests/" + id, R"({"name":"Anna Müller","notes":"Nut allergy"})");
    CHECK(changed.status == 200);
    CHECK(gateway.get("/guests/" + id).text("data.name") == "Anna Müller");
    CHECK(gateway.get("/conversations?q=anna+m%C3%BCll").size("data") == 1);
    CHECK(gateway.get("/conversations?q=%25").size("data") == 0);

    gateway.call("PATCH", "/api/v1/guests/" + id, R"({"notes":null})");
    CHECK(gateway.get("/guests/" + id).at("data.notes").isEmpty());
    CHECK(gateway.get("/guests/" + id).text("data.name") == "Anna Müller");
}
