#include "sms/reconcile/reconciler.h"

#include <catch2/catch.hpp>

#include <array>
#include <ctime>

#include "fake_host.h"
#include "listed.h"
#include "sms/signature/hmac.h"

using namespace jackgw;
using namespace jackgw::sms;
using namespace jackgw::sms::test;
using Catch::Contains;

namespace {

const std::string list = "https://api.twilio.com/2010-04-01/Accounts/" + account + "/Messages.json";
const std::string by_recipient = list + "?To=%2B15559876543&PageSize=200";
const std::string of_all = list + "?PageSize=200";

std::string rfc2822(std::int64_t time) {
    const std::time_t seconds = time / second;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    std::array<char, 64> text{};
    std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S +0000", &parts);
    return text.data();
}

std::string json(const ListedMessage& message) {
    const auto quoted = [](const std::string& text) { return text.empty() ? "null" : "\"" + text + "\""; };
    return R"({"sid":")" + message.sid + R"(","account_sid":")" + message.account_sid + R"(","direction":")" +
           message.direction + R"(","from":)" + quoted(message.from) + R"(,"to":")" + message.to +
           R"(","messaging_service_sid":)" + quoted(message.service) + R"(,"body":")" + message.body +
           R"(","status":")" + message.status + R"(","num_media":")" + std::to_string(message.media) +
           R"(","num_segments":"1","date_sent":)" + (message.sent ? quoted(rfc2822(*message.sent)) : "null") +
           R"(,"date_created":")" + rfc2822(message.created) + R"("})";
}

struct Fixture {
    explicit Fixture(const Options& options = sms::test::options())
        : reconciler(options, plugin::HttpClient(host.view()), *plugin::Reconcile::find(host.view()),
                     [this] { return time; }) {
        attempt.struct_size = sizeof attempt;
        attempt.from = plugin::str(hotel);
        attempt.to = plugin::str(guest);
        attempt.content = plugin::str("Your room is ready");
        attempt.started_at = noon;
        attempt.ended_at = noon + 15 * second;
        show(by_recipient, {});
        show(of_all, {});
    }

    /// What the page at a URL shows. `next`: the query of the page behind it; empty: none.
    void show(const std::string& url, const std::vector<ListedMessage>& messages,
              const std::string& next = {}) {
        std::string body = R"({"messages":[)";
        for (const ListedMessage& message : messages)
            body += (body.ends_with('[') ? "" : ",") + json(message);
        body += R"(],"next_page_uri":)" +
                (next.empty() ? "null" : "\"" + list.substr(list.find("/2010")) + "?" + next + "\"") + "}";
        host.answers_by_url[url] = {.status = 200, .body = body};
    }

    /// "taken SID", "absent" or why it can't tell.
    std::string run() {
        const plugin::Reconciled found = reconciler.run(attempt);
        if (found.kind == JACKGW_RECONCILED_TAKEN) return "taken " + found.provider_message_id;
        return found.kind == JACKGW_RECONCILED_ABSENT ? "absent" : found.reason;
    }

    std::vector<std::string> asked() const {
        std::vector<std::string> urls;
        for (const auto& request : host.requests) urls.push_back(request.url);
        return urls;
    }

    jackgw_host host;
    std::chrono::microseconds time{0};
    Reconciler reconciler;
    jackgw_doubtful_attempt attempt{};
};

/// A message of ours to somebody else, begun a minute after the attempt.
ListedMessage later(Fixture& fixture, const std::string& sid = "SM9") {
    ListedMessage message = listed(sid, noon + 90 * second);
    message.to = "+15550000001";
    fixture.host.owners[sid] = noon + 75 * second;
    return message;
}

}  // namespace

