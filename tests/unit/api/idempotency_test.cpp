#include <catch2/catch.hpp>

#include "house.h"

using namespace jackgw;
using test::Answer;
using test::House;

namespace {

const std::string hello = R"({"channel":"sms","to":"+15559876543","content":"Hello"})";

std::string hash_of(House& house, const std::string& path, const std::string& body) {
    REQUIRE(house.post(path, body, {{"Idempotency-Key", "k"}}).status == 202);
    return house.store.enqueued.back().request_hash;
}

}  // namespace

TEST_CASE("The key is kept with its owner") {
    House house;
    REQUIRE(house.call("POST", "/messages", hello, {{"idempotency-key", "order 66"}}, "agent-token").status ==
            202);
    CHECK(house.store.enqueued[0].idempotency_key == "order 66");
    CHECK(house.store.enqueued[0].idempotency_owner == "front-desk");
    CHECK(house.store.enqueued[0].request_hash.size() == 64);
}

TEST_CASE("Two requests that mean the same have one hash, others another") {
    House house;
    house.add_conversation(test::id_a, 1);
    house.add_conversation(test::id_b, 2);
    const std::string hash = hash_of(house, "/messages", hello);
    CHECK(hash_of(house, "/messages",
                  R"( { "content" : "H\u0065llo", "to":"+15559876543","channel":"sms" } )") == hash);
    CHECK(hash_of(house, "/messages", R"({"channel":"sms","to":"+15559876543","content":"Hello!"})") != hash);
    CHECK(hash_of(house, "/messages", R"({"channel":"sms","to":"+15559876544","content":"Hello"})") != hash);
    const std::string answer = R"({"content":"Hello"})";
    CHECK(hash_of(house, "/conversations/" + test::id_a + "/messages", answer) !=
          hash_of(house, "/conversations/" + test::id_b + "/messages", answer));
}

TEST_CASE("A repeated request is answered with the earlier message") {
    House house;
    CHECK(house.post("/messages", hello, {{"Idempotency-Key", "k"}}).header("Idempotency-Replayed").empty());
    house.store.repeated = true;
    const Answer again = house.post("/messages", hello, {{"Idempotency-Key", "k"}});
    CHECK(again.status == 202);
    CHECK(again.header("Idempotency-Replayed") == "true");
}

TEST_CASE("A key that was used for something else is a conflict") {
    House house;
    house.store.enqueue_refusal = store::EnqueueRefusal::idempotency_conflict;
    const Answer answer = house.post("/messages", hello, {{"Idempotency-Key", "k"}});
    CHECK(answer.status == 409);
    CHECK(answer.code() == "IDEMPOTENCY_CONFLICT");
}

TEST_CASE("Keys have 1 to 255 printable ASCII characters") {
    struct Row {
        std::string key;
        int status;
    };
    const auto row = GENERATE(values<Row>({
        {std::string(255, 'k'), 202},
        {"~ !", 202},
        {"", 422},
        {std::string(256, 'k'), 422},
        {"caf\xc3\xa9", 422},
        {"tab\there", 422},
        {"\x7f", 422},
    }));
    INFO(row.key);
    House house;
    const Answer answer = house.post("/messages", hello, {{"Idempotency-Key", row.key}});
    CHECK(answer.status == row.status);
    if (row.status == 422) CHECK(answer.field() == "Idempotency-Key");
}
