// That a database of an earlier version, once upgraded, goes on where it was left: the outbox sends what
// waited, what is known stays known, and nobody gets messages who wants none.

#include <algorithm>
#include <catch2/catch.hpp>

#include "dump.h"
#include "upgraded.h"

using namespace jackgw;
using namespace jackgw::test;
using namespace std::chrono_literals;

namespace {

using Contents = std::vector<std::string>;

/// What a dump holds from the version on that brought it.
Contents from(int since, int version, const std::string& content) {
    return version >= since ? Contents{content} : Contents{};
}

bool opted_out(const ApiAnswer& answer) {
    return answer.status == 422 && answer.body["error"]["code"] == "UNSUBSCRIBED";
}

}  // namespace

TEST_CASE("After an upgrade what waited is sent in its order, each when it is due") {
    for (const int version : dumped_versions()) {
        INFO("schema " << version);
        Upgraded gateway(version);
        CHECK(gateway.send_all(main_sender).empty());  // paused before, and paused still
        REQUIRE(gateway.post("/outbox/resume", {}).status == 200);

        CHECK(gateway.send_all(main_sender) == Contents{"a first", "a urgent", "a second", "a low"});
        CHECK(gateway.send_all(late_sender) == from(2, version, "drei"));
        CHECK(gateway.send_all(held_sender) == Contents{"b held"});  // what was held is probed

        gateway.clock.advance(
            6h);  // the refused one's retry is due, and the lost one is waited for no longer
        CHECK(gateway.send_all(main_sender) == Contents{"a refused", "a behind refused", "a behind lost"});
        CHECK(gateway.send_all(late_sender) == from(4, version, "once more"));
        gateway.clock.advance(9h);
        CHECK(gateway.send_all(main_sender) == Contents{"a tomorrow"});

        CHECK(gateway.answer("a in flight", "SMlate"));  // nothing took its place meanwhile
        CHECK(gateway.send_all(main_sender) == Contents{"a behind in flight"});
    }
}

TEST_CASE("After an upgrade what was in flight is so until the gateway starts, and then in doubt") {
    for (const int version : dumped_versions()) {
        INFO("schema " << version);
        Upgraded gateway(version);
        CHECK(gateway.message("a in flight")["attempts"][0]["outcome"].is_null());
        CHECK(gateway.recover() == (version >= 9 ? 4 : version >= 4 ? 3 : version >= 2 ? 2 : 1));
        CHECK(gateway.message("a in flight")["deliveryStatus"] == "unknown");
        REQUIRE(gateway.post("/outbox/resume", {}).status == 200);
        gateway.clock.advance(5min);  // the settling delay
        const Contents sent = gateway.send_all(main_sender);
        CHECK(std::ranges::count(sent, "a behind in flight") == 1);
        CHECK(std::ranges::count(sent, "a in flight") == 0);  // never by itself
    }
}

TEST_CASE("After an upgrade a report that came early is applied when its message's answer comes") {
    for (const int version : dumped_versions()) {
        INFO("schema " << version);
        Upgraded gateway(version);
        CHECK(gateway.message("a in flight")["deliveryStatus"] == "pending");
        CHECK(gateway.answer("a in flight", "SMearly1"));
        CHECK(gateway.message("a in flight")["deliveryStatus"] == "delivered");
        if (version < 2) continue;

        // Of an opt-out for other senders, too.
        CHECK(gateway.answer("c in flight", "SMearly2"));
        CHECK(gateway.message("c in flight")["providerErrorCode"] == 21610);
        for (const std::string& sender : {late_sender, held_sender})
            CHECK(opted_out(gateway.write(sender, "+15559876522", "again")));
        CHECK(gateway.write(main_sender, "+15559876522", "again").status == 202);
        if (version < 4) continue;

        // With the rule that it is sent again.
        CHECK(gateway.answer("early and again", "SMearly3"));
        REQUIRE(gateway.post("/outbox/resume", {}).status == 200);
        CHECK(gateway.send_all(late_sender) == Contents{"drei"});
        gateway.clock.advance(30min);
        CHECK(gateway.send_all(late_sender) == Contents{"early and again"});
    }
}

