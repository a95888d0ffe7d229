// What is asked for twice: the same request under its key, and a retry of what failed.
#include <algorithm>
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

/// A status callback of the provider about the message; `word`: "delivered", "undelivered", …
void report(Stack& stack, const std::string& id, const std::string& word, const std::string& code = {}) {
    const std::string sid = stack.message(id).at("providerMessageId");
    Parameters parameters{{"MessageSid", sid},         {"SmsSid", sid},
                          {"AccountSid", account_sid}, {"MessageStatus", word},
                          {"SmsStatus", word},         {"From", hotel_number},
                          {"To", guest_number},        {"ApiVersion", "2010-04-01"}};
    if (!code.empty()) parameters.emplace_back("ErrorCode", code);
    CHECK(stack.webhook("/webhooks/twilio/status", parameters).status < 300);
}

std::string undelivered(Stack& stack, const std::string& content) {
    stack.provider().set_outcome(guest_number, "undelivered:30003");
    const std::string id = stack.send(guest_number, content).at("id");
    CHECK(stack.await_delivery(id, "failed").at("deliveryStatus") == "failed");
    stack.provider().set_outcome(guest_number, "delivered");
    return id;
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

TEST_CASE("01 two clicks on retry send one text, and so does a click on what is sent again by itself") {
    Stack stack;
    const std::string id = undelivered(stack, "Your table is ready");
    const Answer first = stack.api("POST", "/messages/" + id + "/retry");
    REQUIRE(first.status == 202);
    const std::string made = first.data().at("id");
    const auto check_refused = [&] {
        const Answer again = stack.api("POST", "/messages/" + id + "/retry");
        CHECK(again.status == 409);
        CHECK(again.code() == "RETRIED");
        CHECK(again.json().at("error").at("messageId") == made);
    };
    check_refused();
    CHECK(stack.await_delivery(made, "delivered").at("deliveryStatus") == "delivered");
    check_refused();
    CHECK(stack.provider().create_requests() == 2);

    StackOptions options;
    options.channel_options = "retry_undelivered = 1\nretry_undelivered_after_s = 3600\n";
    Stack resending(options);
    const std::string other = undelivered(resending, "Your table is ready");
    const Answer by_hand = resending.api("POST", "/messages/" + other + "/retry");
    CHECK(by_hand.status == 409);
    CHECK(by_hand.json().at("error").at("messageId") == resending.message(other).at("retriedBy"));
    CHECK(resending.all_messages().size() == 2);
}

TEST_CASE("01 a text that is delivered after all isn't sent again, by itself or by hand") {
    StackOptions options;
    options.channel_options = "retry_undelivered = 1\nretry_undelivered_after_s = 3600\n";
    Stack stack(options);
    const std::string id = undelivered(stack, "Your table is ready");
    const std::string waiting = stack.message(id).at("retriedBy");
    CHECK(stack.message(waiting).at("deliveryStatus") == "pending");
    report(stack, id, "delivered");

    const Json delivered = stack.message(id);
    CHECK(delivered.at("deliveryStatus") == "delivered");
    CHECK(delivered.at("errorCode").is_null());
    CHECK(delivered.at("providerErrorCode").is_null());
    CHECK(delivered.at("retryable") == false);
    std::vector<std::string> words;
    for (const Json& event : delivered.at("events"))
        if (event.at("type") == "message.report") words.push_back(event.at("data").at("providerStatus"));
    CHECK(std::ranges::count(words, "undelivered") == 1);
    CHECK(std::ranges::count(words, "delivered") == 1);
    const Json canceled = stack.message(waiting);
    CHECK(canceled.at("deliveryStatus") == "canceled");
    CHECK(canceled.at("errorCode") == "NOT_NEEDED");
    CHECK(canceled.at("errorMessage").is_string());
    CHECK(stack.list("/outbox/failed").empty());
    CHECK(stack.api("GET", "/outbox").data().at("depth") == 0);
    CHECK(stack.api("POST", "/messages/" + id + "/retry").code() == "NOT_FAILED");
    CHECK(stack.provider().create_requests() == 1);
}
