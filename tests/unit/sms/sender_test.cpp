#include "sms/sender.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "fake_host.h"
#include "samples.h"
#include "sms/signature/hmac.h"

struct jackgw_outcome_target {
    std::vector<std::string> scopes;
};

using namespace jackgw;
using namespace jackgw::sms;
using sms::test::account;
using sms::test::hotel;
using sms::test::service;

namespace {

constexpr std::int64_t now = 1'795'365'494'000'000;

struct Sent {
    Outcome outcome;
    Parameters form;
};

struct Fixture {
    explicit Fixture(const Options& given = sms::test::options())
        : sender(given, sms::test::public_url, plugin::HttpClient(host.view()), [] { return now; }) {
        host.http_answer.body = R"({"sid":"SM1","status":"queued"})";
        message.struct_size = sizeof message;
        message.attempt_id = plugin::str("a-1");
        message.from = plugin::str(sms::test::hotel);
        message.to = plugin::str(sms::test::guest);
        message.content = plugin::str("Ihr Zimmer ist fertig & wartet + 1 🛎");
    }

    Sent send() {
        const Outcome outcome = sender.send(message);
        return {outcome, host.requests.empty() ? Parameters{} : parse_form(host.requests.back().body)};
    }

    jackgw_host host;
    Sender sender;
    jackgw_outgoing message{};
};

}  // namespace

TEST_CASE("A message is one authorised POST of a form") {
    Fixture fixture;
    const Sent sent = fixture.send();
    CHECK(sent.outcome.kind == JACKGW_OUTCOME_ACCEPTED);
    REQUIRE(fixture.host.requests.size() == 1);
    const auto& request = fixture.host.requests[0];
    CHECK(request.method == "POST");
    CHECK(request.url ==
          "https://api.twilio.com/2010-04-01/Accounts/" + sms::test::account + "/Messages.json");
    CHECK(request.headers[0].second == "Basic " + base64(sms::test::account + ":" + sms::test::token));
    CHECK(request.headers[1].second == "application/x-www-form-urlencoded");
    CHECK(request.total_timeout_ms > 0);
    CHECK(request.total_timeout_ms <= 60000);
    CHECK(sent.form ==
          Parameters{
              {"To", sms::test::guest},
              {"From", sms::test::hotel},
              {"Body", "Ihr Zimmer ist fertig & wartet + 1 🛎"},
              {"StatusCallback", "https://api.example.com/webhooks/twilio/status?attempt=a-1#rc=3&rp=all"}});
}

TEST_CASE("A service is named alone") {
    Fixture fixture;
    fixture.message.from = plugin::str(sms::test::service);
    const Sent sent = fixture.send();
    CHECK(find(sent.form, "MessagingServiceSid") == sms::test::service);
    CHECK_FALSE(find(sent.form, "From"));
}

TEST_CASE("Media go along, with or without text") {
    Fixture fixture;
    const std::vector<jackgw_str> urls{plugin::str("https://a.b/1"), plugin::str("https://a.b/2")};
    fixture.message.media_urls = plugin::strs(urls);
    fixture.message.content = JACKGW_STR_EMPTY;
    const Sent sent = fixture.send();
    CHECK_FALSE(find(sent.form, "Body"));
    CHECK(std::count(sent.form.begin(), sent.form.end(), Parameter{"MediaUrl", "https://a.b/1"}) == 1);
    CHECK(std::count(sent.form.begin(), sent.form.end(), Parameter{"MediaUrl", "https://a.b/2"}) == 1);
}

TEST_CASE("A status callback URL of one's own is used") {
    Options given = sms::test::options();
    given.status_callback_url = "https://hooks.example.org/x?site=1";
    Fixture fixture(given);
    CHECK(find(fixture.send().form, "StatusCallback") == "https://hooks.example.org/x?site=1&attempt=a-1");
}

TEST_CASE("Twilio is asked for smart encoding where the operator wants it") {
    Options given = sms::test::options();
    CHECK_FALSE(find(Fixture(given).send().form, "SmartEncoded"));
    given.text.smart_encoding = true;
    CHECK(find(Fixture(given).send().form, "SmartEncoded") == "true");
}

