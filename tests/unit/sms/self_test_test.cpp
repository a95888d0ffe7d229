#include "sms/self_test/self_test.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "fake_host.h"
#include "samples.h"
#include "sms/signature/hmac.h"

using namespace jackgw;
using namespace jackgw::sms;

namespace {

const std::string api = "https://api.twilio.com/2010-04-01/Accounts/" + sms::test::account;
const std::string messaging = "https://messaging.twilio.com/v1/Services";
const std::string well_set =
    R"("sms_url":"https://api.example.com/webhooks/twilio/sms#rc=3&rp=all","sms_method":"POST")";

struct Fixture {
    Fixture() {
        answer(api + ".json", R"({"status":"active","type":"Full"})");
        answer(
            api + "/IncomingPhoneNumbers.json?PhoneNumber=%2B15551234567",
            R"({"incoming_phone_numbers":[{"phone_number":"+15551234567","capabilities":{"sms":true,"mms":true},)" +
                well_set + "}]}");
        answer(messaging + "?PageSize=20", R"({"services":[],"meta":{}})");
        host.http_answer.status = 404;
    }

    void answer(const std::string& url, const std::string& body, std::int32_t status = 200) {
        host.answers_by_url[url] = {.status = status, .body = body};
    }

    /// "name subject status" of each check, a line each.
    std::string run(const Options& options, std::chrono::microseconds deadline = std::chrono::seconds{30}) {
        const SelfTest test(options, sms::test::public_url, plugin::HttpClient(host.view()),
                            [this] { return clock; });
        std::string lines;
        test.run(deadline, [&](const plugin::Check& check) {
            static constexpr std::array words{"", "ok", "warning", "failed", "skipped"};
            lines += check.name + " " + check.subject + " " +
                     words.at(static_cast<std::size_t>(check.status)) + "\n";
            messages.push_back(check.message);
        });
        return lines;
    }

    jackgw_host host;
    std::chrono::microseconds clock{0};
    std::vector<std::string> messages;
};

}  // namespace

TEST_CASE("A channel of one number that is set up well") {
    Fixture f;
    CHECK(f.run(sms::test::options()) == "public_url  ok\ncredentials " + sms::test::account +
                                             " ok\naccount " + sms::test::account +
                                             " ok\nnumber +15551234567 ok\nwebhook +15551234567 ok\n");
}

