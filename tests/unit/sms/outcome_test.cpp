#include "sms/outcome.h"

#include <catch2/catch.hpp>

using namespace jackgw;
using sms::Outcome;

namespace {

plugin::HttpAnswer answered(int status, std::string body) {
    plugin::HttpAnswer answer;
    answer.result = JACKGW_OK;
    answer.status = status;
    answer.body = std::move(body);
    return answer;
}

constexpr std::int64_t noon = 1'795'348'800'000'000;  // 2026-11-22T12:00:00Z

Outcome classify(const plugin::HttpAnswer& answer) {
    return sms::classify(answer, noon);
}

std::string error(int code) {
    return R"({"code":)" + std::to_string(code) + R"(,"message":"Oh.","status":400})";
}

}  // namespace

TEST_CASE("A created message is accepted with what Twilio tells of it") {
    const Outcome outcome = classify(answered(
        201, R"({"sid":"SM1","status":"queued","num_segments":"2","error_code":null,"error_message":null})"));
    CHECK(outcome.kind == JACKGW_OUTCOME_ACCEPTED);
    CHECK(outcome.provider_message_id == "SM1");
    CHECK(outcome.provider_status == "queued");
    CHECK(outcome.delivery == JACKGW_DELIVERY_PENDING);
    CHECK(outcome.segments == 2);
    CHECK(outcome.error_code.empty());
}

TEST_CASE("A message that failed while it was created was accepted all the same") {
    const Outcome outcome =
        classify(answered(201, R"({"sid":"SM1","status":"failed","error_code":30005,"num_segments":1})"));
    CHECK(outcome.kind == JACKGW_OUTCOME_ACCEPTED);
    CHECK(outcome.delivery == JACKGW_DELIVERY_FAILED);
    CHECK(outcome.error_code == "UNKNOWN_DESTINATION");
    CHECK(outcome.segments == 1);
}

