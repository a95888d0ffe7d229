#include "sms/self_test/judges.h"

#include <catch2/catch.hpp>

#include "samples.h"

using namespace jackgw;
using namespace jackgw::sms;
using namespace jackgw::sms::self_test;
using Catch::Matchers::Contains;

namespace {

const std::string ours = "https://api.example.com/webhooks/twilio/sms";
const std::string right = ours + "#rc=3&rp=all";

plugin::HttpAnswer answered(std::int32_t status, const std::string& body = "{}") {
    plugin::HttpAnswer answer;
    answer.result = JACKGW_OK;
    answer.status = status;
    answer.body = body;
    return answer;
}

plugin::HttpAnswer cut() {
    plugin::HttpAnswer answer;
    answer.result = JACKGW_E_TIMEOUT;
    answer.error = "no answer within 10 s";
    return answer;
}

OwnNumber number_with(const std::string& url, const std::string& method = "POST",
                      const std::string& application = {}) {
    return {sms::test::hotel, true, true, url, method, application};
}

Service service_with(const std::string& url, bool use_number = false) {
    return {sms::test::service, "Front desk", url, "POST", use_number, {sms::test::hotel}};
}

}  // namespace

TEST_CASE("The public URL must be https") {
    CHECK(judge_public_url("https://api.example.com").status == JACKGW_CHECK_OK);
    CHECK(judge_public_url("http://api.example.com").status == JACKGW_CHECK_WARNING);
    CHECK(judge_public_url("http://127.0.0.1:8080").status == JACKGW_CHECK_WARNING);
    CHECK(judge_public_url("").status == JACKGW_CHECK_FAILED);
}

TEST_CASE("Credentials are judged by the answer") {
    const auto [answer, status, words] = GENERATE(table<plugin::HttpAnswer, int, std::string>({
        {answered(200), JACKGW_CHECK_OK, "accepts the auth_token"},
        {answered(401, R"({"code":20003,"message":"Authenticate","status":401})"), JACKGW_CHECK_FAILED,
         "HTTP 401, error 20003: Authenticate"},
        {answered(403, R"({"title":"Forbidden","code":20403})"), JACKGW_CHECK_FAILED,
         "error 20403: Forbidden"},
        {answered(404, R"({"code":20404,"message":"not found"})"), JACKGW_CHECK_FAILED, "no such account"},
        {answered(429, "slow down"), JACKGW_CHECK_SKIPPED, "HTTP 429"},
        {answered(503), JACKGW_CHECK_SKIPPED, "HTTP 503"},
        {answered(302), JACKGW_CHECK_SKIPPED, "HTTP 302"},
        {cut(), JACKGW_CHECK_FAILED, "no answer within 10 s"},
    }));
    const Check check = judge_credentials(sms::test::account, "auth_token", answer);
    CHECK(check.status == status);
    CHECK(check.name == "credentials");
    CHECK(check.subject == sms::test::account);
    CHECK_THAT(check.message, Contains(words));
}

TEST_CASE("An account is judged by status and type") {
    const auto [account, status, words] = GENERATE(table<AccountState, int, std::string>({
        {{"active", "Full"}, JACKGW_CHECK_OK, "active"},
        {{"active", "Trial"}, JACKGW_CHECK_WARNING, "verified numbers"},
        {{"suspended", "Full"}, JACKGW_CHECK_FAILED, "suspended"},
        {{"suspended", "Trial"}, JACKGW_CHECK_FAILED, "suspended"},
        {{"closed", "Full"}, JACKGW_CHECK_FAILED, "closed"},
        {{"resting", "Full"}, JACKGW_CHECK_WARNING, "\"resting\""},
    }));
    const Check check = judge_account(sms::test::account, account);
    CHECK(check.status == status);
    CHECK_THAT(check.message, Contains(words));
}

TEST_CASE("A number must be the account's and able to send") {
    const auto [found, status, words] = GENERATE(table<std::optional<OwnNumber>, int, std::string>({
        {number_with(right), JACKGW_CHECK_OK, "SMS and MMS"},
        {OwnNumber{sms::test::hotel, true, false}, JACKGW_CHECK_WARNING, "no MMS"},
        {OwnNumber{sms::test::hotel, false, true}, JACKGW_CHECK_FAILED, "can't send SMS"},
        {std::nullopt, JACKGW_CHECK_FAILED, sms::test::account},
    }));
    const Check check = judge_number(sms::test::hotel, sms::test::account, found);
    CHECK(check.status == status);
    CHECK(check.subject == sms::test::hotel);
    CHECK_THAT(check.message, Contains(words));
}

