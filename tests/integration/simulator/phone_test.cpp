#include <catch2/catch.hpp>

#include "harness/receiver.h"
#include "harness/running_simulator.h"

using namespace jackgw;
using namespace jackgw::test;
using Catch::Contains;
using Catch::StartsWith;

TEST_CASE("a guest's text arrives as the provider's signed webhook") {
    const Receiver gateway(auth_token);
    const RunningSimulator simulator(gateway.url() + "/sms?hotel=1#rc=2&rp=all");
    const auto text = simulator.command({"text", "--from", guest, "--media", "https://h.example/a.png",
                                         "--media", "https://h.example/b", "Grüße & 'Küsse' 😀"});
    CHECK(text.exit_code == 0);
    CHECK_THAT(text.output, StartsWith("200 MM"));
    const auto received = gateway.wait_for(1);
    REQUIRE(received.size() == 1);
    const Received& webhook = received.front();
    CHECK(webhook.signature_holds);
    CHECK(webhook.target == "/sms?hotel=1");
    CHECK(webhook.idempotency_token.size() == 36);
    CHECK(webhook["Body"] == "Grüße & 'Küsse' 😀");
    CHECK(webhook["From"] == guest);
    CHECK(webhook["To"] == our_number);
    CHECK(webhook["AccountSid"] == account_sid);
    CHECK(webhook["NumMedia"] == "2");
    CHECK(webhook["MediaUrl1"] == "https://h.example/b");
    CHECK(webhook["MediaContentType0"] == "image/png");
    CHECK(webhook["SmsStatus"] == "received");
    CHECK(sms::find(webhook.form, "FromCity") == "");  // empty ones are sent, and signed
    CHECK_THAT(text.output, Contains(webhook["MessageSid"]));
}

TEST_CASE("a text can be posted again as the provider's retries do") {
    const Receiver gateway(auth_token);
    const RunningSimulator simulator(gateway.url() + "/sms");
    CHECK(simulator.command({"text", "--from", guest, "--repeat", "3", "Hello"}).exit_code == 0);
    const auto received = gateway.wait_for(3);
    REQUIRE(received.size() == 3);
    CHECK(received[1]["MessageSid"] == received[0]["MessageSid"]);
    CHECK(received[2].idempotency_token == received[0].idempotency_token);
}

TEST_CASE("the URL's overrides decide whether a failing gateway is asked again") {
    Receiver gateway(auth_token);
    gateway.answer_with([](const Received&) { return ReceiverAnswer{.status = 503}; });
    {
        const RunningSimulator simulator(gateway.url() + "/sms#rc=2&rp=5xx");
        const auto text = simulator.command({"text", "--from", guest, "Hello"});
        CHECK(text.exit_code == 1);
        CHECK_THAT(text.output, Contains("503"));
        CHECK(gateway.wait_for(3).size() == 3);
    }
    const RunningSimulator simulator(gateway.url() + "/sms");
    CHECK(simulator.command({"text", "--from", guest, "Hello"}).exit_code == 1);
    CHECK(gateway.wait_for(4).size() == 4);
}

TEST_CASE("STOP blocks and START unblocks, whatever the gateway answers") {
    Receiver gateway(auth_token);
    gateway.answer_with([](const Received&) { return ReceiverAnswer{.status = 500}; });
    const RunningSimulator simulator(gateway.url() + "/sms", {"--advanced-opt-out"});
    simulator.command({"text", "--from", guest, "stop"});
    const auto refused = simulator.send(RunningSimulator::message());
    CHECK(refused.status == 400);
    CHECK(refused.at("code") == "21610");
    CHECK(simulator.send(RunningSimulator::message("Hello", "+15550000001")).status == 201);
    CHECK(simulator.control("GET", "state").at("optOuts.0.guest") == guest);
    simulator.command({"text", "--from", guest, "START"});
    CHECK(simulator.send(RunningSimulator::message()).status == 201);
    const auto received = gateway.wait_for(2);
    CHECK(received[0]["OptOutType"] == "STOP");
    CHECK(received[1]["OptOutType"] == "START");
}

TEST_CASE("in a messaging service an opt-out is for the whole service") {
    const std::string service = "MG0123456789abcdef0123456789abcdef";
    const Receiver gateway(auth_token);
    const RunningSimulator simulator(gateway.url() + "/sms",
                                     {"--messaging-service", service, "--number", "+15551234568"});
    simulator.command({"text", "--from", guest, "STOP"});
    CHECK(simulator.send({{"To", guest}, {"MessagingServiceSid", service}, {"Body", "x"}}).at("code") ==
          "21610");
    CHECK(simulator.send({{"To", guest}, {"From", "+15551234568"}, {"Body", "x"}}).at("code") == "21610");
    CHECK(gateway.wait_for(1).front()["MessagingServiceSid"] == service);
}

TEST_CASE("the inbox shows what a guest got, and waits for it") {
    const Receiver gateway(auth_token);
    const RunningSimulator simulator(gateway.url() + "/sms", {"--status-delay-ms", "20"});
    simulator.send(RunningSimulator::message("First"));
    simulator.send(RunningSimulator::message("Second"));
    simulator.send(RunningSimulator::message("For another", "+15550000001"));
    const auto inbox = simulator.command({"inbox", guest, "--wait", "2", "--timeout", "20"});
    CHECK(inbox.exit_code == 0);
    CHECK_THAT(inbox.output, Contains("delivered  from " + our_number + ": First\n") &&
                                 Contains(": Second\n") && !Contains("For another"));
    const auto json = simulator.command({"inbox", guest, "--json"});
    CHECK(HttpReply{.status = 200, .headers = {}, .body = json.output}.at("0.body") == "First");
    const auto late = simulator.command({"inbox", guest, "--wait", "3", "--timeout", "0.1"});
    CHECK(late.exit_code == 1);
    CHECK_THAT(late.output, Contains("only 2 of 3"));
}

TEST_CASE("a gateway that answers plain text texts it to the guest") {
    Receiver gateway(auth_token);
    gateway.answer_with(
        [](const Received&) { return ReceiverAnswer{.content_type = "text/plain", .body = "OK"}; });
    const RunningSimulator simulator(gateway.url() + "/sms");
    simulator.command({"text", "--from", guest, "Hello"});
    CHECK_THAT(simulator.command({"inbox", guest}).output, Contains(": OK\n"));
}

TEST_CASE("a gateway behind a public name can be reached here") {
    const Receiver gateway(auth_token);
    const auto address = gateway.url().substr(std::string("http://").size());
    // The receiver checks against the Host header, which is the public one.
    const RunningSimulator simulator("http://hotel.example.com/sms", {"--connect-to", address});
    CHECK(simulator.command({"text", "--from", guest, "Hello"}).exit_code == 0);
    CHECK(gateway.wait_for(1).front().signature_holds);
}

TEST_CASE("texts go to another URL when it is changed") {
    const Receiver first(auth_token);
    const Receiver second(auth_token);
    const RunningSimulator simulator(first.url() + "/sms");
    CHECK(simulator.control("POST", "webhooks", R"({"smsUrl": ")" + second.url() + R"(/texts"})").status ==
          200);
    CHECK(simulator.command({"text", "--from", guest, "Hello"}).exit_code == 0);
    CHECK(second.wait_for(1).front()["Body"] == "Hello");
    CHECK(simulator.control("POST", "webhooks", R"({"smsUrl": "texts"})").status == 422);
    CHECK(simulator.control("GET", "state").at("texts.0.url") == second.url() + "/texts");
}
