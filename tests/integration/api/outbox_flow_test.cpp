#include <catch2/catch.hpp>
#include <thread>

#include "../../support/claim_one.h"
#include "gateway.h"

using namespace jackgw;
using test::claim_one;
using test::Gateway;
using test::JsonAnswer;

namespace {

const store::Lane lane{"sms", "+15550000001"};

std::string send(Gateway& gateway, const std::string& to, const std::string& more = {}) {
    const JsonAnswer answer =
        gateway.post("/messages", R"({"channel":"sms","to":")" + to + R"(","content":"Hello")" + more + "}");
    REQUIRE(answer.status == 202);
    return answer.text("data.id");
}

/// What the dispatcher does when the provider refuses a message for good.
std::string reject_next(Gateway& gateway) {
    gateway.store().promote_due();
    const auto claim = claim_one(gateway.store(), lane);
    REQUIRE(claim);
    Outcome outcome;
    outcome.kind = OutcomeKind::rejected;
    outcome.error_code = "UNREACHABLE";
    outcome.provider_error_code = 30003;
    outcome.error_message = "unreachable";
    outcome.retryable = true;
    store::AttemptFinish finish;
    finish.attempt_id = claim->attempt_id;
    finish.outcome = outcome;
    REQUIRE(gateway.store().finish_attempt(finish));
    return claim->message_id;
}

}  // namespace

TEST_CASE("A message that failed is listed with its reason and can be sent anew") {
    Gateway gateway;
    const std::string id = send(gateway, "+15559876543");
    CHECK(gateway.post("/messages/" + id + "/retry").text("error.code") == "NOT_FAILED");
    REQUIRE(reject_next(gateway) == id);

    const JsonAnswer failed = gateway.get("/outbox/failed");
    REQUIRE(failed.size("data") == 1);
    CHECK(failed.text("data[0].id") == id);
    CHECK(failed.text("data[0].errorCode") == "UNREACHABLE");
    CHECK(failed.text("data[0].providerErrorCode") == "30003");
    CHECK(failed.text("data[0].retryable") == "true");

    const JsonAnswer shown = gateway.get("/messages/" + id);
    REQUIRE(shown.size("data.attempts") == 1);
    CHECK(shown.text("data.attempts[0].outcome") == "rejected");
    CHECK(shown.text("data.attempts[0].errorCode") == "UNREACHABLE");

    const JsonAnswer retried = gateway.post("/messages/" + id + "/retry", "", "Idempotency-Key: again\r\n");
    REQUIRE(retried.status == 202);
    CHECK(retried.text("data.id") != id);
    CHECK(retried.text("data.deliveryStatus") == "pending");
    CHECK(retried.text("data.conversationId") == shown.text("data.conversationId"));
    // A second click with the same key makes no third message.
    CHECK(gateway.post("/messages/" + id + "/retry", "", "Idempotency-Key: again\r\n").text("data.id") ==
          retried.text("data.id"));
    CHECK(gateway.get("/outbox").text("data.depth") == "1");
    CHECK(gateway.get("/messages/" + id).text("data.deliveryStatus") == "failed");
}

TEST_CASE("However many ask at once for a retry, one is made and named to the others") {
    Gateway gateway;
    const std::string id = send(gateway, "+15559876543");
    REQUIRE(reject_next(gateway) == id);
    std::vector<JsonAnswer> answers(8);
    {
        std::vector<std::jthread> clicks;
        for (JsonAnswer& answer : answers)
            clicks.emplace_back([&] { answer = gateway.post("/messages/" + id + "/retry"); });
    }
    const std::string made = gateway.get("/messages/" + id).text("data.retriedBy");
    int taken = 0;
    for (const JsonAnswer& answer : answers) {
        if (answer.status == 202) {
            ++taken;
            CHECK(answer.text("data.id") == made);
            continue;
        }
        CHECK(answer.status == 409);
        CHECK(answer.text("error.code") == "RETRIED");
        CHECK(answer.text("error.messageId") == made);
    }
    CHECK(taken == 1);
    CHECK(gateway.get("/outbox").text("data.depth") == "1");
}