TEST_CASE("A number's own webhook must be ours, by POST and with retries") {
    const auto [number, status, words] = GENERATE(table<OwnNumber, int, std::string>({
        {number_with(right), JACKGW_CHECK_OK, "again if it is away"},
        {number_with(ours + "#rc=5&rp=5xx,ct,rt"), JACKGW_CHECK_OK, "again"},
        {number_with(""), JACKGW_CHECK_FAILED, "has no URL"},
        {number_with("https://demo.twilio.com/welcome/sms/reply"), JACKGW_CHECK_FAILED,
         "calls https://demo.twilio.com/welcome/sms/reply, not this gateway"},
        {number_with("https://u:secret@other.example/a"), JACKGW_CHECK_FAILED,
         "calls https://other.example/a,"},
        {number_with("http://api.example.com/webhooks/twilio/sms"), JACKGW_CHECK_FAILED, "not this gateway"},
        {number_with(right, "GET"), JACKGW_CHECK_WARNING, "by GET"},
        {number_with(ours), JACKGW_CHECK_WARNING, "but only once"},
        {number_with(right, "POST", "AP1"), JACKGW_CHECK_FAILED, "Application AP1"},
    }));
    const Check check = judge_webhook(number, nullptr, ours);
    CAPTURE(number.sms_url, number.sms_method);
    CHECK(check.status == status);
    CHECK(check.name == "webhook");
    CHECK_THAT(check.message, Contains(words));
    CHECK_THAT(check.message, !Contains("secret"));
    // Whatever is to be set is said to the letter.
    if (status == JACKGW_CHECK_FAILED) CHECK_THAT(check.message, Contains(right));
}

TEST_CASE("A messaging service decides for its numbers, unless it leaves it to them") {
    const OwnNumber well = number_with(right);
    const OwnNumber lost = number_with("https://old.example/");
    const Service deciding = service_with(right);
    const Service elsewhere = service_with("https://old.example/");
    const Service dropping = service_with("");
    const Service leaving = service_with("https://old.example/", true);
    CHECK(judge_webhook(lost, &deciding, ours).status == JACKGW_CHECK_OK);
    CHECK(judge_webhook(number_with("", "POST", "AP1"), &deciding, ours).status == JACKGW_CHECK_OK);
    const Check overridden = judge_webhook(well, &elsewhere, ours);
    CHECK(overridden.status == JACKGW_CHECK_FAILED);
    CHECK_THAT(overridden.message, Contains(sms::test::service + " (Front desk)") &&
                                       Contains("calls https://old.example/, not this gateway"));
    CHECK_THAT(judge_webhook(well, &dropping, ours).message, Contains("has no URL"));
    CHECK(judge_webhook(well, &leaving, ours).status == JACKGW_CHECK_OK);
    CHECK(judge_webhook(lost, &leaving, ours).status == JACKGW_CHECK_FAILED);
}

TEST_CASE("A service must exist, have senders, and those that guests know") {
    Service service = service_with(right);
    CHECK(judge_service(sms::test::service, sms::test::account, service, {sms::test::hotel}).status ==
          JACKGW_CHECK_OK);
    CHECK(judge_service(sms::test::service, sms::test::account, service, {}).status == JACKGW_CHECK_OK);
    const Check other =
        judge_service(sms::test::service, sms::test::account, service, {sms::test::hotel, "+15550001111"});
    CHECK(other.status == JACKGW_CHECK_WARNING);
    CHECK_THAT(other.message, Contains("not from +15550001111"));
    service.senders.clear();
    CHECK_THAT(judge_service(sms::test::service, sms::test::account, service, {}).message,
               Contains("no senders"));
    const Check missing = judge_service(sms::test::service, sms::test::account, std::nullopt, {});
    CHECK(missing.status == JACKGW_CHECK_FAILED);
    CHECK_THAT(missing.message, Contains(sms::test::account));
}

TEST_CASE("A name is found in a service, or nobody knows") {
    Service service = service_with(right);
    CHECK(judge_name("GrandHotel", {service}).status == JACKGW_CHECK_SKIPPED);
    service.senders.push_back("GrandHotel");
    CHECK(judge_name("GrandHotel", {service}).status == JACKGW_CHECK_OK);
}

TEST_CASE("Resources are read, and what is none is not") {
    CHECK(read_account(R"({"status":"active","type":"Trial"})")->type == "Trial");
    CHECK_FALSE(read_account("<html>"));
    CHECK_FALSE(read_account("[]"));
    const std::string numbers = R"({"incoming_phone_numbers":[
        {"phone_number":"+15551234560","sms_url":"https://a/"},
        {"phone_number":"+15551234567","capabilities":{"sms":true,"mms":false,"voice":true},
         "sms_url":"https://h/","sms_method":"POST","sms_application_sid":""}]})";
    const auto number = find_number(numbers, sms::test::hotel);
    REQUIRE(number);
    CHECK(number->sms);
    CHECK_FALSE(number->mms);
    CHECK(number->sms_url == "https://h/");
    CHECK_FALSE(find_number(numbers, "+15551234561"));
    const auto code =
        find_number(R"({"short_codes":[{"short_code":"12345","sms_url":"https://h/"}]})", "12345");
    REQUIRE(code);
    CHECK(code->sms);
    const auto services = read_services(
        R"({"services":[{"sid":"MG1","inbound_request_url":null,"use_inbound_webhook_on_number":true},7]})");
    REQUIRE(services.size() == 1);
    CHECK(services[0].use_inbound_webhook_on_number);
    CHECK(services[0].inbound_request_url.empty());
    CHECK(
        read_senders(R"({"phone_numbers":[{"phone_number":"+1"}],"alpha_senders":[{"alpha_sender":"H"}]})") ==
        std::vector<std::string>{"+1", "H"});
    CHECK(next_page(R"({"meta":{"next_page_url":"https://evil.example/v1/Services?Page=1"}})") ==
          "/v1/Services?Page=1");
    CHECK(next_page(R"({"meta":{"next_page_url":null}})").empty());
    CHECK(next_page("{}").empty());
}
