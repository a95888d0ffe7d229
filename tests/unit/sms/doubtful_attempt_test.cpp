#include "sms/reconcile/doubtful_attempt.h"

#include <catch2/catch.hpp>

#include "listed.h"

using namespace jackgw::sms;
using namespace jackgw::sms::test;
using Catch::Contains;

namespace {

DoubtfulAttempt attempt() {
    return {hotel, guest, "Your room is ready", 0, noon, noon + 15 * second};
}

/// What the evidence says; "none" where no message could be the attempt's.
std::string verdict(const DoubtfulAttempt& attempt, const std::vector<ListedMessage>& messages,
                    const std::set<std::string>& owned = {}) {
    Evidence evidence(attempt, [&](const std::string& sid) { return owned.contains(sid); });
    evidence.add(messages);
    const auto found = evidence.verdict();
    if (!found) return "none";
    if (found->kind == JACKGW_RECONCILED_TAKEN) return "taken " + found->provider_message_id;
    CHECK(found->kind == JACKGW_RECONCILED_CANT_TELL);
    CHECK(found->reason.find("room") == std::string::npos);
    return found->reason;
}

ListedMessage with(ListedMessage message, const std::function<void(ListedMessage&)>& change) {
    change(message);
    return message;
}

}  // namespace

TEST_CASE("Only what looks like the attempt in all that is known could be it") {
    using Change = std::function<void(ListedMessage&)>;
    const auto [what, change, could] = GENERATE(table<std::string, Change, bool>({
        {"itself", [](ListedMessage&) {}, true},
        {"blanks at its end", [](ListedMessage& m) { m.body += " \r\n"; }, true},
        {"by another channel", [](ListedMessage& m) { m.to = "rcs:" + guest; }, true},
        {"delivered already", [](ListedMessage& m) { m.status = "delivered"; }, true},
        {"blanks before it", [](ListedMessage& m) { m.body.insert(0, " "); }, false},
        {"other words", [](ListedMessage& m) { m.body += "!"; }, false},
        {"redacted", [](ListedMessage& m) { m.body.clear(); }, false},
        {"another sender", [](ListedMessage& m) { m.from = "+15550000001"; }, false},
        {"no sender yet", [](ListedMessage& m) { m.from.clear(); }, false},
        {"another recipient", [](ListedMessage& m) { m.to = "+15550000001"; }, false},
        {"with a picture", [](ListedMessage& m) { m.media = 1; }, false},
        {"an answer by TwiML", [](ListedMessage& m) { m.direction = "outbound-reply"; }, false},
        {"a guest's", [](ListedMessage& m) { m.direction = "inbound"; }, false},
    }));
    CAPTURE(what);
    CHECK(could_be(attempt(), with(listed("SM1"), change)) == could);
}

TEST_CASE("With a service the service is compared, since its number is chosen later") {
    DoubtfulAttempt by_service = attempt();
    by_service.from = service;
    const auto [number, through, could] = GENERATE(table<std::string, std::string, bool>({
        {"", service, true},
        {"+15550000007", service, true},
        {hotel, "", false},
        {"", "MG99999999999999999999999999999999", false},
    }));
    ListedMessage message = listed("SM1");
    message.from = number;
    message.service = through;
    CAPTURE(number, through);
    CHECK(could_be(by_service, message) == could);
}

TEST_CASE("A text counts as the same where Twilio's smart encoding makes it so") {
    const auto [written, shown, same] = GENERATE(table<std::string, std::string, bool>({
        {"“Lake Room” – now…", "\"Lake Room\" - now...", true},
        {"“Lake Room” – now…", "“Lake Room” – now…", true},
        {"“Lake Room”", "'Lake Room'", false},
        {"Grüße", "Grusse", false},
        {"", "", true},
        {"  ", "", true},
    }));
    DoubtfulAttempt doubtful = attempt();
    doubtful.content = written;
    ListedMessage message = listed("SM1");
    message.body = shown;
    CAPTURE(written, shown);
    CHECK(could_be(doubtful, message) == same);
}

