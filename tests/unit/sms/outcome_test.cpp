#include "sms/answers/outcome.h"

#include <catch2/catch.hpp>

using namespace jackgw;
using sms::Concerns;
using sms::Outcome;

namespace {

plugin::HttpAnswer answered(int status, std::string body) {
    plugin::HttpAnswer answer;
    answer.result = JACKGW_OK;
    answer.status = status;
    answer.body = std::move(body);
    return answer;
}

constexpr int32_t rejected = JACKGW_OUTCOME_REJECTED;
constexpr int32_t for_now = JACKGW_OUTCOME_REFUSED_FOR_NOW;
constexpr int32_t misconfigured = JACKGW_OUTCOME_MISCONFIGURED;
constexpr int32_t unknown = JACKGW_OUTCOME_UNKNOWN;

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

TEST_CASE("Twilio's own errors are sorted by their codes, unless the status leaves all open") {
    struct Row {
        int status;
        int code;
        int32_t kind;
        Concerns concerns;
        uint32_t flags;
        std::string name;
    };
    constexpr uint32_t retryable = JACKGW_FAILURE_RETRYABLE;
    constexpr uint32_t alert = JACKGW_FAILURE_ALERT;
    const auto row = GENERATE_COPY(values<Row>({
        {400, 21610, rejected, Concerns::pair, JACKGW_FAILURE_OPTED_OUT, "UNSUBSCRIBED"},
        {400, 21211, rejected, Concerns::recipient, 0, "INVALID_NUMBER"},
        {400, 21614, rejected, Concerns::recipient, 0, "NOT_SMS_CAPABLE"},
        {400, 21617, rejected, Concerns::message, 0, "SEND_FAILED"},
        {400, 21612, rejected, Concerns::pair, 0, "SEND_FAILED"},
        {400, 30036, rejected, Concerns::message, 0, "EXPIRED"},
        // One message may never stop a sender.
        {403, 21408, rejected, Concerns::recipient, retryable | alert, "SEND_FAILED"},
        {400, 21608, rejected, Concerns::recipient, retryable | alert, "SEND_FAILED"},
        {400, 21606, rejected, Concerns::unclear, retryable | alert, "SEND_FAILED"},
        {400, 21621, rejected, Concerns::message, retryable | alert, "SEND_FAILED"},
        {400, 21622, rejected, Concerns::message, retryable | alert, "SEND_FAILED"},
        {400, 21659, misconfigured, Concerns::sender, 0, "SEND_FAILED"},
        {404, 21701, misconfigured, Concerns::sender, 0, "SEND_FAILED"},
        {401, 20003, misconfigured, Concerns::account, 0, "SEND_FAILED"},
        {404, 20404, misconfigured, Concerns::account, 0, "SEND_FAILED"},
        {400, 21611, for_now, Concerns::sender, retryable, "SEND_FAILED"},
        {400, 30001, for_now, Concerns::sender, retryable, "SEND_FAILED"},
        {400, 30003, for_now, Concerns::recipient, retryable, "UNREACHABLE"},
        {400, 14107, for_now, Concerns::pair, retryable, "SEND_FAILED"},
        // The dictionary lacks it: the message's or its sender's, and not for good.
        {400, 29999, for_now, Concerns::unclear, retryable | alert, "SEND_FAILED"},
        {404, 1234567, for_now, Concerns::unclear, retryable | alert, "SEND_FAILED"},
        // 429 is surely not processed, and 5xx may have been, whatever the code.
        {429, 20429, for_now, Concerns::account, retryable, "SEND_FAILED"},
        {429, 21611, for_now, Concerns::sender, retryable, "SEND_FAILED"},
        {429, 21211, for_now, Concerns::account, retryable, "INVALID_NUMBER"},
        {429, 21610, for_now, Concerns::account, retryable, "UNSUBSCRIBED"},
        {429, 29999, for_now, Concerns::account, retryable, "SEND_FAILED"},
        {500, 20500, unknown, Concerns::channel, 0, "SEND_FAILED"},
        {400, 20500, unknown, Concerns::channel, 0, "SEND_FAILED"},
        {503, 20503, unknown, Concerns::channel, 0, "SEND_FAILED"},
        {500, 21211, unknown, Concerns::channel, 0, "INVALID_NUMBER"},
        {500, 21610, unknown, Concerns::channel, 0, "UNSUBSCRIBED"},
        {500, 29999, unknown, Concerns::channel, 0, "SEND_FAILED"},
        {408, 20003, unknown, Concerns::channel, 0, "SEND_FAILED"},
    }));
    CAPTURE(row.status, row.code);
    const Outcome outcome = classify(answered(row.status, error(row.code)));
    CHECK(outcome.kind == row.kind);
    CHECK(outcome.concerns == row.concerns);
    CHECK(outcome.flags == row.flags);
    CHECK(outcome.error_code == row.name);
    CHECK(outcome.provider_error_code == row.code);
    CHECK_THAT(outcome.error_message, Catch::EndsWith("(Twilio " + std::to_string(row.code) + ": Oh.)"));
}

TEST_CASE("What isn't Twilio's own answer concerns the channel, and fails no message") {
    const auto [status, kind] = GENERATE(table<int, int32_t>({
        {301, misconfigured},
        {302, misconfigured},
        {307, misconfigured},
        {400, misconfigured},
        {401, misconfigured},
        {403, misconfigured},
        {404, misconfigured},
        {405, misconfigured},
        {407, misconfigured},
        {413, misconfigured},
        {451, misconfigured},
        {429, for_now},
        // It may have been taken behind who answers.
        {200, unknown},
        {201, unknown},
        {204, unknown},
        {408, unknown},
        {500, unknown},
        {502, unknown},
        {503, unknown},
        {504, unknown},
        {100, unknown},
        {999, unknown},
    }));
    const auto body = GENERATE(as<std::string>{}, "", "<html>Sign in to the hotel's network</html>", "[]",
                               R"({"code":null})", R"({"code":-1,"message":"x","status":400})",
                               R"({"code":"21211","message":"x","status":400})", R"({"code":21211})",
                               R"({"sid":7})", R"({"sid":)", std::string(100'000, '['));
    CAPTURE(status, body.substr(0, 100));
    const Outcome outcome = classify(answered(status, body));
    CHECK(outcome.kind == kind);
    CHECK(outcome.concerns == Concerns::channel);
    CHECK(outcome.flags == 0);
    CHECK(outcome.error_code == "UNKNOWN");
    CHECK(outcome.provider_error_code == 0);
    CHECK(outcome.provider_message_id.empty());
    CHECK_THAT(outcome.error_message,
               Catch::Contains("HTTP " + std::to_string(status)) &&
                   Catch::Contains("check api_base_url, proxies and captive portals") &&
                   !Catch::Contains("hotel"));
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
    CHECK(outcome.concerns == Concerns::channel);
    CHECK(outcome.error_code == "UNKNOWN");
    CHECK(outcome.error_message.find("the connection was cut") != std::string::npos);
}

TEST_CASE("Whatever isn't accepted may say when to come again") {
    const auto [status, value, milliseconds] = GENERATE(table<int, const char*, int64_t>({
        {429, "7", 7000},
        {429, "0", 0},
        {429, "", -1},
        {429, "Sun, 22 Nov 2026 12:00:30 GMT", 30'000},
        {429, "-3", -1},
        {503, "120", 120'000},
        {503, "Sunday, 22-Nov-26 12:02:00 GMT", 120'000},
        {403, "60", 60'000},
        {302, "60", 60'000},
    }));
    CAPTURE(status, value);
    const auto body = GENERATE(as<std::string>{}, "", error(29999));
    plugin::HttpAnswer answer = answered(status, body);
    answer.headers = {{"retry-after", value}};
    CHECK(classify(answer).retry_after_ms == milliseconds);
    CHECK(classify(answered(status, body)).retry_after_ms == -1);
    answer.status = 201;
    answer.body = R"({"sid":"SM1","status":"queued"})";
    CHECK(classify(answer).retry_after_ms == -1);
}

TEST_CASE("A limit for the day is waited for until the Pacific midnight, or longer where Twilio says so") {
    constexpr std::int64_t hour_us = 3'600'000'000;
    constexpr std::int64_t hour_ms = 3'600'000;
    constexpr std::int64_t minute_ms = 60'000;
    const auto [hours, code, milliseconds] = GENERATE_COPY(table<int, int, int64_t>({
        {0, 30023, 20 * hour_ms + minute_ms},
        {0, 30027, 20 * hour_ms + minute_ms},
        {-5, 30023, 1 * hour_ms + minute_ms},
        {-4, 30023, 24 * hour_ms + minute_ms},
        {12, 30023, 8 * hour_ms + minute_ms},
        {0, 30022, -1},
    }));
    CAPTURE(hours, code);
    plugin::HttpAnswer answer = answered(400, error(code));
    CHECK(sms::classify(answer, noon + hours * hour_us).retry_after_ms == milliseconds);
    answer.headers = {{"Retry-After", "86400"}};
    CHECK(sms::classify(answer, noon + hours * hour_us).retry_after_ms ==
          std::max<std::int64_t>(milliseconds, 24 * hour_ms));
    // One that may have been taken isn't sent again at all.
    CHECK(sms::classify(answered(500, error(code)), noon).retry_after_ms == -1);
}

TEST_CASE("The host learns whom an outcome concerns, unless it is accepted") {
    struct Put {
        static void put(jackgw_outcome_target* target, const jackgw_outcome* raw) {
            *reinterpret_cast<jackgw_outcome*>(target) = *raw;
        }
    };
    const auto put = [](const Outcome& outcome) {
        jackgw_outcome raw{};
        outcome.put({reinterpret_cast<jackgw_outcome_target*>(&raw), &Put::put});
        return raw;
    };
    const jackgw_outcome refused = put(classify(answered(400, error(21659))));
    CHECK(refused.struct_size == sizeof(jackgw_outcome));
    CHECK(refused.concerns == JACKGW_CONCERNS_SENDER);
    CHECK(put(classify(answered(400, error(29999)))).concerns == JACKGW_CONCERNS_UNCLEAR);
    CHECK(put(classify(answered(502, ""))).concerns == JACKGW_CONCERNS_CHANNEL);
    CHECK(put(classify(answered(201, R"({"sid":"SM1"})"))).concerns == JACKGW_CONCERNS_UNSET);
}
