// Attempts of which nobody knows whether they were taken: settled by a callback or by the provider's list,
// and repeated only where that shows that they were not.

#include <algorithm>
#include <catch2/catch.hpp>

#include "stack.h"

using namespace jackgw::test;

namespace {

struct Case {
    std::string fault;
    int value;
    bool accepted;  // the provider has taken the message all the same
    std::string to;
    std::string first{}, second{};
};

double seconds_between(const std::string& earlier, const std::string& later) {
    return std::chrono::duration<double>(jackgw::parse_iso8601(later).value() -
                                         jackgw::parse_iso8601(earlier).value())
        .count();
}

}  // namespace

TEST_CASE("02 an unknown outcome is settled, and resent only where the provider surely has not got it") {
    StackOptions options;
    options.outbox = "settle_delay_s = 1\n";
    options.simulator_arguments = {"--status-delay-ms", "3000"};  // the state before the first can be seen
    Stack stack(options);
    std::vector<Case> cases{
        {"500-before", 0, false, "+15559870001"}, {"500-after", 0, true, "+15559870002"},
        {"cut-before", 0, false, "+15559870003"}, {"cut-after", 0, true, "+15559870004"},
        {"hang", 1, false, "+15559870005"},        // the connection is cut after a second
        {"hang-after", 30, true, "+15559870006"},  // no answer within the plugin's own time-out of 15 s
    };
    for (Case& each : cases) {
        stack.provider().add_fault(each.fault, each.value, 1, each.to);
        each.first = stack.send(each.to, "first").at("id");
        each.second = stack.send(each.to, "second").at("id");
    }
    for (const Case& each : cases) {
        INFO(each.fault);
        if (each.fault == "hang-after") continue;  // callbacks come long before its time-out
        const Json first = stack.await_delivery(each.first, "unknown");
        CHECK(first.at("deliveryStatus") == "unknown");
        CHECK(first.at("providerMessageId").is_null());
        CHECK(first.at("attempts").at(0).at("outcome") == "unknown");
    }
    for (const Case& each : cases) {
        INFO(each.fault);
        const Json second = stack.await_delivery(each.second, "delivered");
        CHECK(second.at("deliveryStatus") == "delivered");
        const Json first = stack.await_delivery(each.first, "delivered");
        CHECK(first.at("deliveryStatus") == "delivered");
        CHECK_FALSE(first.at("providerMessageId").is_null());
        CHECK(first.at("errorCode").is_null());
        REQUIRE(first.at("attempts").size() == (each.accepted ? 1U : 2U));
        // The next message to this guest was held back for the settling delay.
        if (!each.accepted)
            CHECK(seconds_between(first.at("attempts")[0].at("finishedAt"),
                                  second.at("attempts").at(0).at("startedAt")) >= 1.0);
        CHECK(stack.provider().messages_with(each.to).size() == 2);
    }
    const auto lost = std::ranges::count(cases, false, &Case::accepted);
    CHECK(stack.provider().create_requests() == static_cast<std::int64_t>(2 * cases.size()) + lost);
    const Json outbox = stack.api("GET", "/outbox").data();
    CHECK(outbox.at("depth") == 0);
    CHECK(outbox.at("unknown") == 0);
}

TEST_CASE("02 a provider that can't be reached got nothing: the message waits, and loses no attempt") {
    StackOptions options;
    options.simulator = false;  // nobody listens at api_base_url
    options.channel_outbox = "segments_per_second = 1000.0\nburst = 1000\nretry_delays_s = [0.1, 0.1]\n";
    Stack stack(options);
    const std::string id = stack.send(guest_number, "Hello").at("id");
    REQUIRE(eventually([&] { return stack.message(id).at("attempts").size() >= 5; }));
    const Json waiting = stack.message(id);
    CHECK(waiting.at("deliveryStatus") == "pending");
    for (const Json& attempt : waiting.at("attempts")) {
        CHECK(attempt.at("number") == 1);
        CHECK((attempt.at("outcome").is_null() || attempt.at("outcome") == "refused_for_now"));
    }
    CHECK(stack.api("GET", "/outbox").data().at("holds").at(0).at("scope") == "channel");
}
