// What monitoring sees: the published figures, and whether the gateway lives and can work.
#include <catch2/catch.hpp>

#include <chrono>
#include <sstream>

#include "stack.h"

using namespace jackgw::test;

namespace {

/// The samples of /metrics: "name{labels}" and value.
std::map<std::string, double> samples(Stack& stack) {
    const Answer answer = stack.http().get(stack.url() + "/metrics");
    REQUIRE(answer.status == 200);
    CHECK(answer.content_type() == "text/plain; version=0.0.4; charset=utf-8");
    std::map<std::string, double> found;
    std::istringstream lines(answer.body);
    for (std::string line; std::getline(lines, line);)
        if (!line.empty() && line.front() != '#') {
            const auto blank = line.rfind(' ');
            found[line.substr(0, blank)] = std::stod(line.substr(blank + 1));
        }
    return found;
}

}  // namespace

TEST_CASE("09 the published metrics count what has happened") {
    StackOptions options;
    options.outbox = "settle_delay_s = 0\n";
    Stack stack(options);
    SimulatedProvider& provider = stack.provider();
    const auto before = samples(stack);
    const std::string last_inbound = "jackgw_last_inbound_timestamp_seconds{channel=\"sms\"}";
    CHECK_FALSE(before.contains(last_inbound));
    CHECK(before.at("sms_messages_sent_total{error_code=\"\",status=\"success\"}") == 0);
    CHECK(before.at("sms_delivery_status_total{status=\"undelivered\"}") == 0);
    CHECK(before.at("sms_queue_depth") == 0);
    CHECK(before.at("jackgw_channel_ready{channel=\"sms\"}") == 1);
    CHECK(before.at("jackgw_channel_info{channel=\"sms\",property=\"main\"}") == 1);

    provider.text(guest_number, "one segment");
    provider.text(guest_number, std::string(200, 'x'));  // two
    stack.text(make_sid(1), guest_number, "again");
    stack.text(make_sid(1), guest_number, "again");
    const auto settled = [&](const std::string& to, const std::string& content, const std::string& state) {
        CHECK(stack.await_delivery(stack.send(to, content).at("id"), state).at("deliveryStatus") == state);
    };
    settled(guest_number, "Hello", "delivered");
    settled(guest_number, std::string(400, 'y'), "delivered");  // three segments
    settled("+15005550001", "Hello", "failed");                 // refused: 21211
    provider.set_outcome("+15559870001", "undelivered:30003");
    settled("+15559870001", "Hello", "failed");
    provider.set_outcome("+15559870002", "failed:30006");
    settled("+15559870002", "Hello", "failed");
    provider.add_fault("cut-before", 0, 1);
    settled("+15559870003", "Hello", "unknown");
    stack.text(make_sid(2), guest_number, "forged", "00000000000000000000000000000000");
    CHECK(stack.api("POST", "/plugins/sms/reload").status == 200);

    const auto after = samples(stack);
    const std::vector<std::pair<const char*, double>> expected{
        {"sms_messages_sent_total{error_code=\"\",status=\"success\"}", 4},
        {"sms_messages_sent_total{error_code=\"INVALID_NUMBER\",status=\"failure\"}", 1},
        {"sms_message_segments_count{direction=\"inbound\"}", 3},
        {"sms_message_segments_sum{direction=\"inbound\"}", 4},
        {"sms_message_segments_count{direction=\"outbound\"}", 4},
        {"sms_message_segments_sum{direction=\"outbound\"}", 6},
        {"sms_delivery_status_total{status=\"delivered\"}", 2},
        {"sms_delivery_status_total{status=\"undelivered\"}", 1},
        {"sms_delivery_status_total{status=\"failed\"}", 1},
        {"sms_queue_depth", 0},
        {"jackgw_attempt_duration_seconds_count{outcome=\"accepted\"}", 4},
        {"jackgw_attempt_duration_seconds_count{outcome=\"rejected\"}", 1},
        {"jackgw_attempt_duration_seconds_count{outcome=\"unknown\"}", 1},
        {"jackgw_attempts_total{channel=\"sms\",concerns=\"\",outcome=\"accepted\"}", 4},
        {"jackgw_attempts_total{channel=\"sms\",concerns=\"recipient\",outcome=\"rejected\"}", 1},
        {"jackgw_attempts_total{channel=\"sms\",concerns=\"message\",outcome=\"unknown\"}", 1},
        {"jackgw_inbound_messages_total{channel=\"sms\"}", 3},
        {"jackgw_outbox_unknown{channel=\"sms\"}", 1},
        {"jackgw_outbox_expired_total{channel=\"sms\"}", 0},
        {"jackgw_outbox_oldest_due_age_seconds", 0},
        {"jackgw_outbox_paused", 0},
        {"jackgw_http_requests_total{route=\"webhook\",status=\"403\"}", 1},
        {"jackgw_webhooks_refused_total{channel=\"sms\"}", 1},
        {"jackgw_plugin_generation{channel=\"sms\"}", 2},
        {"jackgw_plugin_reloads_total{channel=\"sms\",result=\"success\"}", 1},
        {"jackgw_plugin_reloads_total{channel=\"sms\",result=\"failure\"}", 0},
        {"jackgw_plugin_stuck_generations{channel=\"sms\"}", 0},
        {"jackgw_channel_ready{channel=\"sms\"}", 1},
        {"jackgw_store_failures_total", 0},
    };
    for (const auto& [name, value] : expected) {
        INFO(name);
        REQUIRE(after.contains(name));
        CHECK(after.at(name) == value);
    }
    CHECK(after.at(std::string("jackgw_outbox_messages{channel=\"sms\",sender=\"") + hotel_number +
                   "\",state=\"unknown\"}") == 1);
    const double now =
        std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
    CHECK(after.at(last_inbound) > now - 120);
    CHECK(after.at(last_inbound) <= now);
    CHECK(after.at("jackgw_store_commit_duration_seconds_count") > 10);
    CHECK(after.at("jackgw_http_connections") >= 1);
}