TEST_CASE("Twilio gets the time that is left") {
    const auto [left_us, period] = GENERATE(table<std::int64_t, const char*>({
        {1'000'000, "1"},
        {1'999'999, "1"},
        {600'000'000, "600"},
        {36'000'000'000, "36000"},
        {90'000'000'000, "36000"},
    }));
    Fixture fixture;
    fixture.message.expires_at = now + left_us;
    CHECK(find(fixture.send().form, "ValidityPeriod") == period);
}

TEST_CASE("What has expired is not sent") {
    const auto left_us = GENERATE(999'999, 0, -5'000'000);
    Fixture fixture;
    fixture.message.expires_at = now + left_us;
    const Outcome outcome = fixture.send().outcome;
    CHECK(outcome.kind == JACKGW_OUTCOME_REJECTED);
    CHECK(outcome.error_code == "EXPIRED");
    CHECK(fixture.host.requests.empty());
}

TEST_CASE("What the client says of the wire decides where no answer came") {
    Fixture fixture;
    fixture.host.http_answer = {JACKGW_E_FAILED, JACKGW_HTTP_NOT_WRITTEN, 0, {}, {}};
    CHECK(fixture.send().outcome.kind == JACKGW_OUTCOME_REFUSED_FOR_NOW);
    fixture.host.http_answer = {JACKGW_E_FAILED, JACKGW_HTTP_WRITTEN, 0, {}, {}};
    CHECK(fixture.send().outcome.kind == JACKGW_OUTCOME_UNKNOWN);
    fixture.host.http_answer = {JACKGW_E_FAILED, 0, 0, {}, {}};
    CHECK(fixture.send().outcome.kind == JACKGW_OUTCOME_UNKNOWN);
}

TEST_CASE("A fault of the configuration is known until a message is accepted") {
    Fixture fixture;
    CHECK(fixture.sender.fault().empty());
    const auto accepted = fixture.host.http_answer;
    fixture.host.http_answer = {
        JACKGW_OK, JACKGW_HTTP_WRITTEN, 401, {}, R"({"code":20003,"message":"Authenticate","status":401})"};
    CHECK(fixture.send().outcome.kind == JACKGW_OUTCOME_MISCONFIGURED);
    CHECK(fixture.sender.fault().find("20003") != std::string::npos);
    CHECK(fixture.sender.fault().find(sms::test::token) == std::string::npos);
    fixture.host.http_answer = {JACKGW_OK, JACKGW_HTTP_WRITTEN, 500, {}, ""};
    fixture.send();
    CHECK_FALSE(fixture.sender.fault().empty());
    fixture.host.http_answer = accepted;
    fixture.send();
    CHECK(fixture.sender.fault().empty());
}

TEST_CASE("A message is sent for the account of its sender, with what authorises that") {
    const std::string other = "AC" + std::string(32, '9');
    Options given = sms::test::options();
    given.accounts = Accounts(
        sms::test::own_account(),
        {{other, "other token", "its second", "SK1", "key secret", "https://api.dublin.ie1.twilio.com"}});
    given.senders =
        Senders(account, hotel, "", {{"+15557654321", other}, {service, other}, {"Lakeside", account}});
    const auto [from, sid, base, credentials] =
        GENERATE_REF(table<std::string, std::string, std::string, std::string>({
            {hotel, account, "https://api.twilio.com", account + ":" + sms::test::token},
            {"Lakeside", account, "https://api.twilio.com", account + ":" + sms::test::token},
            {"+15557654321", other, "https://api.dublin.ie1.twilio.com", "SK1:key secret"},
            {service, other, "https://api.dublin.ie1.twilio.com", "SK1:key secret"},
        }));
    CAPTURE(from);
    Fixture fixture(given);
    fixture.message.from = plugin::str(from);
    const Sent sent = fixture.send();
    REQUIRE(fixture.host.requests.size() == 1);
    CHECK(fixture.host.requests[0].url == base + "/2010-04-01/Accounts/" + sid + "/Messages.json");
    CHECK(fixture.host.requests[0].headers[0].second == "Basic " + base64(credentials));
    CHECK(find(sent.form, "From").has_value() == (from != service));
    CHECK(find(sent.form, "MessagingServiceSid").has_value() == (from == service));
}

TEST_CASE("The faults of several senders are told apart, and end one by one") {
    const std::string lake = "+15557654321";
    Options given = sms::test::options();
    given.senders = Senders(account, hotel, "", {{lake, account}});
    Fixture fixture(given);
    const auto accepted = fixture.host.http_answer;
    const auto send_from = [&](const std::string& from) {
        fixture.message.from = plugin::str(from);
        fixture.send();
    };
    fixture.host.http_answer = {
        JACKGW_OK, JACKGW_HTTP_WRITTEN, 400, {}, R"({"code":21659,"message":"x","status":400})"};
    send_from(hotel);
    send_from(lake);
    CHECK_THAT(fixture.sender.fault(), Catch::Contains(hotel + " of account " + account) &&
                                           Catch::Contains("; " + lake + " of account " + account));
    fixture.host.http_answer = accepted;
    send_from(hotel);
    CHECK_THAT(fixture.sender.fault(), !Catch::Contains(hotel) && Catch::Contains(lake));
    send_from(lake);
    CHECK(fixture.sender.fault().empty());
}

TEST_CASE("A fault of the account or of the way to Twilio is none of one sender's") {
    const std::string lake = "+15557654321";
    const std::string other = "AC" + std::string(32, '9');
    Options given = sms::test::options();
    given.accounts =
        Accounts(sms::test::own_account(), {{other, "token", "", "", "", "https://api.twilio.com"}});
    given.senders = Senders(account, hotel, "", {{lake, account}, {"Lakeside", other}});
    Fixture fixture(given);
    const auto send_from = [&](const std::string& from, sms::test::HttpAnswer answer) {
        fixture.host.http_answer = std::move(answer);
        fixture.message.from = plugin::str(from);
        return fixture.send().outcome;
    };
    const auto twilio = [](int status, int code) {
        return sms::test::HttpAnswer{
            .status = status,
            .body = R"({"code":)" + std::to_string(code) + R"(,"message":"x","status":400})"};
    };
    const sms::test::HttpAnswer accepted{.body = R"({"sid":"SM1","status":"queued"})"};

    SECTION("an account's ends with any of its senders") {
        CHECK(send_from(hotel, twilio(401, 20003)).concerns == Concerns::account);
        CHECK_THAT(fixture.sender.fault(), Catch::StartsWith("account " + account + ": "));
        send_from("Lakeside", accepted);
        CHECK_FALSE(fixture.sender.fault().empty());
        send_from(lake, accepted);
        CHECK(fixture.sender.fault().empty());
    }
    SECTION("the channel's ends as soon as Twilio itself answers") {
        const auto portal = sms::test::HttpAnswer{.status = 302, .body = "<html>Sign in</html>"};
        CHECK(send_from(hotel, portal).concerns == Concerns::channel);
        CHECK_THAT(fixture.sender.fault(), Catch::StartsWith("HTTP 302") && Catch::Contains("api_base_url"));
        CHECK(send_from(lake, twilio(400, 21211)).kind == JACKGW_OUTCOME_REJECTED);
        CHECK(fixture.sender.fault().empty());
    }
    SECTION("nobody answers") {
        send_from(hotel, {.result = JACKGW_E_FAILED, .written = JACKGW_HTTP_NOT_WRITTEN});
        CHECK_THAT(fixture.sender.fault(), Catch::Contains("No answer from Twilio"));
        send_from("Lakeside", accepted);
        CHECK(fixture.sender.fault().empty());
    }
    SECTION("what concerns one message, one guest or a moment is none") {
        for (const int code : {21211, 21408, 21606, 21610, 21611, 21612, 21621, 20429, 29999})
            send_from(hotel, twilio(400, code));
        send_from(hotel, twilio(503, 20503));
        CHECK(fixture.sender.fault().empty());
    }
    CHECK(fixture.sender.account_of(lake) == account);
    CHECK(fixture.sender.account_of("Lakeside") == other);
}

TEST_CASE("21610 in an answer is an opt-out of the sender, and of the number that its service speaks for") {
    const std::string lake = "+15557654321";
    Options given = sms::test::options();
    given.senders = Senders(account, hotel, service, {{lake, account}});
    const auto [from, scopes] = GENERATE_REF(table<std::string, std::vector<std::string>>({
        {hotel, {hotel}},
        {lake, {lake}},
        {service, {service, hotel}},
    }));
    Fixture fixture(given);
    fixture.message.from = plugin::str(from);
    fixture.host.http_answer = {
        JACKGW_OK, JACKGW_HTTP_WRITTEN, 400, {}, R"({"code":21610,"message":"x","status":400})"};
    const Outcome outcome = fixture.send().outcome;
    CHECK(outcome.opt_out_scopes == scopes);

    jackgw_outcome_target target;
    outcome.put({&target, [](jackgw_outcome_target* to, const jackgw_outcome* raw) {
                     for (const jackgw_str scope : plugin::view(raw->opt_out_scopes))
                         to->scopes.emplace_back(plugin::view(scope));
                 }});
    CHECK(target.scopes == scopes);

    fixture.host.http_answer.body = R"({"code":21614,"message":"x","status":400})";
    CHECK(fixture.send().outcome.opt_out_scopes.empty());
}
