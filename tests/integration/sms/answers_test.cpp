// What Twilio answers to a send, and what the plugin's sender makes of it: every code, every magic number.

#include <catch2/catch.hpp>

#include "expected_errors.h"
#include "sms_channel.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

Outgoing message(const std::string& to, const std::string& from = our_number) {
    return {.message_id = "m",
            .attempt_id = "a",
            .from = from,
            .to = to,
            .content = "Your room is ready",
            .media_urls = {},
            .expires_at = {}};
}

}  // namespace

TEST_CASE("Every error code of a send has its outcome, name, flags and words") {
    SmsChannel sms;
    REQUIRE(expected_errors().size() == 90);
    int number = 0;
    for (const ExpectedError& expected : expected_errors()) {
        CAPTURE(expected.code);
        const std::string to = "+1555200" + std::to_string(1000 + number++);
        const auto fault = sms.simulator.control(
            "POST", "faults",
            R"({"kind":"error","value":)" + std::to_string(expected.code) + R"(,"status":)" +
                std::to_string(expected.http_status) + R"(,"to":")" + to + R"("})");
        REQUIRE(fault.status == 201);
        const Outcome outcome = sms.send(message(to));
        CHECK(outcome.kind == expected.kind);
        CHECK(outcome.concern == expected.concern);
        CHECK(outcome.error_code == expected.name);
        CHECK(outcome.provider_error_code == expected.code);
        CHECK(outcome.opted_out == expected.opted_out);
        CHECK(outcome.retryable == expected.retryable);
        // An operator can lift it, though it holds nothing.
        const bool restricted = expected.kind == OutcomeKind::rejected && expected.retryable;
        CHECK(outcome.alert == restricted);
        CHECK(outcome.provider_message_id.empty());
        CHECK_THAT(outcome.error_message, Catch::Contains(std::string(expected.says)) &&
                                              Catch::Contains("(Twilio " + std::to_string(expected.code)));
        // Only a limit for the day says when it is over; the simulator's other refusals don't.
        const bool daily = expected.code == 30023 || expected.code == 30027;
        CHECK(outcome.retry_after_ms.has_value() == daily);
        // The fault was for one request: the next one goes.
        CHECK(sms.send(message(to)).kind == OutcomeKind::accepted);
    }
    CHECK(sms.simulator.control("GET", "state").at("createRequests") == std::to_string(2 * number));
}

TEST_CASE("A code that isn't known is tried again, a status that says more goes before it") {
    SmsChannel sms;
    const auto [code, status, kind, concern, alert] = GENERATE(table<int, int, OutcomeKind, Concern, bool>({
        {29999, 400, OutcomeKind::refused_for_now, Concern::unclear, true},
        {29999, 404, OutcomeKind::refused_for_now, Concern::unclear, true},
        {29999, 429, OutcomeKind::refused_for_now, Concern::account, false},
        {29999, 500, OutcomeKind::unknown, Concern::channel, false},
        {21211, 500, OutcomeKind::unknown, Concern::channel, false},
    }));
    CAPTURE(code, status);
    sms.simulator.control("POST", "faults",
                          R"({"kind":"error","value":)" + std::to_string(code) + R"(,"status":)" +
                              std::to_string(status) + "}");
    const Outcome outcome = sms.send(message(guest));
    CHECK(outcome.kind == kind);
    CHECK(outcome.concern == concern);
    CHECK(outcome.alert == alert);
    CHECK(outcome.retryable == (kind == OutcomeKind::refused_for_now));
}

TEST_CASE("Every magic number answers as Twilio documents it") {
    struct Row {
        std::string from;
        std::string to;
        OutcomeKind kind;
        std::string name;
        int code;
        bool opted_out;
    };
    using enum OutcomeKind;
    static const std::string good = "+15005550006";
    // Twilio's documentation of the Messages resource.
    const std::vector<Row> rows{
        {"+15005550001", guest, misconfigured, "SEND_FAILED", 21212, false},
        {"+15005550007", guest, rejected, "SEND_FAILED", 21606, false},
        {"+15005550008", guest, refused_for_now, "SEND_FAILED", 21611, false},
        {"+15005550006", guest, accepted, "", 0, false},
        {"+15005550002", guest, rejected, "SEND_FAILED", 21606, false},
        {"+15005559999", guest, rejected, "SEND_FAILED", 21606, false},
        {good, "+15005550001", rejected, "INVALID_NUMBER", 21211, false},
        {good, "+15005550002", rejected, "SEND_FAILED", 21612, false},
        {good, "+15005550003", rejected, "SEND_FAILED", 21408, false},
        {good, "+15005550004", rejected, "UNSUBSCRIBED", 21610, true},
        {good, "+15005550009", rejected, "NOT_SMS_CAPABLE", 21614, false},
    };
    SmsChannel sms;
    for (const Row& row : rows) {
        CAPTURE(row.from, row.to);
        const Outcome outcome = sms.send(message(row.to, row.from));
        CHECK(outcome.kind == row.kind);
        CHECK(outcome.error_code == row.name);
        CHECK(outcome.provider_error_code == row.code);
        CHECK(outcome.opted_out == row.opted_out);
        CHECK(outcome.provider_message_id.empty() == (row.kind != accepted));
        CHECK(outcome.error_message.empty() == (row.kind == accepted));
    }
}

TEST_CASE("The magic recipients are numbers that the mapper lets pass") {
    SmsChannel sms;
    const auto mapper = sms.host.manager().mapper("sms");
    REQUIRE(mapper);
    for (const char* to : {"+15005550001", "+15005550002", "+15005550003", "+15005550004", "+15005550009"}) {
        CAPTURE(to);
        const auto mapped = mapper->map({.to = to, .from = {}, .content = "x", .media_urls = {}});
        REQUIRE(std::holds_alternative<Mapped>(mapped));
        CHECK(std::get<Mapped>(mapped).to == to);
    }
}
