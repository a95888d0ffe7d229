#include "sms/simulator/shapes.h"

#include <catch2/catch.hpp>

#include "manual_clock.h"

using namespace jackgw::sms::simulator;
using Catch::Contains;

namespace {

const std::string account_sid = "AC" + std::string(32, '0');
const Shapes shapes(account_sid);

}  // namespace

TEST_CASE("a message has the provider's members and types") {
    Message message;
    message.sid = "SM1";
    message.status = Status::accepted;
    message.to = "+15559876543";
    message.messaging_service_sid = "MG1";
    message.body = "Hello";
    message.segments = 3;
    message.created = message.updated = ManualClock{}.now();
    const auto base = "/2010-04-01/Accounts/" + account_sid;
    CHECK(
        shapes.message(message) ==
        R"({"account_sid":")" + account_sid +
            R"(","api_version":"2010-04-01","body":"Hello","date_created":"Sun, 22 Nov 2026 16:38:14 +0000",)"
            R"("date_sent":null,"date_updated":"Sun, 22 Nov 2026 16:38:14 +0000","direction":"outbound-api",)"
            R"("error_code":null,"error_message":null,"from":null,"messaging_service_sid":"MG1","num_media":"0",)"
            R"("num_segments":"0","price":null,"price_unit":"USD","sid":"SM1","status":"accepted",)"
            R"("subresource_uris":{"media":")" +
            base + R"(/Messages/SM1/Media.json"},"to":"+15559876543","uri":")" + base +
            R"(/Messages/SM1.json"})");

    message.status = Status::undelivered;
    message.error_code = 30003;
    message.from = "+15551234567";
    message.sent = message.created;
    CHECK_THAT(shapes.message(message),
               Contains(R"("num_segments":"3")") && Contains(R"("error_code":30003)") &&
                   Contains(R"("error_message":"Unreachable destination handset")") &&
                   Contains(R"("from":"+15551234567")") &&
                   Contains(R"("date_sent":"Sun, 22 Nov 2026 16:38:14 +0000")"));
}

TEST_CASE("a page leads to the next one and keeps the filter") {
    Message message;
    message.sid = "SM7";
    const auto page = shapes.message_page({.messages = {message}, .more = true}, "To=%2B15559876543", 1, 2);
    CHECK_THAT(page, Contains(R"("next_page_uri":"/2010-04-01/Accounts/)" + account_sid +
                              R"(/Messages.json?To=%2B15559876543&PageSize=1&Page=3&PageToken=PASM7")") &&
                         Contains(R"("page":2)") && Contains(R"("start":2)"));
    CHECK_THAT(shapes.message_page({}, "", 50, 0), Contains(R"("next_page_uri":null)"));
}

TEST_CASE("the control API tells which attempt of the gateway's made a message") {
    const auto [url, attempt] = GENERATE(table<std::string, std::string>({
        {"https://hotel.example/status?attempt=0190-a#rc=3&rp=all", R"("0190-a")"},
        {"https://hotel.example/status?site=1&attempt=0190-a", R"("0190-a")"},
        {"https://hotel.example/status#rc=3", "null"},
        {"", "null"},
    }));
    Message message;
    message.sid = "SM1";
    message.status_callback = url;
    CHECK_THAT(shapes.messages_with_media({message}), Contains(R"("attempt":)" + attempt));
    CHECK_THAT(shapes.message(message), !Contains("attempt"));
}

TEST_CASE("errors have the four members") {
    CHECK(
        Shapes::error(api_error(20003)) ==
        R"({"code":20003,"message":"Authenticate","more_info":"https://www.twilio.com/docs/errors/20003","status":401})");
}