TEST_CASE("A self-test only reads") {
    Fixture f;
    f.run(sms::test::options());
    REQUIRE_FALSE(f.host.requests.empty());
    for (const auto& request : f.host.requests) {
        CHECK(request.method == "GET");
        CHECK(request.body.empty());
        CHECK(request.total_timeout_ms <= 10'000);
    }
}

TEST_CASE("Wrong credentials end the account's test") {
    Fixture f;
    f.answer(api + ".json", R"({"code":20003,"message":"Authenticate"})", 401);
    CHECK(f.run(sms::test::options()) == "public_url  ok\ncredentials " + sms::test::account + " failed\n");
    CHECK(f.host.requests.size() == 1);
}

TEST_CASE("With an API key both are tested: the token signs, the key sends") {
    Fixture f;
    Account own = sms::test::own_account();
    own.api_key_sid = "SK0123456789abcdef0123456789abcdef";
    own.api_key_secret = "secret";
    const Options options{Accounts(own), Senders(sms::test::account, sms::test::hotel, "")};
    f.answer(api + "/Messages.json?PageSize=1", R"({"code":20003})", 401);
    CHECK(f.run(options) == "public_url  ok\ncredentials " + sms::test::account + " ok\naccount " +
                                sms::test::account + " ok\ncredentials " + own.api_key_sid + " failed\n");
    CHECK(f.host.requests[0].headers[0].second ==
          "Basic " + base64(sms::test::account + ":" + sms::test::token));
    CHECK(f.host.requests[1].headers[0].second == "Basic " + base64(own.api_key_sid + ":secret"));
}

TEST_CASE("A service that isn't configured is found where it overrides a number") {
    Fixture f;
    f.answer(messaging + "?PageSize=20",
             R"({"services":[{"sid":"MG1","inbound_request_url":"https://old.example/"}],"meta":{}})");
    f.answer(messaging + "/MG1/PhoneNumbers?PageSize=1000",
             R"({"phone_numbers":[{"phone_number":"+15550000000"}],"meta":{"next_page_url":)"
             R"("https://messaging.twilio.com/v1/Services/MG1/PhoneNumbers?PageSize=1000&Page=1"}})");
    f.answer(messaging + "/MG1/PhoneNumbers?PageSize=1000&Page=1",
             R"({"phone_numbers":[{"phone_number":"+15551234567"}],"meta":{}})");
    f.answer(messaging + "/MG1/ShortCodes?PageSize=1000", R"({"short_codes":[],"meta":{}})");
    const std::string lines = f.run(sms::test::options());
    CHECK_THAT(lines, Catch::EndsWith("number +15551234567 ok\nwebhook +15551234567 failed\n"));
    CHECK_THAT(f.messages.back(), Catch::Contains("messaging service MG1"));
}

TEST_CASE("Where there are more services than are read, that is told") {
    Fixture f;
    f.answer(messaging + "?PageSize=20",
             R"({"services":[],"meta":{"next_page_url":"https://messaging.twilio.com/v1/Services?Page=1"}})");
    CHECK_THAT(f.run(sms::test::options()), Catch::Contains("services " + sms::test::account + " skipped\n"));
}

TEST_CASE("A configured service is tested with its senders, listed or not") {
    Fixture f;
    const Options options{Accounts(sms::test::own_account()),
                          Senders(sms::test::account, "", sms::test::service)};
    const std::string url = messaging + "/" + sms::test::service;
    SECTION("it is there") {
        f.answer(url,
                 R"({"sid":")" + sms::test::service +
                     R"(","inbound_request_url":"https://api.example.com/webhooks/twilio/sms#rc=3&rp=all",)"
                     R"("inbound_method":"POST"})");
        f.answer(url + "/PhoneNumbers?PageSize=1000", R"({"phone_numbers":[{"phone_number":"+1"}]})");
        f.answer(url + "/ShortCodes?PageSize=1000", R"({"short_codes":[]})");
        CHECK_THAT(f.run(options), Catch::EndsWith("service " + sms::test::service + " ok\nwebhook " +
                                                   sms::test::service + " ok\n"));
    }
    SECTION("it isn't") {
        CHECK_THAT(f.run(options), Catch::EndsWith("service " + sms::test::service + " failed\n"));
    }
    SECTION("nobody knows") {
        f.answer(url, "", 500);
        CHECK_THAT(f.run(options), Catch::EndsWith("service " + sms::test::service + " skipped\n"));
    }
}

TEST_CASE("Each account is tested with its own senders and credentials") {
    Fixture f;
    Account second = sms::test::own_account();
    second.sid = "AC1123456789abcdef0123456789abcdef";
    second.auth_token = "11111111111111111111111111111111";
    const Options options{Accounts(sms::test::own_account(), {second}),
                          Senders(sms::test::account, sms::test::hotel, "",
                                  {{"12345", second.sid}, {"GrandHotel", second.sid}})};
    const std::string base = "https://api.twilio.com/2010-04-01/Accounts/" + second.sid;
    f.answer(base + ".json", R"({"status":"active","type":"Trial"})");
    f.answer(base + "/SMS/ShortCodes.json?ShortCode=12345", R"({"short_codes":[]})");
    CHECK_THAT(f.run(options),
               Catch::EndsWith("webhook +15551234567 ok\ncredentials " + second.sid + " ok\naccount " +
                               second.sid + " warning\nnumber 12345 failed\nname GrandHotel skipped\n"));
}

TEST_CASE("What can't be asked in time is skipped") {
    Fixture f;
    CHECK(f.run(sms::test::options(), std::chrono::microseconds{0}) ==
          "public_url  ok\ncredentials " + sms::test::account + " failed\n");
    CHECK_THAT(f.messages.back(), Catch::Contains("the test's time was up"));
    CHECK(f.host.requests.empty());
}

TEST_CASE("The messaging API is beside the main one, in the same edge and region") {
    CHECK(messaging_base_url("https://api.twilio.com") == "https://messaging.twilio.com");
    CHECK(messaging_base_url("https://api.dublin.ie1.twilio.com") ==
          "https://messaging.dublin.ie1.twilio.com");
    CHECK(messaging_base_url("http://127.0.0.1:8090") == "http://127.0.0.1:8090");
    CHECK(messaging_base_url("https://api.example.com") == "https://api.example.com");
}
