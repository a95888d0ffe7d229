// What guests write, who they are and what opens doors never enters the log.
#include <catch2/catch.hpp>

#include <sstream>

#include "stack.h"

using namespace jackgw::test;

namespace {

constexpr const char* other_guest = "+447700900123";
constexpr const char* wrong_token = "a-wrong-api-token-somebody-tried";
constexpr const char* fresh_token = "11112222333344445555666677778888";

/// Everything that a gateway does, well or badly, with texts that can be told apart in a log.
void live_a_full_day(Stack& stack) {
    SimulatedProvider& provider = stack.provider();
    provider.text(guest_number, "inbound-secret-one for room 12",
                  {"https://media.example.com/secret-picture.jpg"});
    provider.text(guest_number, "Call me at " + std::string(other_guest) + ", inbound-secret-two");
    provider.text(other_guest, "STOP");
    stack.text(make_sid(1), guest_number, "inbound-secret-three");
    stack.text(make_sid(1), guest_number, "inbound-secret-three");
    stack.text(make_sid(2), guest_number, "inbound-secret-forged", "00000000000000000000000000000000");
    stack.webhook("/webhooks/twilio/sms?From=%2B15559876543&q=query-secret", {{"AccountSid", account_sid}});
    stack.http().request("POST", stack.url() + "/webhooks/twilio/sms", {}, "Body=inbound-secret-unsigned");

    const auto settled = [&](const std::string& to, const std::string& content, const std::string& state) {
        const Json message = stack.await_delivery(stack.send(to, content).at("id"), state);
        CHECK(message.at("deliveryStatus") == state);
    };
    settled(guest_number, "outbound-secret-one", "delivered");
    provider.set_outcome(guest_number, "undelivered:30003");
    settled(guest_number, "outbound-secret-undelivered", "failed");
    for (const int code : {21211, 21612, 21610}) {
        // The provider's own words name the number.
        provider.add_fault("error", code, 1);
        const std::string to = "+1555987655" + std::to_string(code % 10);
        settled(to, "outbound-secret-refused", "failed");
    }
    provider.add_fault("cut-before", 0, 1);
    settled("+15559876561", "outbound-secret-cut", "unknown");
    provider.add_fault("429", 0, 1);
    settled("+15559876562", "outbound-secret-later", "delivered");
    const Answer refused = stack.api(
        "POST", "/messages", {{"channel", "sms"}, {"to", other_guest}, {"content", "outbound-secret"}});
    CHECK(refused.status == 422);

    const auto wrongly = [&](const std::string& path) {
        return stack.http()
            .request("GET", stack.url() + path, {{"Authorization", std::string("Bearer ") + wrong_token}})
            .status;
    };
    CHECK(wrongly("/api/v1/guests?channel=sms&address=%2B15559876543") == 401);
    CHECK(wrongly("/api/v1/messages/+15559876543") == 401);
    CHECK(stack.api("GET", "/guests?channel=sms&address=%2B15559876543").status == 200);
    CHECK(stack.api("GET", "/conversations/%2B15559876543").status == 404);
    stack.http().get(stack.url() + "/nowhere/15559876543");
    stack.http().get(stack.url() + "/metrics");

    CHECK(stack.api("POST", "/plugins/sms/reload").status == 200);
    // Credentials that the provider refuses, and a reload that fails.
    stack.options().token = fresh_token;
    stack.write_config();
    CHECK(stack.api("POST", "/plugins/sms/reload").status == 200);
    stack.send("+15559876563", "outbound-secret-held");
    CHECK(eventually(
        [&] { return !stack.api("GET", "/outbox").data().at("lanes").at(0).at("heldReason").is_null(); }));
    stack.options().token = "bad-secret-token-of-wrong-length";
    stack.options().token += "-indeed";
    stack.write_config();
    CHECK(stack.api("POST", "/plugins/sms/reload").status == 409);
}

}  // namespace

TEST_CASE("07 the log of a full day holds no text, no secret and no guest's number") {
    const std::string format = GENERATE("text", "json");
    INFO(format);
    StackOptions options;
    options.log = "format = \"" + format + "\"\nlevel = \"debug\"\n";
    options.outbox = "settle_delay_s = 0\n";
    Stack stack(options);
    live_a_full_day(stack);
    CHECK(stack.stop_gateway() == 0);
    const std::string log = stack.log();

    for (const char* secret :
         {"secret", "room 12", auth_token, fresh_token, api_token, reader_token, wrong_token, "Bearer",
          "Basic ", "X-Twilio-Signature:", "5559876543", "555987655", "555987656", "7700900123", "555 987"}) {
        INFO(secret);
        const auto at = log.find(secret);
        if (at != std::string::npos)
            FAIL_CHECK(log.substr(at > 300 ? at - 300 : 0, 600));
        else
            SUCCEED();
    }
    // The day did leave its traces.
    for (const char* trace : {"attempt finished", "request", "***", "signature does not match",
                              "reload failed", "21211", "plugin is live", "stopped"}) {
        INFO(trace);
        CHECK_THAT(log, Catch::Contains(trace));
    }
    if (format != "json") return;
    std::istringstream lines(log);
    std::size_t count = 0;
    for (std::string line; std::getline(lines, line); ++count) {
        INFO(line);
        const Json parsed = Json::parse(line, nullptr, false);
        REQUIRE(parsed.is_object());
        CHECK(parsed.at("time").is_string());
        CHECK(parsed.at("level").is_string());
        CHECK(parsed.at("message").is_string());
    }
    CHECK(count > 50);
}
