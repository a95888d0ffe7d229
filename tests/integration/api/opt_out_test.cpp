#include <catch2/catch.hpp>

#include "gateway.h"

using namespace jackgw;
using test::Gateway;
using test::JsonAnswer;

TEST_CASE("STOP is obeyed until START, and the ledger shows both") {
    Gateway gateway;
    const std::string hello = R"({"channel":"sms","to":"+15559876543","content":"Hello"})";
    gateway.guest_writes("+15559876543", "STOP", ConsentKind::opt_out);

    const JsonAnswer refused = gateway.post("/messages", hello);
    CHECK(refused.status == 422);
    CHECK(refused.text("error.code") == "UNSUBSCRIBED");
    CHECK(refused.text("error.field") == "to");
    const std::string path = "/conversations/" + gateway.get("/conversations").text("data[0].id");
    CHECK(gateway.post(path + "/messages", R"({"content":"Sorry"})").text("error.code") == "UNSUBSCRIBED");
    CHECK(gateway.get(path + "/messages").size("data") == 1);
    CHECK(gateway.get("/outbox").text("data.depth") == "0");

    // From another sender the guest may still be written to: consent is scoped.
    CHECK(gateway
              .post("/messages", R"({"channel":"sms","to":"+15559876543","from":"+15550000002",
                                        "content":"Hello"})")
              .status == 202);

    gateway.guest_writes("+15559876543", "START", ConsentKind::opt_in);
    CHECK(gateway.post("/messages", hello).status == 202);

    const JsonAnswer guest = gateway.get("/guests/" + gateway.get("/guests").text("data[0].id"));
    REQUIRE(guest.size("data.consents") == 2);
    CHECK(guest.text("data.consents[0].kind") == "opt_out");
    CHECK(guest.text("data.consents[0].keyword") == "STOP");
    CHECK(guest.text("data.consents[0].scope") == "+15550000001");
    CHECK(guest.text("data.consents[1].kind") == "opt_in");
}
