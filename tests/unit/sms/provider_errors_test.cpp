#include "sms/answers/provider_errors.h"

#include <jackgw/ext/delivery.h>

#include <catch2/catch.hpp>

using namespace jackgw::sms;
using enum ErrorClass;

TEST_CASE("Every documented code has its class and says whom it concerns") {
    using Codes = std::vector<std::int32_t>;
    const auto [kind, concerns, codes] = GENERATE(table<ErrorClass, Concerns, Codes>({
        {opted_out, Concerns::pair, {21610, 63014}},
        {permanent,
         Concerns::message,
         {21602, 21604, 21617, 21618, 21619, 21620, 21623, 30007, 30011, 30014, 30019, 63013}},
        {permanent, Concerns::recipient, {21211, 21614, 21635, 30004, 30005, 30006, 63003, 63024}},
        {permanent, Concerns::pair, {21266, 21612, 63016}},
        {restricted, Concerns::message, {21621, 21622}},
        {restricted, Concerns::recipient, {21408, 21608}},
        {restricted, Concerns::unclear, {21606}},
        {for_now, Concerns::message, {30008, 30020, 30021, 30047, 30410, 30450, 30500, 63009, 63010, 63012}},
        {for_now, Concerns::recipient, {30003, 30017, 30610}},
        {for_now, Concerns::pair, {14107}},
        {for_now, Concerns::sender, {21611, 30001, 30022, 30023, 30027, 63017, 63018}},
        {for_now, Concerns::account, {20429, 63038}},
        {unknown_outcome, Concerns::channel, {20500, 20503}},
        {configuration, Concerns::sender, {21212, 21601, 21603, 21657, 21659, 21660, 21701, 21702, 21703,
                                           21704, 21705, 21706, 21707, 21708, 21709, 21710, 21711, 21712,
                                           30024, 30032, 30033, 30034, 30035, 30044, 63007}},
        {configuration, Concerns::account, {10001, 20003, 20005, 20006, 20403, 20404, 21609, 30002, 30018}},
        {expired, Concerns::message, {30036}},
    }));
    for (const std::int32_t code : codes) {
        CAPTURE(code);
        CHECK(provider_error(code).kind == kind);
        CHECK(provider_error(code).concerns == concerns);
    }
}

TEST_CASE("Each row says what is wrong and what to do, in sentences") {
    std::int32_t codes = 0;
    for (const ProviderErrorRow& row : provider_error_table()) {
        CAPTURE(row.first);
        CHECK(row.first <= row.last);
        codes += row.last - row.first + 1;
        for (const std::string_view text : {row.error.sentence, row.error.advice}) {
            CHECK(text.size() > 10);
            CHECK(text.size() < 200);
            CHECK((text[0] >= 'A' && text[0] <= 'Z'));
            CHECK(text.back() == '.');
            CHECK(text.find('|') == std::string_view::npos);  // docs/sms.md has them in a table
        }
        // The first row that has a code counts: none may hide behind another.
        CHECK(provider_error(row.first).sentence == row.error.sentence);
        CHECK(provider_error(row.last).sentence == row.error.sentence);
    }
    CHECK(codes == 90);
}

TEST_CASE("Errors have the names that the API speaks of") {
    const auto [code, name] = GENERATE(table<std::int32_t, const char*>({
        {21211, "INVALID_NUMBER"},
        {21614, "NOT_SMS_CAPABLE"},
        {21610, "UNSUBSCRIBED"},
        {30003, "UNREACHABLE"},
        {30004, "BLOCKED"},
        {30005, "UNKNOWN_DESTINATION"},
        {30006, "LANDLINE"},
        {30007, "CARRIER_VIOLATION"},
        {30036, "EXPIRED"},
        {30008, "SEND_FAILED"},
        {12345, "SEND_FAILED"},
        {0, "UNKNOWN"},
    }));
    CAPTURE(code);
    CHECK(provider_error(code).name == name);
}

TEST_CASE("A code that the table doesn't have may be the message's or its sender's") {
    for (const std::int32_t code : {1, 21613, 21616, 29999, 30037, 70000}) {
        CHECK(provider_error(code).kind == not_known);
        CHECK(provider_error(code).concerns == Concerns::unclear);
        CHECK(provider_error(code).name == "SEND_FAILED");
        CHECK_THAT(std::string(provider_error(code).advice), Catch::Contains("twilio.com/docs/api/errors"));
    }
}

TEST_CASE("A failure tells of opt-outs and of what may be tried again") {
    CHECK(failure_flags(21610) == JACKGW_FAILURE_OPTED_OUT);
    CHECK(failure_flags(30003) == JACKGW_FAILURE_RETRYABLE);
    CHECK(failure_flags(21408) == (JACKGW_FAILURE_RETRYABLE | JACKGW_FAILURE_ALERT));
    CHECK(failure_flags(29999) == 0);
    CHECK(failure_flags(30005) == 0);
    CHECK(failure_flags(20003) == 0);
    CHECK(failure_flags(0) == 0);
}

TEST_CASE("An error is described in our words and Twilio's") {
    CHECK(describe_error(30005, "") ==
          "The recipient's number is unknown or no longer in use. Check the number with the guest. (Twilio "
          "30005)");
    CHECK_THAT(describe_error(12345, "Odd."), Catch::EndsWith("(Twilio 12345: Odd.)"));
    CHECK(describe_error(0, "") == "");
    CHECK(describe_error(0, std::string(299, 'x') + "é").size() == 299);
}