TEST_CASE("A retry finds its way after the conversation was closed") {
    Gateway gateway;
    const std::string id = send(gateway, "+15559876543");
    reject_next(gateway);
    const std::string old = gateway.get("/messages/" + id).text("data.conversationId");
    CHECK(gateway.post("/conversations/" + old + "/close").status == 200);
    const JsonAnswer retried = gateway.post("/messages/" + id + "/retry");
    CHECK(retried.status == 202);
    CHECK(retried.text("data.conversationId") != old);
}

TEST_CASE("Many that failed are counted, retried once, and discarded") {
    Gateway gateway;
    const auto act = [&](const std::string& action, const std::string& how) {
        return gateway.call("POST", "/api/v1/outbox/failed/" + action,
                            R"({"filter":{"errorCode":"UNREACHABLE"},)" + how + "}", "", "admin-token");
    };
    for (int i = 0; i < 5; ++i) {
        send(gateway, "+1555987654" + std::to_string(i));
        reject_next(gateway);
    }
    // One has opted out meanwhile, one was retried by hand.
    gateway.guest_writes("+15559876541", "STOP", ConsentKind::opt_out);
    const std::string by_hand = gateway.get("/outbox/failed").text("data[0].id");
    CHECK(gateway.post("/messages/" + by_hand + "/retry").status == 202);
    CHECK(gateway.get("/outbox/failed?retried=false&channel=sms&retryable=true").size("data") == 4);

    CHECK(act("retry", R"("dryRun":true)").text("data.count") == "4");
    CHECK(act("retry", R"("confirm":5)").text("error.code") == "COUNT_CHANGED");
    CHECK(gateway.get("/outbox").text("data.depth") == "1");
    const JsonAnswer done = act("retry", R"("confirm":4)");
    CHECK(done.text("data.retried") == "3");
    CHECK(done.text("data.refused[0].code") == "UNSUBSCRIBED");
    CHECK(done.text("data.refused[0].count") == "1");
    CHECK(done.text("data.remaining") == "1");
    CHECK(gateway.get("/outbox").text("data.depth") == "4");
    CHECK(act("retry", R"("confirm":4)").text("error.code") == "COUNT_CHANGED");
    CHECK(gateway.post("/messages/" + by_hand + "/retry").text("error.code") == "RETRIED");

    CHECK(act("discard", R"("dryRun":true)").text("data.count") == "5");
    CHECK(act("discard", R"("confirm":5)").text("data.discarded") == "5");
    CHECK(gateway.get("/outbox/failed").size("data") == 0);
    const JsonAnswer discarded = gateway.get("/messages/" + by_hand);
    CHECK(discarded.text("data.deliveryStatus") == "failed");
    CHECK_FALSE(discarded.text("data.discardedAt").empty());
    CHECK(gateway.get("/conversations/" + discarded.text("data.conversationId") + "/messages").size("data") ==
          2);
}

TEST_CASE("What waits can be canceled, what is in flight can't") {
    Gateway gateway;
    const std::string now = send(gateway, "+15559876543");
    const std::string later = send(
        gateway, "+15559876544", R"(,"sendAt":")" + to_iso8601(gateway.now() + std::chrono::hours{1}) + "\"");
    CHECK(gateway.get("/outbox").text("data.depth") == "2");
    CHECK(gateway.post("/messages/" + later + "/cancel").text("data.deliveryStatus") == "canceled");
    CHECK(gateway.post("/messages/" + later + "/cancel").status == 409);

    gateway.store().promote_due();
    REQUIRE(claim_one(gateway.store(), lane));
    const JsonAnswer late = gateway.post("/messages/" + now + "/cancel");
    CHECK(late.status == 409);
    CHECK(late.text("error.code") == "NOT_WAITING");
    const JsonAnswer outbox = gateway.get("/outbox");
    CHECK(outbox.text("data.depth") == "1");
    CHECK(outbox.text("data.lanes[0].sender") == lane.sender);
    CHECK(outbox.text("data.lanes[0].inFlight") == "1");
}

TEST_CASE("The outbox is paused and resumed by an admin only") {
    Gateway gateway;
    CHECK(gateway.post("/outbox/pause").status == 403);
    CHECK(gateway.call("POST", "/api/v1/outbox/pause", "", "", "admin-token").text("data.paused") == "true");
    send(gateway, "+15559876543");
    CHECK(gateway.get("/outbox").text("data.paused") == "true");
    CHECK(gateway.call("POST", "/api/v1/outbox/resume", "", "", "admin-token").text("data.paused") ==
          "false");
}
