// What comes in Twilio's place, or not at all, and what the plugin's sender makes of it over real sockets.

#include <catch2/catch.hpp>

#include "../../support/eventually.h"
#include "sms_channel.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

Outgoing message(const std::string& to = guest) {
    return {.message_id = "m",
            .attempt_id = "a",
            .from = our_number,
            .to = to,
            .content = "Your room is ready",
            .media_urls = {},
            .expires_at = {}};
}

}  // namespace

TEST_CASE("Every answer has its outcome, whom it concerns, and when to come again") {
    using enum OutcomeKind;
    struct Row {
        std::string fault;  // what the control API is told, but for the braces
        OutcomeKind kind;
        Concern concern;
        std::optional<std::int64_t> retry_after_ms;
        bool taken;  // by the simulator
    };
    const std::vector<Row> rows{
        {R"("kind":"foreign","value":200)", unknown, Concern::channel, {}, false},
        {R"("kind":"foreign","value":201,"contentType":"application/json","body":"{}")",
         unknown,
         Concern::channel,
         {},
         false},
        {R"("kind":"foreign","value":302)", misconfigured, Concern::channel, {}, false},
        {R"("kind":"foreign","value":400)", misconfigured, Concern::channel, {}, false},
        {R"("kind":"foreign","value":401)", misconfigured, Concern::channel, {}, false},
        {R"("kind":"foreign","value":403)", misconfigured, Concern::channel, {}, false},
        {R"("kind":"foreign","value":404)", misconfigured, Concern::channel, {}, false},
        {R"("kind":"foreign","value":404,"contentType":"application/json","body":"{\"code\":404,\"message\":\"no Route\",\"status\":404}")",
         misconfigured,
         Concern::channel,
         {},
         false},
        {R"("kind":"foreign","value":407)", misconfigured, Concern::channel, {}, false},
        {R"("kind":"foreign","value":408)", unknown, Concern::channel, {}, false},
        {R"("kind":"foreign","value":429)", refused_for_now, Concern::channel, {}, false},
        {R"("kind":"foreign","value":429,"retryAfter":7)", refused_for_now, Concern::channel, 7000, false},
        {R"("kind":"foreign","value":403,"retryAfter":9)", misconfigured, Concern::channel, 9000, false},
        {R"("kind":"foreign","value":502)", unknown, Concern::channel, {}, false},
        {R"("kind":"foreign","value":503,"retryAfter":30)", unknown, Concern::channel, 30'000, false},
        {R"("kind":"429")", refused_for_now, Concern::account, {}, false},
        {R"("kind":"429","value":3)", refused_for_now, Concern::account, 3000, false},
        {R"("kind":"error","value":20503,"status":503,"retryAfter":5)", unknown, Concern::channel, 5000,
         false},
        {R"("kind":"error","value":20404,"status":404)", misconfigured, Concern::account, {}, false},
        {R"("kind":"500-before")", unknown, Concern::channel, {}, false},
        {R"("kind":"500-after")", unknown, Concern::channel, {}, true},
        {R"("kind":"cut-before")", unknown, Concern::channel, {}, false},
        {R"("kind":"cut-after")", unknown, Concern::channel, {}, true},
        {R"("kind":"hang-after","value":1)", unknown, Concern::channel, {}, true},
    };
    SmsChannel sms;
    int taken = 0;
    for (const Row& row : rows) {
        CAPTURE(row.fault);
        REQUIRE(sms.simulator.control("POST", "faults", "{" + row.fault + "}").status == 201);
        const Outcome outcome = sms.send(message());
        CHECK(outcome.kind == row.kind);
        CHECK(outcome.concern == row.concern);
        CHECK(outcome.retry_after_ms == row.retry_after_ms);
        CHECK_FALSE(outcome.opted_out);
        CHECK_FALSE(outcome.alert);
        CHECK_FALSE(outcome.error_message.empty());
        if (row.fault.find("foreign") != std::string::npos)
            CHECK_THAT(outcome.error_message,
                       Catch::Contains("check api_base_url, proxies and captive portals"));
        taken += row.taken ? 1 : 0;
        CHECK(sms.simulator.control("GET", "state").at("accepted") == std::to_string(taken));
    }
    CHECK(sms.send(message()).kind == accepted);
}

TEST_CASE("A date to come again at is understood") {
    SmsChannel sms;
    sms.simulator.control("POST", "faults", R"({"kind":"429","retryAfter":600,"retryAfterIsDate":1})");
    const Outcome outcome = sms.send(message());
    REQUIRE(outcome.retry_after_ms);
    CHECK(*outcome.retry_after_ms > 500'000);
    CHECK(*outcome.retry_after_ms <= 600'000);
}

TEST_CASE("A country that isn't enabled fails its messages with an alert, and nobody else's") {
    SmsChannel sms;
    sms.simulator.control("POST", "faults", R"({"kind":"error","value":21408,"count":0,"to":"+49*"})");
    for (const char* to : {"+4930123456", "+4989123456"}) {
        const Outcome outcome = sms.send(message(to));
        CHECK(outcome.kind == OutcomeKind::rejected);
        CHECK(outcome.concern == Concern::recipient);
        CHECK(outcome.alert);
        CHECK(outcome.retryable);
        CHECK(sms.send(message()).kind == OutcomeKind::accepted);
    }
    CHECK(sms.host.report("sms").healthy);
}

TEST_CASE("Who can't be reached concerns the channel, and surely took nothing") {
    SmsChannel sms;
    REQUIRE(sms.simulator.control("POST", "absence", R"({"seconds":3600})").status == 200);
    REQUIRE(eventually([&] {
        try {
            sms.simulator.control("GET", "state");
            return false;
        } catch (const std::exception&) {
            return true;  // refused
        }
    }));
    const Outcome outcome = sms.send(message());
    CHECK(outcome.kind == OutcomeKind::refused_for_now);
    CHECK(outcome.concern == Concern::channel);
    CHECK_FALSE(sms.host.report("sms").healthy);
}

TEST_CASE("The host learns the account of a sender") {
    SmsChannel sms;
    CHECK(sms.host.manager().sender("sms")->account_of(our_number) == account_sid);
}
