#include "sms/simulator/checks.h"

#include <catch2/catch.hpp>

#include "manual_clock.h"

using namespace jackgw::sms;
using namespace jackgw::sms::simulator;

namespace {

const std::string service = "MG" + std::string(32, 'a');
const Senders senders{{"+15551234567"}, {service}};
const Parameters good{{"To", "+15559876543"}, {"From", "+15551234567"}, {"Body", "Hello"}};

/// `form` with some parameters replaced; one whose value is "-" is left out.
Parameters with(Parameters form, const Parameters& changes) {
    for (const auto& change : changes) {
        std::erase_if(form, [&](const Parameter& known) { return known.name == change.name; });
        if (change.value != "-") form.push_back(change);
    }
    return form;
}

int code_of(const Parameters& form) {
    const auto error = check(read_create_request(form), senders, ManualClock{}.now());
    return error ? error->code : 0;
}

struct Row {
    const char* what;
    Parameters changes;
    int code;
};

}  // namespace

TEST_CASE("a request to send is checked as the provider would") {
    const std::string long_text(1600, 'x');
    std::string bells;  // outside of the BMP: two UTF-16 units each
    for (int i = 0; i < 800; ++i) bells += "🔔";
    const auto row = GENERATE_COPY(values<Row>({
        {"as it should be", {}, 0},
        {"no To", {{"To", "-"}}, 21604},
        {"no From and no service", {{"From", "-"}}, 21603},
        {"no body", {{"Body", "-"}}, 21602},
        {"empty body", {{"Body", ""}}, 21602},
        {"media instead of a body", {{"Body", "-"}, {"MediaUrl", "https://h.example/a.png"}}, 0},
        {"a content template instead of a body", {{"Body", "-"}, {"ContentSid", "HX1"}}, 0},
        {"To without plus", {{"To", "15559876543"}}, 21211},
        {"To with a leading zero", {{"To", "+05559876543"}}, 21211},
        {"To too long", {{"To", "+1234567890123456"}}, 21211},
        {"the longest To", {{"To", "+123456789012345"}}, 0},
        {"To in words", {{"To", "front desk"}}, 21211},
        {"To like From", {{"To", "+15551234567"}}, 21266},
        {"From in words", {{"From", "Hotel!"}}, 21212},
        {"From of somebody else", {{"From", "+15550000000"}}, 21659},
        {"a service alone", {{"From", "-"}, {"MessagingServiceSid", service}}, 0},
        {"a service and a number of it", {{"MessagingServiceSid", service}}, 0},
        {"an unknown service", {{"MessagingServiceSid", "MG" + std::string(32, 'b')}}, 21701},
        {"1600 characters", {{"Body", long_text}}, 0},
        {"1601 characters", {{"Body", long_text + "x"}}, 21617},
        {"1600 UTF-16 units", {{"Body", bells}}, 0},
        {"1602 UTF-16 units", {{"Body", bells + "🔔"}}, 21617},
        {"a media URL that is none", {{"MediaUrl", "a.png"}}, 21620},
        {"a callback URL", {{"StatusCallback", "http://127.0.0.1:8080/status?a=1"}}, 0},
        {"a relative callback URL", {{"StatusCallback", "/status"}}, 21609},
        {"a callback host with an underscore",
         {{"StatusCallback", "https://my_hotel.example/status"}},
         21609},
        {"a callback URL too long",
         {{"StatusCallback", "https://h.example/" + std::string(4000, 'a')}},
         21609},
        {"the shortest validity", {{"ValidityPeriod", "1"}}, 0},
        {"the longest validity", {{"ValidityPeriod", "36000"}}, 0},
        {"no validity", {{"ValidityPeriod", "0"}}, 20001},
        {"too long a validity", {{"ValidityPeriod", "36001"}}, 20001},
        {"validity in words", {{"ValidityPeriod", "10h"}}, 20001},
        {"magic To: invalid", {{"To", "+15005550001"}}, 21211},
        {"magic To: unreachable", {{"To", "+15005550002"}}, 21612},
        {"magic To: region", {{"To", "+15005550003"}}, 21408},
        {"magic To: opted out", {{"To", "+15005550004"}}, 21610},
        {"magic To: landline", {{"To", "+15005550009"}}, 21614},
        {"magic From: invalid", {{"From", "+15005550001"}}, 21212},
        {"magic From: accepted", {{"From", "+15005550006"}}, 0},
        {"magic From: not owned", {{"From", "+15005550007"}}, 21606},
        {"magic From: queue full", {{"From", "+15005550008"}}, 21611},
        {"magic From: any other", {{"From", "+15005550005"}}, 21606},
    }));
    INFO(row.what);
    CHECK(code_of(with(good, row.changes)) == row.code);
}

TEST_CASE("a message has at most ten media") {
    Parameters form = good;
    for (int i = 0; i < 10; ++i) form.push_back({"MediaUrl", "https://h.example/" + std::to_string(i)});
    CHECK(read_create_request(form).media_urls.size() == 10);
    CHECK(code_of(form) == 0);
    form.push_back({"MediaUrl", "https://h.example/10"});
    CHECK(code_of(form) == 21623);
}

TEST_CASE("only a service can schedule, between 15 minutes and 35 days ahead") {
    const auto schedule = [](const std::string& send_at) {
        return code_of(
            with(good, {{"MessagingServiceSid", service}, {"ScheduleType", "fixed"}, {"SendAt", send_at}}));
    };
    CHECK(schedule("2026-11-22T16:53:14Z") == 0);
    CHECK(schedule("2026-11-22T16:53:13Z") == 35114);
    CHECK(schedule("2026-12-27T16:38:14Z") == 0);
    CHECK(schedule("2026-12-27T16:38:15Z") == 35114);
    CHECK(schedule("2026-11-23") == 35114);
    CHECK(schedule("tomorrow") == 35114);
    CHECK(code_of(with(good, {{"ScheduleType", "fixed"}, {"SendAt", "2026-11-23T00:00:00Z"}})) == 35118);
    CHECK(code_of(with(good, {{"ScheduleType", "weekly"}})) == 20001);
}

TEST_CASE("refusals carry the documented status and name the value") {
    const auto error =
        check(read_create_request(with(good, {{"To", "nobody"}})), senders, ManualClock{}.now());
    REQUIRE(error);
    CHECK(*error == ApiError{400, 21211, "The 'To' number nobody is not a valid phone number."});
    CHECK(api_error(20003).http_status == 401);
    CHECK(api_error(20404).http_status == 404);
    CHECK(api_error(21611).http_status == 429);
    CHECK(api_error(12345) == ApiError{400, 12345, "Error 12345"});
}
