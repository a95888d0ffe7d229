// What the gateway does when the provider refuses or the carrier fails.
#include <catch2/catch.hpp>

#include "stack.h"

using namespace jackgw::test;

TEST_CASE("01 a failed delivery is told by name and can be retried as a new message") {
    Stack stack;
    stack.provider().set_outcome(guest_number, "undelivered:30003");
    const Json queued = stack.send(guest_number, "Your table is ready");
    const std::string id = queued.at("id");
    const Json failed = stack.await_delivery(id, "failed");
    CHECK(failed.at("deliveryStatus") == "failed");
    CHECK(failed.at("providerStatus") == "undelivered");
    CHECK(failed.at("errorCode") == "UNREACHABLE");
    CHECK(failed.at("providerErrorCode") == 30003);
    CHECK(failed.at("retryable") == true);
    CHECK_FALSE(failed.at("errorMessage").is_null());
    CHECK(stack.list("/outbox/failed").at(0).at("id") == id);

    stack.provider().set_outcome(guest_number, "delivered");
    const Answer retried = stack.api("POST", "/messages/" + id + "/retry");
    REQUIRE(retried.status == 202);
    const std::string second = retried.data().at("id");
    CHECK(second != id);
    const Json delivered = stack.await_delivery(second, "delivered");
    CHECK(delivered.at("deliveryStatus") == "delivered");
    CHECK(delivered.at("content") == "Your table is ready");
    CHECK(stack.message(id).at("deliveryStatus") == "failed");
    CHECK(stack.api("POST", "/messages/" + second + "/retry").status == 409);
    CHECK(stack.provider().create_requests() == 2);
}

TEST_CASE(
    "01 an undelivered message is sent again as often as the option says, however often it is reported") {
    StackOptions options;
    options.channel_options = "retry_undelivered = 2\nretry_undelivered_after_s = 0\n";
    options.simulator_arguments = {"--status-repeat", "3"};
    Stack stack(options);
    stack.provider().set_outcome(guest_number, "undelivered:30003");
    const std::string first = stack.send(guest_number, "Your table is ready").at("id");
    std::string last = first;
    for (int again = 1; again <= 2; ++again) {
        const Json failed = stack.await_delivery(last, "failed");
        CHECK(failed.at("errorCode") == "UNREACHABLE");
        CHECK(failed.at("retryable") == true);
        REQUIRE(failed.at("retriedBy").is_string());
        const Json next = stack.message(failed.at("retriedBy"));
        CHECK(next.at("retryOf") == last);
        CHECK(next.at("content") == "Your table is ready");
        last = next.at("id");
    }
    CHECK(stack.await_delivery(last, "failed").at("retriedBy").is_null());
    // All that the provider has to say has come: nine reports of each message.
    REQUIRE(eventually([&] { return stack.provider().state().at("callbacksSent") == 27; }));
    CHECK(stack.provider().create_requests() == 3);
    CHECK(stack.all_messages().size() == 3);
    CHECK(stack.api("GET", "/outbox").data().at("depth") == 0);

    // A person may do so all the same; that counts anew.
    stack.provider().set_outcome(guest_number, "delivered");
    const Answer retried = stack.api("POST", "/messages/" + last + "/retry");
    REQUIRE(retried.status == 202);
    CHECK(retried.data().at("retryOf") == last);
    const std::string by_hand = retried.data().at("id");
    CHECK(stack.await_delivery(by_hand, "delivered").at("deliveryStatus") == "delivered");
    CHECK(stack.message(last).at("retriedBy") == by_hand);
}

TEST_CASE("01 an undelivered message waits before it is sent again, and then arrives") {
    StackOptions options;
    options.channel_options = "retry_undelivered = 1\nretry_undelivered_after_s = 3\n";
    Stack stack(options);
    stack.provider().set_outcome(guest_number, "undelivered:30003");
    const std::string id = stack.send(guest_number, "Your table is ready").at("id");
    const Json failed = stack.await_delivery(id, "failed");
    stack.provider().set_outcome(guest_number, "delivered");
    const std::string again = failed.at("retriedBy");
    CHECK(stack.message(again).at("deliveryStatus") == "pending");
    CHECK(stack.message(again).at("sendAt").is_string());
    CHECK(stack.message(again).at("expiresAt") == failed.at("expiresAt"));
    CHECK(stack.await_delivery(again, "delivered").at("deliveryStatus") == "delivered");
    CHECK(stack.message(id).at("deliveryStatus") == "failed");
    CHECK(stack.provider().create_requests() == 2);
}