TEST_CASE("Answers are sorted by what is known of the message") {
    struct Row {
        int status;
        std::string body;
        int32_t kind;
        std::string name;
        int32_t code;
    };
    const auto row = GENERATE(values<Row>({
        // Errors by their codes.
        {400, error(21211), JACKGW_OUTCOME_REJECTED, "INVALID_NUMBER", 21211},
        {400, error(21610), JACKGW_OUTCOME_REJECTED, "UNSUBSCRIBED", 21610},
        {400, error(21614), JACKGW_OUTCOME_REJECTED, "NOT_SMS_CAPABLE", 21614},
        {400, error(21606), JACKGW_OUTCOME_MISCONFIGURED, "SEND_FAILED", 21606},
        {401, error(20003), JACKGW_OUTCOME_MISCONFIGURED, "SEND_FAILED", 20003},
        {403, error(21408), JACKGW_OUTCOME_MISCONFIGURED, "SEND_FAILED", 21408},
        {400, error(21611), JACKGW_OUTCOME_REFUSED_FOR_NOW, "SEND_FAILED", 21611},
        {400, error(30001), JACKGW_OUTCOME_REFUSED_FOR_NOW, "SEND_FAILED", 30001},
        {400, error(20500), JACKGW_OUTCOME_UNKNOWN, "SEND_FAILED", 20500},
        {400, error(30036), JACKGW_OUTCOME_REJECTED, "EXPIRED", 30036},
        {400, error(29999), JACKGW_OUTCOME_REJECTED, "SEND_FAILED", 29999},
        // RFC 9457, and a code in quotes.
        {400, R"({"type":"x","title":"Bad","status":400,"code":21211,"detail":"Oh."})",
         JACKGW_OUTCOME_REJECTED, "INVALID_NUMBER", 21211},
        {400, R"({"code":"21211"})", JACKGW_OUTCOME_REJECTED, "INVALID_NUMBER", 21211},
        // The status decides, whatever the body.
        {429, error(20429), JACKGW_OUTCOME_REFUSED_FOR_NOW, "SEND_FAILED", 20429},
        {429, "Too many", JACKGW_OUTCOME_REFUSED_FOR_NOW, "UNKNOWN", 0},
        {429, error(21211), JACKGW_OUTCOME_REFUSED_FOR_NOW, "INVALID_NUMBER", 21211},
        {500, error(20500), JACKGW_OUTCOME_UNKNOWN, "SEND_FAILED", 20500},
        {503, error(20503), JACKGW_OUTCOME_UNKNOWN, "SEND_FAILED", 20503},
        {500, error(21211), JACKGW_OUTCOME_UNKNOWN, "INVALID_NUMBER", 21211},
        {502, "<html>Bad gateway</html>", JACKGW_OUTCOME_UNKNOWN, "UNKNOWN", 0},
        {504, "", JACKGW_OUTCOME_UNKNOWN, "UNKNOWN", 0},
        {408, "", JACKGW_OUTCOME_UNKNOWN, "UNKNOWN", 0},
        {401, "", JACKGW_OUTCOME_MISCONFIGURED, "UNKNOWN", 0},
        {404, "<html>Not found</html>", JACKGW_OUTCOME_REJECTED, "UNKNOWN", 0},
        {400, "[]", JACKGW_OUTCOME_REJECTED, "UNKNOWN", 0},
        {400, R"({"code":null})", JACKGW_OUTCOME_REJECTED, "UNKNOWN", 0},
        {400, R"({"code":-1})", JACKGW_OUTCOME_REJECTED, "UNKNOWN", 0},
        {400, std::string(100'000, '['), JACKGW_OUTCOME_REJECTED, "UNKNOWN", 0},
        // Twilio may have taken it, but which one it is can't be told.
        {201, "", JACKGW_OUTCOME_UNKNOWN, "UNKNOWN", 0},
        {201, R"({"sid":)", JACKGW_OUTCOME_UNKNOWN, "UNKNOWN", 0},
        {201, R"({"sid":7})", JACKGW_OUTCOME_UNKNOWN, "UNKNOWN", 0},
        {200, "<html>Sign in to the hotel's network</html>", JACKGW_OUTCOME_UNKNOWN, "UNKNOWN", 0},
        {302, "", JACKGW_OUTCOME_UNKNOWN, "UNKNOWN", 0},
    }));
    CAPTURE(row.status, row.body);
    const Outcome outcome = classify(answered(row.status, row.body));
    CHECK(outcome.kind == row.kind);
    CHECK(outcome.error_code == row.name);
    CHECK(outcome.provider_error_code == row.code);
    CHECK_FALSE(outcome.error_message.empty());
}

TEST_CASE("Without an answer it counts whether the request was written") {
    const auto [result, written, kind] = GENERATE(table<jackgw_status, bool, int32_t>({
        {JACKGW_E_FAILED, false, JACKGW_OUTCOME_REFUSED_FOR_NOW},
        {JACKGW_E_TIMEOUT, false, JACKGW_OUTCOME_REFUSED_FOR_NOW},
        {JACKGW_E_UNAVAILABLE, false, JACKGW_OUTCOME_REFUSED_FOR_NOW},
        {JACKGW_E_INVALID_ARGUMENT, false, JACKGW_OUTCOME_MISCONFIGURED},
        {JACKGW_E_FAILED, true, JACKGW_OUTCOME_UNKNOWN},
        {JACKGW_E_TIMEOUT, true, JACKGW_OUTCOME_UNKNOWN},
        {JACKGW_E_TOO_LARGE, true, JACKGW_OUTCOME_UNKNOWN},
    }));
    plugin::HttpAnswer answer;
    answer.result = result;
    answer.written = written;
    answer.status = 201;  // a head may have come; it is the complete answer that counts
    answer.body = R"({"sid":"SM1"})";
    answer.error = "the connection was cut";
    const Outcome outcome = classify(answer);
    CHECK(outcome.kind == kind);
    CHECK(outcome.error_code == "UNKNOWN");
    CHECK(outcome.error_message.find("the connection was cut") != std::string::npos);
}

TEST_CASE("Only a refusal for now says when to come again") {
    const auto [status, value, milliseconds] = GENERATE(table<int, const char*, int64_t>({
        {429, "7", 7000},
        {429, "0", 0},
        {429, "", -1},
        {429, "Wed, 21 Oct 2026 07:28:00 GMT", -1},
        {429, "-3", -1},
        {400, "7", -1},
    }));
    CAPTURE(status, value);
    plugin::HttpAnswer answer = answered(status, "");
    answer.headers = {{"retry-after", value}};
    CHECK(classify(answer).retry_after_ms == milliseconds);
    CHECK(classify(answered(429, "")).retry_after_ms == -1);
}

TEST_CASE("A limit for the day is waited for until it is midnight Pacific time for certain, 8:00 UTC") {
    constexpr std::int64_t hour_us = 3'600'000'000;
    const auto [hours, code, milliseconds] = GENERATE(table<int, int, int64_t>({
        {0, 30023, 20 * 3'600'000},
        {0, 30027, 20 * 3'600'000},
        {-5, 30023, 1 * 3'600'000},  // 7:00 UTC: midnight in summer, 23:00 in winter
        {-4, 30023, 24 * 3'600'000},
        {12, 30023, 8 * 3'600'000},
        {0, 30022, -1},
    }));
    CAPTURE(hours, code);
    CHECK(sms::classify(answered(400, error(code)), noon + hours * hour_us).retry_after_ms == milliseconds);
    // One that has been taken isn't sent again at all.
    CHECK(sms::classify(answered(500, error(code)), noon).retry_after_ms == -1);
}

TEST_CASE("An opt-out is told to the host") {
    CHECK(classify(answered(400, error(21610))).flags == JACKGW_FAILURE_OPTED_OUT);
    CHECK(classify(answered(400, error(21211))).flags == 0);
}