TEST_CASE("09 the queue's depth is what waits") {
    StackOptions options;
    options.channel_outbox = "segments_per_second = 0.01\nburst = 1\n";
    Stack stack(options);
    for (int i = 0; i < 5; ++i) stack.send("+155598700" + std::to_string(10 + i), "Hello");
    CHECK(eventually([&] { return samples(stack).at("sms_queue_depth") == 5; }));
    const Json outbox = stack.api("GET", "/outbox").data();
    CHECK(outbox.at("depth") == 5);
    CHECK(outbox.at("lanes").at(0).at("sender") == hotel_number);
}

TEST_CASE("09 holds, pauses and expiries are seen, and what waits by what it waits for") {
    StackOptions options;
    options.token = "00000000000000000000000000000000";
    Stack stack(options);
    const auto shown = [&](const std::string& name) {
        const auto found = samples(stack);
        const auto sample = found.find(name);
        return sample == found.end() ? -1 : sample->second;
    };
    const std::string lane = std::string("{channel=\"sms\",sender=\"") + hotel_number + "\"";
    const std::string hold = "{cause=\"misconfigured\",channel=\"sms\",scope=\"account\"}";
    stack.send(guest_number, "first");
    stack.send(guest_number, "second");  // behind the first
    REQUIRE(eventually([&] { return shown("jackgw_outbox_holds" + hold) == 1; }));
    CHECK(shown("jackgw_outbox_holds_begun_total" + hold) == 1);
    CHECK(shown("jackgw_outbox_lane_held" + lane + "}") == 1);
    CHECK(shown("jackgw_attempts_total{channel=\"sms\",concerns=\"account\",outcome=\"misconfigured\"}") >=
          1);
    CHECK(shown("jackgw_outbox_oldest_due_age_seconds") > 0);
    CHECK(shown("jackgw_outbox_messages" + lane + ",state=\"blocked\"}") == 1);

    CHECK(stack.api("POST", "/outbox/pause", {{"channel", "sms"}}).status == 200);
    CHECK(shown("jackgw_outbox_lane_paused" + lane + "}") == 1);
    CHECK(shown("jackgw_outbox_paused") == 0);  // not all of it
    const auto in_one_second =
        jackgw::to_iso8601(std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()) +
                           std::chrono::seconds(1));
    CHECK(stack
              .api("POST", "/messages",
                   {{"channel", "sms"},
                    {"to", "+15559870001"},
                    {"content", "late"},
                    {"expiresAt", in_one_second}})
              .status == 202);
    CHECK(eventually([&] { return shown("jackgw_outbox_expired_total{channel=\"sms\"}") == 1; }));

    CHECK(stack.api("POST", std::string("/outbox/lanes/sms/") + hotel_number + "/release").status == 200);
    CHECK(shown("jackgw_outbox_holds" + hold) == 0);
    CHECK(shown("jackgw_outbox_holds_lifted_total" + hold) == 1);
    CHECK(shown("jackgw_outbox_lane_held" + lane + "}") == 0);
    CHECK(shown("jackgw_outbox_messages" + lane + ",state=\"ready\"}") == 1);
    CHECK_THAT(stack.log(), Catch::Contains("sending goes on"));
}

TEST_CASE("09 a gateway with all its channels is alive and ready") {
    StackOptions options;
    options.simulator = false;
    Stack stack(options);
    CHECK(stack.http().get(stack.url() + "/healthz").status == 200);
    const Answer ready = stack.http().get(stack.url() + "/readyz");
    CHECK(ready.status == 200);
    CHECK(ready.json().at("status") == "ready");
    CHECK(ready.json().at("reasons").empty());
}

TEST_CASE("09 a gateway without a channel's plugin is alive, not ready, and says why") {
    StackOptions options;
    options.simulator = false;
    options.own_plugins = true;
    options.plugin_file = FIXTURES "/wrong-major.so";
    options.required = false;
    Stack stack(options);
    CHECK(stack.http().get(stack.url() + "/healthz").status == 200);
    const Answer ready = stack.http().get(stack.url() + "/readyz");
    CHECK(ready.status == 503);
    CHECK(ready.json().at("status") == "not ready");
    CHECK(ready.json().at("reasons").at(0).at("component") == "channel sms");
    CHECK(samples(stack).at("jackgw_channel_ready{channel=\"sms\"}") == 0);
    const Json sms = stack.api("GET", "/plugins").data().at(0);
    CHECK(sms.at("state") == "down");
    CHECK_THAT(sms.at("error").get<std::string>(), Catch::Contains("ABI"));
    // A message can't be taken without the channel's knowledge of addresses and lengths.
    const Answer refused =
        stack.api("POST", "/messages", {{"channel", "sms"}, {"to", guest_number}, {"content", "Hello"}});
    CHECK(refused.status == 503);
    CHECK(refused.json().at("error").at("code") == "CHANNEL_UNAVAILABLE");
}