TEST_CASE("01 what the provider refuses for good is not tried again") {
    struct Row {
        const char* to;
        int fault;  // the code of a fault; 0: the number itself is one that the provider refuses
        int code;
        const char* name;
    };
    const auto row = GENERATE(values<Row>({
        {"+15005550001", 0, 21211, "INVALID_NUMBER"},
        {"+15005550009", 0, 21614, "NOT_SMS_CAPABLE"},
        {guest_number, 30007, 30007, "CARRIER_VIOLATION"},
    }));
    INFO(row.code);
    Stack stack;
    if (row.fault != 0) stack.provider().add_fault("error", row.fault, 0);
    const std::string id = stack.send(row.to, "Hello").at("id");
    const Json failed = stack.await_delivery(id, "failed");
    CHECK(failed.at("deliveryStatus") == "failed");
    CHECK(failed.at("errorCode") == row.name);
    CHECK(failed.at("providerErrorCode") == row.code);
    CHECK(failed.at("attempts").size() == 1);
    CHECK(stack.api("GET", "/outbox").data().at("depth") == 0);
    CHECK(stack.provider().create_requests() == 1);
}

TEST_CASE("01 refused for now twice, then accepted: three requests, one message") {
    Stack stack;
    stack.provider().add_fault("429", 0, 1);
    stack.provider().add_fault("429", 1, 1);  // with Retry-After: 1
    const std::string id = stack.send(guest_number, "Third time lucky").at("id");
    const Json delivered = stack.await_delivery(id, "delivered");
    CHECK(delivered.at("deliveryStatus") == "delivered");
    REQUIRE(delivered.at("attempts").size() == 3);
    CHECK(delivered.at("attempts")[0].at("outcome") == "refused_for_now");
    CHECK(delivered.at("attempts")[1].at("outcome") == "refused_for_now");
    CHECK(delivered.at("attempts")[2].at("outcome") == "accepted");
    CHECK(stack.provider().create_requests() == 3);
    CHECK(stack.provider().messages_with(guest_number).size() == 1);
}

TEST_CASE("01 refused for now until the retries are used up: failed, and retryable by hand") {
    StackOptions options;
    options.channel_outbox = "segments_per_second = 1000.0\nburst = 1000\nretry_delays_s = [0.1, 0.1]\n";
    Stack stack(options);
    stack.provider().add_fault("error", 14107, 3);  // concerns the pair; a 429 would hold the account
    const std::string id = stack.send(guest_number, "Hello").at("id");
    const Json failed = stack.await_delivery(id, "failed");
    CHECK(failed.at("deliveryStatus") == "failed");
    CHECK(failed.at("attempts").size() == 3);
    CHECK(failed.at("providerErrorCode") == 14107);
    CHECK(failed.at("attempts").at(0).at("concerns") == "pair");
    CHECK(failed.at("retryable") == true);
    CHECK(stack.provider().create_requests() == 3);
}

TEST_CASE("01 wrong credentials hold the lane; a reload with the right ones lets it go on") {
    StackOptions options;
    options.token = "00000000000000000000000000000000";
    Stack stack(options);
    const std::string id = stack.send(guest_number, "Hello").at("id");
    const auto held_reason = [&]() -> Json {
        const Json lanes = stack.api("GET", "/outbox").data().at("lanes");
        return lanes.empty() ? Json{} : lanes[0].at("heldReason");
    };
    REQUIRE(eventually([&] { return held_reason().is_string(); }));
    CHECK_THAT(held_reason().get<std::string>(),
               Catch::Contains("20003") && Catch::Contains("Check the account's SID, token and API key"));
    CHECK(stack.message(id).at("deliveryStatus") == "pending");

    stack.options().token = auth_token;
    stack.write_config();
    CHECK(stack.api("POST", "/plugins/sms/reload").status == 200);
    CHECK(stack.await_delivery(id, "delivered").at("deliveryStatus") == "delivered");
    CHECK(stack.provider().messages_with(guest_number).size() == 1);
}
