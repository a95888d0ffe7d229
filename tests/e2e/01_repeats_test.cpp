// What is asked for twice: the same request under its key, and a retry of what failed.
#include <catch2/catch.hpp>

#include "spa.h"

using namespace jackgw::test;

namespace {

Json to_guest(const std::string& content) {
    return {{"channel", "sms"}, {"to", guest_number}, {"content", content}};
}

/// The request is repeated under its key and answered with the message that it made.
void check_replay(Stack& stack, const Json& wish, const std::string& key, const std::string& id) {
    const Answer again = stack.api("POST", "/messages", wish, key);
    INFO(again.body);
    REQUIRE(again.status == 202);
    CHECK(again.data().at("id") == id);
    CHECK(again.header("Idempotency-Replayed") == "true");
    CHECK(stack.provider().create_requests() == 1);
}

}  // namespace

TEST_CASE("01 a request is repeated after the expiry that it names: it made its message") {
    Stack stack;
    jackgw::SystemClock clock;
    const jackgw::Timestamp expiry = clock.now() + std::chrono::seconds{3};
    Json wish = to_guest("Your taxi is here");
    wish["expiresAt"] = jackgw::to_iso8601(expiry);
    const std::string id = stack.api("POST", "/messages", wish, "taxi-1").data().at("id");
    stack.await_delivery(id, "delivered");
    REQUIRE(eventually([&] { return clock.now() > expiry; }));
    CHECK(stack.api("POST", "/messages", wish, "taxi-2").status == 422);
    check_replay(stack, wish, "taxi-1", id);
}

TEST_CASE("01 a request is repeated after its sender was taken away, and after its channel was disabled") {
    Stack stack(with_spa());
    Json wish = to_guest("Your massage is at four");
    wish["from"] = spa_number;
    const std::string id = stack.api("POST", "/messages", wish, "spa-1").data().at("id");
    stack.await_delivery(id, "delivered");
    stack.options().channel_options.clear();
    stack.write_config();
    REQUIRE(stack.api("POST", "/plugins/sms/reload").status == 200);
    CHECK(stack.api("POST", "/messages", wish, "spa-2").code() == "INVALID_SENDER");
    check_replay(stack, wish, "spa-1", id);

    stack.stop_gateway();
    stack.options().channel = "enabled = false\n";
    stack.start_gateway();
    CHECK(stack.api("POST", "/messages", wish, "spa-2").code() == "VALIDATION_FAILED");
    check_replay(stack, wish, "spa-1", id);
}

TEST_CASE("01 a request is repeated after the guest has opted out") {
    Stack stack;
    const Json wish = to_guest("Breakfast is from 7 to 10");
    const std::string id = stack.api("POST", "/messages", wish, "news-1").data().at("id");
    stack.await_delivery(id, "delivered");
    stack.text(make_sid(1), guest_number, "STOP");
    CHECK(stack.api("POST", "/messages", wish, "news-2").code() == "UNSUBSCRIBED");
    check_replay(stack, wish, "news-1", id);
}