TEST_CASE("A message in the list is the attempt's, whatever is unset of it while it is queued") {
    Fixture f;
    f.show(by_recipient, {listed("SM1")});
    CHECK(f.run() == "taken SM1");
    REQUIRE(f.asked() == std::vector<std::string>{by_recipient});
    const auto& request = f.host.requests[0];
    CHECK(request.method == "GET");
    CHECK(request.headers[0].second == "Basic " + base64(account + ":" + token));
    CHECK(request.total_timeout_ms <= 10'000);
}

TEST_CASE("Absent needs a later message of ours in the list of all") {
    Fixture f;
    const ListedMessage after = later(f);
    ListedMessage before = after;
    before.sid = "SM8";
    f.host.owners["SM8"] = noon + 15 * second;  // begun when the attempt ended: not later
    ListedMessage nobodys = after;
    nobodys.sid = "SM7";
    ListedMessage inbound = after;
    inbound.direction = "inbound";

    CHECK_THAT(f.run(), Contains("no later message"));
    f.show(of_all, {before, nobodys, inbound});
    CHECK_THAT(f.run(), Contains("no later message"));
    f.show(of_all, {nobodys, after, before});
    CHECK(f.run() == "absent");
    CHECK(f.host.requests.size() == 6);
}

TEST_CASE("Of two equal texts to one guest the one is the other attempt's") {
    Fixture f;
    f.show(by_recipient, {listed("SM2", noon + 5 * second), listed("SM1")});
    CHECK_THAT(f.run(), Contains("2 messages"));
    f.host.owners["SM1"] = noon;
    CHECK(f.run() == "taken SM2");
    f.host.owners["SM2"] = noon + 3 * second;
    CHECK_THAT(f.run(), Contains("no later message"));
    f.show(of_all, {later(f)});
    CHECK(f.run() == "absent");
}

TEST_CASE("A stranger keeps the attempt in doubt, however many later messages there are") {
    Fixture f;
    ListedMessage stranger = listed("SM1");
    stranger.body = "Somebody else's words";
    f.show(by_recipient, {stranger});
    f.show(of_all, {later(f)});
    CHECK_THAT(f.run(), Contains("SM1"));
    CHECK(f.asked() == std::vector<std::string>{by_recipient});
}

TEST_CASE("The list of a recipient is followed to its end, or far and to a day before the attempt") {
    constexpr std::int64_t hour = 60 * minute;
    Fixture f;
    const auto page = [](int number) { return "Page=" + std::to_string(number); };
    const auto url = [&](int number) { return number == 0 ? by_recipient : list + "?" + page(number); };
    const auto show = [&](int number, const ListedMessage& message, bool last = false) {
        f.host.owners[message.sid] = message.created;
        f.show(url(number), {message}, last ? "" : page(number + 1));
    };
    show(0, listed("SM10", noon + 3 * hour));
    for (int number = 1; number < 4; ++number)
        show(number, listed("SM1" + std::to_string(number), noon - (24 + number) * hour));
    f.show(of_all, {later(f)});

    SECTION("what is queued may stand last") {
        show(3, listed("SM13", noon), true);
        f.host.owners.erase("SM13");
        CHECK(f.run() == "taken SM13");
    }
    SECTION("after five pages the order is trusted") {
        show(4, listed("SM14", noon - 30 * hour));  // there is no page 5
        CHECK(f.run() == "absent");
        CHECK(f.asked() == std::vector<std::string>{url(0), url(1), url(2), url(3), url(4), of_all});
    }
    SECTION("but only past the day before the attempt") {
        show(4, listed("SM14", noon - 23 * hour));
        show(5, listed("SM15", noon - 25 * hour));  // there is no page 6
        CHECK(f.run() == "absent");
        CHECK(f.asked().size() == 7);
    }
    SECTION("sent late it stands higher than its creation says") {
        ListedMessage queued = listed("SM14", noon - 25 * hour);
        queued.sent = noon - 23 * hour;
        show(4, queued);
        show(5, listed("SM15", noon - 25 * hour));
        CHECK(f.run() == "absent");
        CHECK(f.asked().size() == 7);
    }
}

TEST_CASE("A list that is too long or takes too long can't tell") {
    Fixture f;
    f.show(by_recipient, {listed("SM5", noon + 60 * minute)}, "Page=1");
    f.host.owners["SM5"] = noon + 60 * minute;
    f.show(list + "?Page=1", {listed("SM5", noon + 60 * minute)}, "Page=1");
    SECTION("too many pages") {
        CHECK_THROWS_WITH(f.run(), Contains("too long"));
        CHECK(f.host.requests.size() == 20);
    }
    SECTION("too much time") {
        f.host.on_request = [&] { f.time += std::chrono::seconds{20}; };
        CHECK_THROWS_WITH(f.run(), Contains("too long"));
        CHECK(f.host.requests.size() == 3);
        CHECK(f.host.requests[2].total_timeout_ms == 5000);
    }
}

TEST_CASE("Where a page behind fails nothing follows from those before") {
    Fixture f;
    f.show(by_recipient, {listed("SM1")}, "Page=1");
    f.host.answers_by_url[list + "?Page=1"] = {.status = 503,
                                               .body = R"({"code":20503,"message":"x","status":503})"};
    try {
        f.run();
        FAIL("it told");
    } catch (const plugin::Failure& failure) {
        CHECK(failure.status() == JACKGW_E_UNAVAILABLE);
    }
}

TEST_CASE("A service's message counts by the service, and the list of all is read back to the attempt") {
    Options options = sms::test::options();
    options.senders = Senders(account, hotel, service);
    Fixture f(options);
    f.attempt.from = plugin::str(service);
    ListedMessage message = listed("SM1");
    message.from.clear();
    message.service = service;

    SECTION("found by its recipient") {
        f.show(by_recipient, {message});
        CHECK(f.run() == "taken SM1");
    }
    SECTION("sent by another channel, which the filter hides") {
        message.to = "rcs:" + guest;
        f.show(of_all, {later(f)}, "Page=1");
        f.show(list + "?Page=1", {message});
        CHECK(f.run() == "taken SM1");
    }
    SECTION("not there") {
        ListedMessage old = listed("SM2", noon - 60 * minute);
        old.to = "+15550000001";
        f.show(of_all, {later(f)}, "Page=1");
        f.show(list + "?Page=1", {old}, "Page=2");  // there is no page 2
        CHECK(f.run() == "absent");
        CHECK(f.asked() == std::vector<std::string>{by_recipient, of_all, list + "?Page=1"});
    }
}

TEST_CASE("The question goes to the account that sent, and the host's failure is passed on") {
    Account second_account = own_account();
    second_account.sid = "AC1123456789abcdef0123456789abcdef";
    Fixture f({Accounts(own_account(), {second_account}),
               Senders(account, "+15550001111", "", {{hotel, second_account.sid}})});
    f.host.http_answer = {.status = 200, .body = R"({"messages":[],"next_page_uri":null})"};
    CHECK_THAT(f.run(), Contains("no later message"));
    for (const std::string& url : f.asked())
        CHECK_THAT(url, Contains("/Accounts/" + second_account.sid + "/"));

    Fixture g;
    g.show(by_recipient, {listed("SM1")});
    g.host.owner_status = JACKGW_E_UNAVAILABLE;
    CHECK_THROWS_WITH(g.run(), Contains("the store is busy"));
}

TEST_CASE("A host that doesn't reconcile has nothing to register with") {
    jackgw_host host;
    CHECK(plugin::Reconcile::find(host.view()));
    host.reconcile.struct_size = offsetof(jackgw_reconcile, owner);
    CHECK_FALSE(plugin::Reconcile::find(host.view()));
}