TEST_CASE("After an upgrade what comes a second time is known") {
    for (const int version : dumped_versions()) {
        INFO("schema " << version);
        Upgraded gateway(version);
        const auto again = gateway.receive("SMin1");
        CHECK(again.duplicate);
        CHECK(gateway.get("/messages/" + again.message_id)["providerMessageId"] == "SMin1");
        CHECK_FALSE(gateway.receive("SMnew").duplicate);
        CHECK(gateway.report("SMout1", "delivered") == store::StatusResult::duplicate);
        CHECK_FALSE(gateway.report_opt_out("consent-1"));
        CHECK(gateway.report_opt_out("consent-2"));
        // A report on a message from before is applied to it.
        CHECK(gateway.report("SMout3", "delivered") == store::StatusResult::applied);
        CHECK(gateway.message("Good evening")["deliveryStatus"] == "delivered");
    }
}

TEST_CASE("After an upgrade a repeated idempotency key answers what it answered before") {
    for (const int version : dumped_versions()) {
        INFO("schema " << version);
        Upgraded gateway(version);
        const std::string zoe = "+15559876501";
        const ApiAnswer again = gateway.write(main_sender, zoe, "Good evening", "evening-1");
        CHECK(again.status == 202);
        CHECK(again.replayed);
        CHECK(again.body["data"]["id"] == gateway.message("Good evening")["id"]);
        CHECK(gateway.write(main_sender, zoe, "Good morning", "evening-1").status == 409);
        CHECK_FALSE(gateway.write(main_sender, zoe, "Good morning", "morning-1").replayed);
        if (version < 2) continue;

        const ApiAnswer parts = gateway.write(late_sender, "+15559876521", "eins zwei drei", "long-1");
        CHECK(parts.replayed);
        CHECK(parts.body["data"]["parts"].size() == 3);
    }
}

TEST_CASE("After an upgrade the provider is asked about what was under way") {
    for (const int version : dumped_versions()) {
        INFO("schema " << version);
        Upgraded gateway(version);
        Contents expected{"Good evening 0"};
        if (version >= 2) expected.push_back("zwei 0");
        if (version >= 3) expected.push_back("asked twice 2");
        CHECK(gateway.awaited() == expected);
    }
}

TEST_CASE("After an upgrade a guest's raw values are what the provider sent") {
    for (const int version : dumped_versions()) {
        INFO("schema " << version);
        Upgraded gateway(version);
        const std::string text = "Grüß Gott! Könnten wir zwei Handtücher haben? 🛎️";
        const std::string zoe = "+15559876501";
        const std::string odd("\xff\xfe\0 %+é\r\n\t'\"", 13);
        CHECK(gateway.raw(text) ==
              NameValues{{"From", zoe}, {"Body", text}, {"Odd&name=", odd}, {"From", "twice"}});
    }
}

TEST_CASE("After an upgrade a guest who opted out gets nothing") {
    for (const int version : dumped_versions()) {
        INFO("schema " << version);
        Upgraded gateway(version);
        const auto refused = [&](const std::string& from, const std::string& guest) {
            return opted_out(gateway.write(from, "+155598765" + guest, "Hello"));
        };
        CHECK(refused(main_sender, "02"));        // STOP
        CHECK_FALSE(refused(late_sender, "02"));  // … which was written to the other sender
        CHECK_FALSE(refused(main_sender, "03"));  // STOP, START, HELP
        CHECK(refused(main_sender, "04"));        // the provider knew
        CHECK(refused(held_sender, "04"));        // … and told so of another sender
        CHECK_FALSE(refused(main_sender, "05"));
        if (version < 5) continue;

        CHECK(refused(main_sender, "31"));  // recorded by staff
        CHECK(refused(late_sender, "31"));
        CHECK(refused(main_sender, "32"));
        CHECK_FALSE(refused(late_sender, "32"));              // START, written to that one
        CHECK_FALSE(refused(main_sender, "33"));              // taken back by staff
        CHECK(refused(main_sender, "34") == (version >= 6));  // YES, which was as good as START before
        CHECK(refused(late_sender, "34"));
        if (version < 7) continue;

        CHECK(refused(main_sender, "35"));  // recorded by the AI, and once only
        const Json guest = gateway.get("/guests?channel=sms&address=%2B15559876535")[0];
        const Json body{{"kind", "opt_out"}, {"note", "wrote it in a sentence"}, {"role", "ai"}};
        const std::string target = "/guests/" + guest["id"].get<std::string>() + "/consents";
        CHECK(gateway.post(target, body, "consent-7").replayed);
        CHECK(gateway.get("/guests/" + guest["id"].get<std::string>()) == guest);
    }
}
