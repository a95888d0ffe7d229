// What stops for a cause outside of the messages, what doesn't, and what operators see and do of it.
#include <catch2/catch.hpp>

#include "stack.h"

using namespace jackgw::test;
using std::chrono::seconds;

namespace {

constexpr const char* spa_number = "+15550001111";
constexpr const char* wrong_token = "00000000000000000000000000000000";

StackOptions options() {
    StackOptions options;
    options.channel_outbox = "segments_per_second = 1000.0\nburst = 1000\nretry_delays_s = [0.2, 0.2, 0.2]\n";
    options.simulator_arguments = {"--number", spa_number};
    options.channel_options =
        "[[channels.sms.options.senders]]\nsender = \"" + std::string(spa_number) + "\"\n";
    return options;
}

std::string guest(int number) {
    return "+15559874" + std::to_string(100 + number);
}

Json outbox(Stack& stack) {
    return stack.api("GET", "/outbox").data();
}

std::string send_from(Stack& stack, const std::string& sender, const std::string& to) {
    return stack
        .api("POST", "/messages", {{"channel", "sms"}, {"to", to}, {"from", sender}, {"content", "Hello"}})
        .data()
        .at("id");
}

/// What a message waits for; empty: for nothing.
std::string waits_for(Stack& stack, const std::string& id) {
    const Json waiting = stack.message(id).at("waiting");
    return waiting.is_null() ? "" : waiting.at("for").get<std::string>();
}

void check_delivered(Stack& stack, const std::string& id) {
    CHECK(stack.await_delivery(id, "delivered").at("deliveryStatus") == "delivered");
}

void use_token(Stack& stack, const std::string& token) {
    stack.options().token = token;
    stack.write_config();
    REQUIRE(stack.api("POST", "/plugins/sms/reload").status == 200);
}

jackgw::Timestamp time_in(const Json& object, const char* name) {
    return jackgw::parse_iso8601(object.at(name).get<std::string>()).value();
}

void check_expires_on_time(Stack& stack, const char* waiting_for) {
    const auto expiry = std::chrono::time_point_cast<std::chrono::microseconds>(
        std::chrono::system_clock::now() + seconds{2});
    const std::string id = stack
                               .api("POST", "/messages",
                                    {{"channel", "sms"},
                                     {"to", guest(30)},
                                     {"content", "Breakfast ends in two seconds"},
                                     {"expiresAt", jackgw::to_iso8601(expiry)}})
                               .data()
                               .at("id");
    CHECK(waits_for(stack, id) == waiting_for);
    const Json expired = stack.await_delivery(id, "failed");
    CHECK(expired.at("errorCode") == "EXPIRED");
    CHECK(expired.at("waiting").is_null());
    CHECK(time_in(expired, "updatedAt") >= time_in(expired, "expiresAt"));
    CHECK(time_in(expired, "updatedAt") - time_in(expired, "expiresAt") < std::chrono::milliseconds{1500});
}

}  // namespace

TEST_CASE("20 a guest in a country that isn't allowed fails alone") {
    Stack stack(options());
    const std::string stranger = "+4915112345678";
    stack.provider().add_fault("error", 21408, 0, stranger);
    const std::string refused = stack.send(stranger, "Hello").at("id");
    std::vector<std::string> others;
    for (int i = 0; i < 3; ++i) others.push_back(stack.send(guest(i), "Hello").at("id"));
    const Json failed = stack.await_delivery(refused, "failed");
    CHECK(failed.at("deliveryStatus") == "failed");
    CHECK(failed.at("providerErrorCode") == 21408);
    CHECK(failed.at("retryable") == true);
    CHECK(failed.at("attempts").size() == 1);
    for (const std::string& id : others) check_delivered(stack, id);
    CHECK(outbox(stack).at("holds").empty());
    CHECK(stack.provider().create_requests() == 4);
}

TEST_CASE("20 a token that is changed at the provider first holds the account, costs nothing and is probed") {
    Stack stack(options());
    check_delivered(stack, stack.send(guest(0), "Hello").at("id"));
    use_token(stack, wrong_token);
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(stack.send(guest(i), "Hello").at("id"));
    REQUIRE(eventually([&] {
        const Json holds = outbox(stack).at("holds");
        return holds.size() == 1 && holds[0].at("failedProbes") >= 2;
    }));
    const Json hold = outbox(stack).at("holds")[0];
    CHECK(hold.at("scope") == "account");
    CHECK(hold.at("name") == account_sid);
    CHECK(hold.at("state") == "held");
    CHECK(hold.at("cause") == "misconfigured");
    CHECK_THAT(hold.at("reason").get<std::string>(), Catch::Contains("20003"));
    for (const std::string& id : ids) {
        CHECK(stack.message(id).at("deliveryStatus") == "pending");
        CHECK(waits_for(stack, id) == "held");
    }
    use_token(stack, auth_token);
    for (const std::string& id : ids) check_delivered(stack, id);
    CHECK(stack.provider().create_requests() == 6);
    CHECK(outbox(stack).at("holds").empty());
}

TEST_CASE("20 a hold is over by itself when its cause is, and says so meanwhile") {
    Stack stack(options());
    stack.provider().add_fault("error", 20003, 0);
    const std::string first = stack.send(guest(0), "Hello").at("id");
    const std::string second = stack.send(guest(1), "Hello").at("id");
    REQUIRE(eventually([&] {
        const Json holds = outbox(stack).at("holds");
        return !holds.empty() && holds[0].at("failedProbes") >= 2;
    }));
    stack.provider().clear_faults();
    check_delivered(stack, first);
    check_delivered(stack, second);
    CHECK_THAT(stack.log(), Catch::Contains("sending is held") && Catch::Contains("sending goes on"));
}

