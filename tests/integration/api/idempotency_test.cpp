#include <catch2/catch.hpp>
#include <set>
#include <thread>

#include "gateway.h"

using namespace jackgw;
using test::Gateway;
using test::JsonAnswer;

namespace {
const std::string hello = R"({"channel":"sms","to":"+15559876543","content":"Hello"})";
const std::string key = "Idempotency-Key: order-1\r\n";
}  // namespace

TEST_CASE("A repeated request is answered with the first message, another one under its key is refused") {
    Gateway gateway;
    const JsonAnswer first = gateway.post("/messages", hello, key);
    REQUIRE(first.status == 202);
    const JsonAnswer again = gateway.post("/messages", hello, key);
    CHECK(again.status == 202);
    CHECK(again.text("data.id") == first.text("data.id"));
    CHECK(again.headers.at("idempotency-replayed") == "true");

    const JsonAnswer other =
        gateway.post("/messages", R"({"channel":"sms","to":"+15559876543","content":"Bye"})", key);
    CHECK(other.status == 409);
    CHECK(other.text("error.code") == "IDEMPOTENCY_CONFLICT");

    // Keys of different tokens don't meet.
    const JsonAnswer foreign = gateway.call("POST", "/api/v1/messages", hello, key, "other-token");
    CHECK(foreign.status == 202);
    CHECK(foreign.text("data.id") != first.text("data.id"));
    CHECK(gateway.get("/outbox").text("data.depth") == "2");
}

TEST_CASE("Many at once under one key make one message") {
    Gateway gateway;
    std::vector<JsonAnswer> answers(12);
    {
        std::vector<std::jthread> callers;
        for (JsonAnswer& answer : answers)
            callers.emplace_back([&] { answer = gateway.post("/messages", hello, key); });
    }
    std::set<std::string> ids;
    int fresh = 0;
    for (const JsonAnswer& answer : answers) {
        CHECK(answer.status == 202);
        ids.insert(answer.text("data.id"));
        if (!answer.headers.contains("idempotency-replayed")) ++fresh;
    }
    CHECK(ids.size() == 1);
    CHECK(fresh == 1);
    CHECK(gateway.get("/outbox").text("data.depth") == "1");
}

TEST_CASE("A key that was refused can be used again") {
    Gateway gateway;
    CHECK(gateway.post("/messages", R"({"channel":"sms","to":"room 12","content":"Hello"})", key).status ==
          422);
    CHECK(gateway.post("/messages", hello, key).status == 202);
}
