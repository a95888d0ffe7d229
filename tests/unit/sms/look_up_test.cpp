#include "sms/reconcile/look_up.h"

#include <catch2/catch.hpp>

#include "fake_host.h"
#include "samples.h"
#include "sms/signature/hmac.h"

using namespace jackgw;
using namespace jackgw::sms;

namespace {

constexpr std::int64_t now = 1'795'365'494'000'000;

struct Fixture {
    explicit Fixture(const Options& options = sms::test::options())
        : look_up(
              options, plugin::HttpClient(host.view()),
              StatusReports(options, plugin::Conversations(host.view()), plugin::Log(host.view()), faults),
              [] { return now; }) {
        host.http_answer.status = 200;
        message.struct_size = sizeof message;
        message.message_id = plugin::str("m-1");
        message.provider_message_id = plugin::str("SM1");
        message.from = plugin::str(sms::test::hotel);
        message.to = plugin::str(sms::test::guest);
    }

    void run(std::int32_t status, const std::string& body) {
        host.http_answer.status = status;
        host.http_answer.body = body;
        look_up.run(message);
    }

    jackgw_host host;
    Faults faults;
    LookUp look_up;
    jackgw_sent_message message{};
};

}  // namespace

TEST_CASE("What Twilio says of a message is reported as its callback would be") {
    const auto [body, delivery, word, name, code, flags] =
        GENERATE(table<std::string, int, std::string, std::string, int, unsigned>({
            {R"({"status":"queued","error_code":null})", JACKGW_DELIVERY_PENDING, "queued", "", 0, 0},
            {R"({"status":"sent","error_code":null})", JACKGW_DELIVERY_SENT, "sent", "", 0, 0},
            {R"({"status":"delivered"})", JACKGW_DELIVERY_DELIVERED, "delivered", "", 0, 0},
            {R"({"status":"undelivered","error_code":30003})", JACKGW_DELIVERY_FAILED, "undelivered",
             "UNREACHABLE", 30003, JACKGW_FAILURE_RETRYABLE},
            {R"({"status":"failed","error_code":21610})", JACKGW_DELIVERY_FAILED, "failed", "UNSUBSCRIBED",
             21610, JACKGW_FAILURE_OPTED_OUT},
            {R"({"status":"canceled"})", JACKGW_DELIVERY_CANCELED, "canceled", "", 0, 0},
            {R"({"status":"teleported"})", JACKGW_DELIVERY_UNCHANGED, "teleported", "", 0, 0},
        }));
    Fixture f;
    f.run(200, body);
    REQUIRE(f.host.updates.size() == 1);
    const auto& update = f.host.updates[0];
    CHECK(update.id == "SM1");
    CHECK(update.attempt.empty());
    CHECK(update.word == word);
    CHECK(update.delivery == delivery);
    CHECK(update.error_code == name);
    CHECK(update.provider_error_code == code);
    CHECK(update.flags == flags);
}

TEST_CASE("The question goes to the account that sent the message, and nothing of the text is kept") {
    Account second = sms::test::own_account();
    second.sid = "AC1123456789abcdef0123456789abcdef";
    Fixture f({Accounts(sms::test::own_account(), {second}),
               Senders(sms::test::account, "+15550001111", "", {{sms::test::hotel, second.sid}})});
    f.run(200, R"({"sid":"SM1","status":"sent","body":"room 12","num_segments":"2","error_code":null})");
    REQUIRE(f.host.requests.size() == 1);
    const auto& request = f.host.requests[0];
    CHECK(request.method == "GET");
    CHECK(request.url == "https://api.twilio.com/2010-04-01/Accounts/" + second.sid + "/Messages/SM1.json");
    CHECK(request.headers[0].second == "Basic " + base64(second.sid + ":" + sms::test::token));
    const auto& raw = f.host.updates.at(0).raw;
    CHECK(std::ranges::find(raw, std::pair<std::string, std::string>{"num_segments", "2"}) != raw.end());
    CHECK(std::ranges::find(raw, std::string("body"), &std::pair<std::string, std::string>::first) ==
          raw.end());
}

TEST_CASE("A look-up has the consequences that a callback would have had") {
    Options options = sms::test::options();
    options.resending = {2, 600'000};
    Fixture f(options);
    f.host.status_result = JACKGW_STATUS_APPLIED;
    f.run(200, R"({"status":"failed","error_code":21610,"from":"+15550001111",)"
               R"("messaging_service_sid":"MG0123456789abcdef0123456789abcdef"})");
    f.run(200, R"({"status":"undelivered","error_code":30003,"from":"+15550001111"})");
    REQUIRE(f.host.updates.size() == 2);
    CHECK(f.host.updates[0].opt_out_scopes == std::vector<std::string>{"+15550001111", sms::test::service});
    CHECK(f.host.updates[0].resend_limit == 0);
    CHECK(f.host.updates[1].opt_out_scopes.empty());
    CHECK(f.host.updates[1].resend_limit == 2);
    CHECK(f.host.updates[1].resend_after_ms == 600'000);
    REQUIRE(f.host.lines.size() == 2);
    CHECK_THAT(f.host.lines[1], Catch::Contains("message SM1 failed: "));
}

TEST_CASE("Where Twilio doesn't tell, the host learns whether to ask again soon") {
    const auto [status, body, result, words] = GENERATE(table<int, std::string, int, std::string>({
        {404, R"({"code":20404,"message":"not found","status":404})", JACKGW_E_FAILED,
         "knows no such message"},
        {404, "<html>Not found</html>", JACKGW_E_UNAVAILABLE, "404"},
        {429, R"({"code":20429,"message":"x","status":429})", JACKGW_E_UNAVAILABLE, "429"},
        {401, R"({"code":20003,"message":"x","status":401})", JACKGW_E_UNAVAILABLE, "401"},
        {500, "", JACKGW_E_UNAVAILABLE, "500"},
        {302, "", JACKGW_E_UNAVAILABLE, "302"},
        {200, "<html>", JACKGW_E_UNAVAILABLE, "200"},
        {400, R"({"code":20001,"message":"x","status":400})", JACKGW_E_FAILED, "400"},
    }));
    Fixture f;
    try {
        f.run(status, body);
        FAIL("it told");
    } catch (const plugin::Failure& failure) {
        CHECK(failure.status() == result);
        CHECK_THAT(failure.what(), Catch::Contains(words));
    }
    CHECK(f.host.updates.empty());
}

TEST_CASE("Without an answer, or with a host that can't store it, it is asked again") {
    Fixture f;
    SECTION("no answer") {
        f.host.http_answer.result = JACKGW_E_TIMEOUT;
    }
    SECTION("not stored") {
        f.host.report_status = JACKGW_E_UNAVAILABLE;
    }
    try {
        f.run(200, R"({"status":"sent"})");
        FAIL("it went well");
    } catch (const plugin::Failure& failure) {
        CHECK(failure.status() == JACKGW_E_UNAVAILABLE);
    }
}
