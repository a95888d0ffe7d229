#include <catch2/catch.hpp>
#include <functional>

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

namespace {

/// What was taken once under the key.
store::Enqueued taken(const std::string& channel = "sms") {
    Message message;
    message.id = test::id_a;
    message.channel = channel;
    message.direction = Direction::outbound;
    message.content = "Hello";
    message.from = "+15550000001";
    message.to = "+15559876543";
    message.delivery.state = DeliveryState::delivered;
    return {.messages = {message}, .repeated = true};
}

/// Why a request that was taken once would be refused today.
struct Change {
    std::string what;
    std::string path;
    std::string body;
    std::function<void(House&)> happens;
};

const std::string to_conversation = "/conversations/" + test::id_a + "/messages";
const std::string of_message = "/messages/" + test::id_a + "/retry";

std::vector<Change> changes() {
    const auto nothing = [](House&) {};
    const auto refuses = [](store::EnqueueRefusal refusal) {
        return [refusal](House& house) {
            house.add_conversation(test::id_a, 1);
            house.store.enqueue_refusal = refusal;
        };
    };
    return {
        {"the expiry has come", "/messages",
         R"({"channel":"sms","to":"+1","content":"Hello","expiresAt":"2001-01-01T00:00:00Z"})", nothing},
        {"the clock was set back", "/messages",
         R"({"channel":"sms","to":"+1","content":"Hello","sendAt":"2999-01-01T00:00:00Z"})", nothing},
        {"the channel is gone", "/messages", hello, [](House& house) { house.channels.configured.clear(); }},
        {"the channel isn't ready", "/messages", hello, [](House& house) { house.channels.ready.clear(); }},
        {"the channel takes it no more", "/messages",
         R"({"channel":"sms","to":"+1","content":"Hello","from":"the old number"})",
         [](House& house) {
             house.channels.fake_mapper->refusal = Problem{"from", "INVALID_SENDER", "none of ours"};
         }},
        {"its media are gone", "/messages",
         R"({"channel":"sms","to":"+1","mediaUrls":["https://hotel.example/map.png"]})",
         [](House& house) {
             house.channels.fake_media->problem = Problem{"mediaUrls[0]", "MEDIA_UNREACHABLE", "gone"};
         }},
        {"the guest has opted out", "/messages", hello, refuses(store::EnqueueRefusal::opted_out)},
        {"the conversation is closed", to_conversation, R"({"content":"Hello"})",
         refuses(store::EnqueueRefusal::conversation_closed)},
        {"the conversation is gone", to_conversation, R"({"content":"Hello"})", nothing},
        {"the message that was retried is delivered", of_message, "",
         [](House& house) { house.add_message(test::id_a, DeliveryState::delivered); }},
        {"the message that was retried is gone", of_message, "", nothing},
    };
}

}  // namespace

TEST_CASE("What was taken is answered as taken, whatever has changed since") {
    for (const Change& change : changes()) {
        INFO(change.what);
        House house;
        change.happens(house);
        const Answer judged = house.post(change.path, change.body, {{"Idempotency-Key", "k"}});
        CHECK(judged.status >= 400);
        const std::size_t enqueued = house.store.enqueued.size();
        house.store.earlier = taken();
        const Answer again = house.post(change.path, change.body, {{"Idempotency-Key", "k"}});
        CHECK(again.status == 202);
        CHECK(again.text("data.id") == test::id_a);
        CHECK(again.text("data.deliveryStatus") == "delivered");
        CHECK(again.header("Idempotency-Replayed") == "true");
        CHECK(again.header("Location") == "/api/v1/messages/" + test::id_a);
        CHECK(house.store.enqueued.size() == enqueued);
        CHECK(house.store.looked_up.back()[0] == "engineer");
        CHECK(house.store.looked_up.back()[1] == "k");

        house.store.earlier = store::EnqueueRefusal::idempotency_conflict;
        const Answer other = house.post(change.path, change.body, {{"Idempotency-Key", "k"}});
        CHECK(other.status == 409);
        CHECK(other.code() == "IDEMPOTENCY_CONFLICT");
    }
}

TEST_CASE("Without a key nothing is looked up, and what isn't a request is refused before") {
    House house;
    house.store.earlier = taken();
    CHECK(house.post("/messages", hello).header("Idempotency-Replayed").empty());
    CHECK(house.post("/messages", "{", {{"Idempotency-Key", "k"}}).status == 400);
    CHECK(house.post("/messages", R"({"channel":1})", {{"Idempotency-Key", "k"}}).status == 422);
    CHECK(house.post("/messages", hello, {{"Idempotency-Key", ""}}).status == 422);
    CHECK(house.call("POST", "/messages", hello, {{"Idempotency-Key", "k"}}, "reader-token").status == 403);
    CHECK(house.call("POST", "/messages", hello, {{"Idempotency-Key", "k"}}, "nobody").status == 401);
    CHECK(house.store.looked_up.empty());
}

TEST_CASE("What a token may see no more is as if its key hadn't been used") {
    House house;
    house.channels.configured.insert("fax");
    house.store.properties = house.channels.properties = {{"sms", "harbour"}, {"fax", "airport"}};
    const std::string to_fax = R"({"channel":"fax","to":"+15559876543","content":"Hello"})";
    const auto post = [&](const std::string& body) {
        return house.call("POST", "/messages", body, {{"Idempotency-Key", "k"}}, "harbour-token");
    };
    const Answer absent = post(to_fax);
    house.store.earlier = taken("fax");
    const Answer hidden = post(to_fax);
    CHECK(hidden.status == 422);
    CHECK(hidden.response.body == absent.response.body);
    house.store.earlier = taken("sms");
    CHECK(post(hello).header("Idempotency-Replayed") == "true");
}

TEST_CASE("A replay says again what the channel warns of, as far as it still can be known") {
    House house;
    house.store.earlier = taken();
    const auto post = [&] { return house.post("/messages", hello, {{"Idempotency-Key", "k"}}); };
    CHECK(post().text("data.warnings[0]") == "made for tests");
    house.channels.ready.clear();
    CHECK(post().size("data.warnings") == 0);
}

TEST_CASE("A request that is taken while the same one is refused answers both") {
    House house;
    house.channels.fake_mapper->on_map = [&](const Draft&) { house.store.earlier = taken(); };
    house.channels.fake_mapper->refusal = Problem{"to", "INVALID_NUMBER", "not today"};
    const Answer answer = house.post("/messages", hello, {{"Idempotency-Key", "k"}});
    CHECK(answer.status == 202);
    CHECK(answer.header("Idempotency-Replayed") == "true");
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