TEST_CASE("Exactly one message that is nobody's and fits is the attempt's") {
    const ListedMessage fits = listed("SM1");
    const ListedMessage twin = listed("SM2", noon + 5 * second);
    const ListedMessage stranger = with(listed("SM3"), [](auto& m) { m.body = "Other words"; });
    const ListedMessage redacted = with(listed("SM4"), [](auto& m) { m.body.clear(); });
    const ListedMessage to_other = with(listed("SM5"), [](auto& m) { m.to = "+15550000001"; });
    const ListedMessage inbound = with(listed("SM6"), [](auto& m) { m.direction = "inbound"; });
    CHECK(verdict(attempt(), {fits}) == "taken SM1");
    CHECK(verdict(attempt(), {fits, fits}) == "taken SM1");
    CHECK(verdict(attempt(), {fits, twin}, {"SM2"}) == "taken SM1");
    CHECK(verdict(attempt(), {fits, stranger}, {"SM3"}) == "taken SM1");
    CHECK(verdict(attempt(), {fits, to_other, inbound}) == "taken SM1");
    CHECK_THAT(verdict(attempt(), {fits, twin}), Contains("2 messages") && Contains("SM1 and SM2"));
    CHECK(verdict(attempt(), {fits, stranger, redacted}) == "taken SM1");
    CHECK_THAT(verdict(attempt(), {stranger}), Contains("SM3"));
    CHECK_THAT(verdict(attempt(), {redacted}), Contains("SM4"));
    CHECK(verdict(attempt(), {}) == "none");
    CHECK(verdict(attempt(), {to_other, inbound}) == "none");
    CHECK(verdict(attempt(), {fits, stranger}, {"SM1", "SM3"}) == "none");
}

TEST_CASE("The time that counts is the attempt's, with room for clocks and for late work") {
    const auto [created, fits] = GENERATE(table<std::int64_t, bool>({
        {noon - 2 * minute, true},
        {noon - 2 * minute - second, false},
        {noon + 15 * second + 5 * minute, true},
        {noon + 15 * second + 5 * minute + second, false},
    }));
    CAPTURE(created - noon);
    CHECK((verdict(attempt(), {listed("SM1", created)}) == "taken SM1") == fits);
    // Of another time it isn't taken for the attempt's; but who knows whether our clock was right?
    if (!fits) CHECK_THAT(verdict(attempt(), {listed("SM1", created)}), Contains("clock"));
    // What looks different doesn't matter there.
    const ListedMessage stranger = with(listed("SM2", created), [](auto& m) { m.body = "Other words"; });
    CHECK((verdict(attempt(), {stranger}) == "none") == !fits);
    CHECK(verdict(attempt(), {listed("SM1", created)}, {"SM1"}) == "none");
}

TEST_CASE("What was taken is told as Twilio tells it") {
    Evidence evidence(attempt(), [](const std::string&) { return false; });
    ListedMessage message = listed("SM1");
    message.status = "undelivered";
    message.error_code = 30003;
    message.segments = 2;
    evidence.add({message});
    const auto found = evidence.verdict();
    REQUIRE(found);
    CHECK(found->provider_status == "undelivered");
    CHECK(found->delivery == JACKGW_DELIVERY_FAILED);
    CHECK(found->provider_error_code == 30003);
    CHECK(found->error_code == "UNREACHABLE");
    CHECK(found->flags == JACKGW_FAILURE_RETRYABLE);
    CHECK(found->segments == 2);
    CHECK_THAT(found->error_message, Contains("30003"));
}

TEST_CASE("A list is past a time when its last message was neither made nor sent since") {
    ListedMessage message = listed("SM1", noon);
    CHECK(is_past(message, noon + 1));
    CHECK_FALSE(is_past(message, noon));
    message.sent = noon + minute;
    CHECK_FALSE(is_past(message, noon + minute));
    CHECK(is_past(message, noon + minute + 1));
}
