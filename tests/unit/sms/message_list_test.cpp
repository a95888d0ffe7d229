#include "sms/reconcile/message_list.h"

#include <jackgw/cpp/guard.h>

#include <catch2/catch.hpp>

#include "listed.h"
#include "sms/reconcile/message_search.h"

using namespace jackgw;
using namespace jackgw::sms;
using namespace jackgw::sms::test;

namespace {

constexpr std::string_view message =
    R"({"sid":"SM1","account_sid":"AC0123456789abcdef0123456789abcdef","direction":"outbound-api","from":null,)"
    R"("to":"+15559876543","messaging_service_sid":"MG1","body":"Hi","status":"accepted","error_code":null,)"
    R"("error_message":null,"num_media":"2","num_segments":"0","date_sent":null,)"
    R"("date_created":"Sun, 22 Nov 2026 12:00:00 +0000"})";

std::string page(const std::string& messages, const std::string& rest = R"(,"next_page_uri":null)") {
    return R"({"messages":[)" + messages + "]" + rest + "}";
}

std::string without(std::string text, const std::string& name) {
    const std::size_t from = text.find("\"" + name + "\"");
    REQUIRE(from != std::string::npos);
    return text.replace(from, name.size() + 2, "\"x\"");
}

plugin::HttpAnswer answered(int status, std::string body) {
    plugin::HttpAnswer answer;
    answer.result = JACKGW_OK;
    answer.status = status;
    answer.body = std::move(body);
    return answer;
}

/// The status of the failure that reading a page throws; JACKGW_OK: none.
jackgw_status failure(const plugin::HttpAnswer& answer) {
    try {
        page_of(answer, account);
        return JACKGW_OK;
    } catch (const plugin::Failure& failure) {
        return failure.status();
    }
}

}  // namespace

TEST_CASE("A page of the list is read with what is unset while a message is queued") {
    const auto read = read_list_page(page(std::string(message), R"(,"next_page_uri":"/next")"));
    REQUIRE(read);
    CHECK(read->next == "/next");
    REQUIRE(read->messages.size() == 1);
    const ListedMessage& one = read->messages[0];
    CHECK(one.sid == "SM1");
    CHECK(one.from.empty());
    CHECK(one.service == "MG1");
    CHECK(one.media == 2);
    CHECK(one.created == noon);
    CHECK_FALSE(one.sent);
    CHECK_FALSE(one.is_inbound());
    CHECK(read_list_page(page(""))->messages.empty());
    CHECK(read_list_page(page(""))->next.empty());
}

TEST_CASE("A page that lacks what tells messages apart is none") {
    for (const char* name : {"sid", "account_sid", "direction", "to", "status", "date_created"}) {
        CAPTURE(name);
        CHECK_FALSE(read_list_page(page(without(std::string(message), name))));
    }
    CHECK(read_list_page(page(without(std::string(message), "body"))));
    CHECK_FALSE(read_list_page(page(std::string(message), "")));
    CHECK_FALSE(read_list_page(R"({"next_page_uri":null})"));
    CHECK_FALSE(read_list_page(R"({"messages":{},"next_page_uri":null})"));
    CHECK_FALSE(read_list_page(""));
    CHECK_FALSE(read_list_page("[]"));
}

TEST_CASE("A list that can't be had passes, or can't tell") {
    const auto [status, body, result] = GENERATE(table<int, std::string, jackgw_status>({
        {200, page(std::string(message)), JACKGW_OK},
        {200, R"({"messages":[],"next_page_uri":null})", JACKGW_OK},
        {200, R"({"messages":[]})", JACKGW_E_FAILED},
        {200, R"({"sid":"SM1"})", JACKGW_E_FAILED},
        {200, "<html>Sign in</html>", JACKGW_E_UNAVAILABLE},
        {302, "", JACKGW_E_UNAVAILABLE},
        {404, "<html>Not found</html>", JACKGW_E_UNAVAILABLE},
        {404, R"({"code":20404,"message":"x","status":404})", JACKGW_E_FAILED},
        {400, R"({"code":20001,"message":"x","status":400})", JACKGW_E_FAILED},
        {401, R"({"code":20003,"message":"x","status":401})", JACKGW_E_UNAVAILABLE},
        {429, R"({"code":20429,"message":"x","status":429})", JACKGW_E_UNAVAILABLE},
        {503, R"({"code":20503,"message":"x","status":503})", JACKGW_E_UNAVAILABLE},
        {502, "", JACKGW_E_UNAVAILABLE},
    }));
    CAPTURE(status, body);
    CHECK(failure(answered(status, body)) == result);
}

TEST_CASE("Without an answer it passes, unless the next one would be the same") {
    const auto [result, expected] = GENERATE(table<jackgw_status, jackgw_status>({
        {JACKGW_E_FAILED, JACKGW_E_UNAVAILABLE},
        {JACKGW_E_TIMEOUT, JACKGW_E_UNAVAILABLE},
        {JACKGW_E_TOO_LARGE, JACKGW_E_FAILED},
        {JACKGW_E_INVALID_ARGUMENT, JACKGW_E_FAILED},
    }));
    plugin::HttpAnswer answer;
    answer.result = result;
    CHECK(failure(answer) == expected);
}

TEST_CASE("Messages of another account tell nothing") {
    const plugin::HttpAnswer answer = answered(200, page(std::string(message)));
    CHECK_THROWS_WITH(page_of(answer, "AC1"), Catch::Contains("another account"));
}

TEST_CASE("The next page is asked for at the configured address, of the same list alone") {
    Account ours = own_account();
    const std::string list = "/2010-04-01/Accounts/" + account + "/Messages.json";
    CHECK(next_url(ours, list + "?Page=1") == "https://api.twilio.com" + list + "?Page=1");
    ours.base_url = "http://127.0.0.1:8090/behind";
    CHECK(next_url(ours, list + "?Page=1") == "http://127.0.0.1:8090/behind" + list + "?Page=1");
    const std::vector<std::string> others{"https://evil.example" + list + "?Page=1",
                                          "//evil.example" + list + "?Page=1",
                                          "@evil.example/",
                                          ".evil.example" + list,
                                          list,
                                          "/2010-04-01/Accounts/AC9/Messages.json?Page=1",
                                          "?Page=1"};
    for (const std::string& elsewhere : others) {
        CAPTURE(elsewhere);
        CHECK_THROWS_WITH(next_url(ours, elsewhere), Catch::Contains("elsewhere"));
    }
}