TEST_CASE("20 a refusal of the old token that comes after the reload holds nothing") {
    Stack stack(options());
    stack.provider().add_fault({{"kind", "error"}, {"value", 20003}, {"lateMs", 4000}});
    const std::string late = stack.send(guest(0), "Hello").at("id");
    REQUIRE(eventually([&] { return stack.provider().create_requests() == 1; }));
    use_token(stack, auth_token);
    REQUIRE(stack.message(late).at("attempts")[0].at("outcome").is_null());
    check_delivered(stack, stack.send(guest(1), "Hello").at("id"));
    REQUIRE(eventually([&] { return stack.message(late).at("attempts")[0].at("outcome").is_string(); }));
    CHECK(stack.message(late).at("attempts")[0].at("outcome") == "misconfigured");
    CHECK(outbox(stack).at("holds").empty());
    check_delivered(stack, late);
    CHECK_THAT(stack.log(), !Catch::Contains("sending is held"));
}

TEST_CASE("20 messages expire on time while nothing is sent, whatever the reason") {
    Stack stack(options());
    REQUIRE(stack.api("POST", "/outbox/pause").status == 200);
    check_expires_on_time(stack, "paused");
    REQUIRE(stack.api("POST", "/outbox/resume").status == 200);
    stack.provider().add_fault({{"kind", "error"}, {"value", 20003}, {"count", 0}, {"retryAfter", 60}});
    stack.send(guest(0), "Hello");
    REQUIRE(eventually([&] { return outbox(stack).at("holds").size() == 1; }));
    check_expires_on_time(stack, "held");
    CHECK(stack.provider().create_requests() == 1);
}

TEST_CASE("20 one sender or one channel is paused, and the others go on") {
    Stack stack(options());
    const Json lane{{"channel", "sms"}, {"sender", spa_number}};
    const Json paused = stack.api("POST", "/outbox/pause", lane).data();
    CHECK(paused.at("paused") == false);
    CHECK(paused.at("pauses") == Json::array({lane}));
    const std::string spa = send_from(stack, spa_number, guest(0));
    check_delivered(stack, send_from(stack, hotel_number, guest(0)));
    CHECK(waits_for(stack, spa) == "paused");
    CHECK(outbox(stack).at("waiting").at("paused") == 1);
    // It is still so after a restart.
    stack.kill_gateway();
    stack.start_gateway();
    check_delivered(stack, send_from(stack, hotel_number, guest(1)));
    CHECK(waits_for(stack, spa) == "paused");

    REQUIRE(stack.api("POST", "/outbox/pause", {{"channel", "sms"}}).status == 200);
    REQUIRE(stack.api("POST", "/outbox/resume", lane).status == 200);
    const std::string hotel = send_from(stack, hotel_number, guest(2));
    CHECK(waits_for(stack, spa) == "paused");
    CHECK(waits_for(stack, hotel) == "paused");
    CHECK(stack.provider().create_requests() == 2);
    REQUIRE(stack.api("POST", "/outbox/resume", {{"channel", "sms"}}).status == 200);
    check_delivered(stack, spa);
    check_delivered(stack, hotel);
    CHECK(outbox(stack).at("pauses").empty());
}

TEST_CASE("20 what waits says why, and a sender's hold is released by hand") {
    Stack stack(options());
    // Its first probe would be a minute away.
    stack.provider().add_fault({{"kind", "error"}, {"value", 21659}, {"count", 1}, {"retryAfter", 60}});
    const std::string held = send_from(stack, spa_number, guest(0));
    REQUIRE(eventually([&] { return waits_for(stack, held) == "held"; }));
    const Json waiting = stack.message(held).at("waiting");
    CHECK_THAT(waiting.at("reason").get<std::string>(), Catch::Contains("21659"));
    CHECK(time_in(waiting, "until") - time_in(waiting, "since") > seconds{30});
    const std::string behind = send_from(stack, spa_number, guest(0));
    CHECK(waits_for(stack, behind) == "earlier_message");
    const std::string later =
        stack
            .api("POST", "/messages",
                 {{"channel", "sms"},
                  {"to", guest(5)},
                  {"content", "Tomorrow"},
                  {"sendAt", jackgw::to_iso8601(time_in(waiting, "since") + std::chrono::hours{24})}})
            .data()
            .at("id");
    CHECK(waits_for(stack, later) == "schedule");
    check_delivered(stack, send_from(stack, hotel_number, guest(0)));

    const Json report = outbox(stack);
    REQUIRE(report.at("holds").size() == 1);
    CHECK(report.at("holds")[0].at("scope") == "sender");
    CHECK(report.at("holds")[0].at("name") == spa_number);
    CHECK(report.at("waiting").at("held") == 1);
    CHECK(report.at("waiting").at("earlier_message") == 1);
    CHECK(report.at("waiting").at("schedule") == 1);
    CHECK(stack.api("POST", "/outbox/lanes/sms/+15550009999/release").status == 404);
    CHECK(stack.api("POST", "/outbox/lanes/sms/+15550001111/release").data().at("holds").empty());
    check_delivered(stack, held);
    check_delivered(stack, behind);
    CHECK(stack.message(later).at("deliveryStatus") == "pending");
}
