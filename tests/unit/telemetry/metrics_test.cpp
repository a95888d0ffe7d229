#include "telemetry/metrics.h"

#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "has_line.h"

using namespace jackgw::telemetry;
using jackgw::test::has_line;

TEST_CASE("A channel's series have their published names, and exist from the start") {
    Metrics metrics("1.2.3");
    metrics.channel("sms");
    const std::string text = metrics.serialize();
    CHECK(has_line(text, "jackgw_build_info{version=\"1.2.3\"} 1"));
    CHECK(has_line(text, "# TYPE sms_messages_sent_total counter"));
    CHECK(has_line(text, "sms_messages_sent_total{error_code=\"\",status=\"success\"} 0"));
    CHECK(has_line(text, "# TYPE sms_message_segments histogram"));
    CHECK(has_line(text, "sms_message_segments_count{direction=\"inbound\"} 0"));
    CHECK(has_line(text, "sms_message_segments_count{direction=\"outbound\"} 0"));
    CHECK(has_line(text, "sms_delivery_status_total{status=\"delivered\"} 0"));
    CHECK(has_line(text, "sms_delivery_status_total{status=\"failed\"} 0"));
    CHECK(has_line(text, "sms_delivery_status_total{status=\"undelivered\"} 0"));
    CHECK(has_line(text, "# TYPE sms_queue_depth gauge"));
    CHECK(has_line(text, "sms_queue_depth 0"));
    CHECK(has_line(text, "jackgw_plugin_generation{channel=\"sms\"} 0"));
    CHECK(has_line(text, "jackgw_plugin_reloads_total{channel=\"sms\",result=\"failure\"} 0"));
    CHECK(has_line(text, "jackgw_delivery_look_ups_total{channel=\"sms\",result=\"answered\"} 0"));
    CHECK(has_line(text, "jackgw_deliveries_given_up_total{channel=\"sms\"} 0"));
    CHECK(has_line(text, "jackgw_inbound_messages_total{channel=\"sms\"} 0"));
    CHECK(has_line(text, "jackgw_webhooks_refused_total{channel=\"sms\"} 0"));
    // There is no time at which nothing happened.
    CHECK(text.find("jackgw_last_inbound_timestamp_seconds{") == std::string::npos);
}

TEST_CASE("What happens on a channel is counted") {
    Metrics metrics("1");
    ChannelMetrics& sms = metrics.channel("sms");
    CHECK(&metrics.channel("sms") == &sms);
    sms.message_sent(true);
    sms.message_sent(true);
    sms.message_sent(false, "UNREACHABLE");
    sms.message_sent(false, "not a proper name +15551234567");
    sms.inbound_message(1, 1800000000.25);
    sms.webhook_refused();
    sms.outbound_segments(3);
    sms.delivery_status("delivered");
    sms.delivery_status("sent");
    sms.set_queue_depth(12);
    sms.set_generation(4);
    sms.set_leases(2);
    sms.set_stuck_generations(1);
    sms.set_ready(true);
    sms.set_property("lakeside");
    sms.reload(true);
    const std::string text = metrics.serialize();
    CHECK(has_line(text, "jackgw_channel_info{channel=\"sms\",property=\"lakeside\"} 1"));
    CHECK(has_line(text, "sms_messages_sent_total{error_code=\"\",status=\"success\"} 2"));
    CHECK(has_line(text, "sms_messages_sent_total{error_code=\"UNREACHABLE\",status=\"failure\"} 1"));
    CHECK(has_line(text, "sms_messages_sent_total{error_code=\"OTHER\",status=\"failure\"} 1"));
    CHECK(has_line(text, "sms_message_segments_bucket{direction=\"outbound\",le=\"2\"} 0"));
    CHECK(has_line(text, "sms_message_segments_bucket{direction=\"outbound\",le=\"3\"} 1"));
    CHECK(has_line(text, "sms_message_segments_sum{direction=\"outbound\"} 3"));
    CHECK(has_line(text, "sms_delivery_status_total{status=\"delivered\"} 1"));
    CHECK(text.find("status=\"sent\"") == std::string::npos);
    CHECK(has_line(text, "sms_queue_depth 12"));
    CHECK(has_line(text, "sms_message_segments_count{direction=\"inbound\"} 1"));
    CHECK(has_line(text, "jackgw_inbound_messages_total{channel=\"sms\"} 1"));
    CHECK(has_line(text, "jackgw_last_inbound_timestamp_seconds{channel=\"sms\"} 1800000000.25"));
    CHECK(has_line(text, "jackgw_webhooks_refused_total{channel=\"sms\"} 1"));
    CHECK(has_line(text, "jackgw_plugin_generation{channel=\"sms\"} 4"));
    CHECK(has_line(text, "jackgw_plugin_leases{channel=\"sms\"} 2"));
    CHECK(has_line(text, "jackgw_plugin_stuck_generations{channel=\"sms\"} 1"));
    CHECK(has_line(text, "jackgw_channel_ready{channel=\"sms\"} 1"));
    CHECK(has_line(text, "jackgw_plugin_reloads_total{channel=\"sms\",result=\"success\"} 1"));
}

TEST_CASE("Channels don't share series") {
    Metrics metrics("1");
    metrics.channel("sms").set_queue_depth(1);
    metrics.channel("e-mail").set_queue_depth(2);
    const std::string text = metrics.serialize();
    CHECK(has_line(text, "sms_queue_depth 1"));
    CHECK(has_line(text, "e_mail_queue_depth 2"));
    CHECK(has_line(text, "jackgw_channel_ready{channel=\"e-mail\"} 0"));
}

TEST_CASE("The host's own series") {
    Metrics metrics("1");
    metrics.http_request("webhook", 200, 0.002);
    metrics.http_request("webhook", 403, 0.2);
    metrics.http_request("/api/v1/guests/1", 99, 0.2);
    metrics.http_rejected("timeout");
    metrics.http_rejected("whatever a client made us say");
    metrics.set_http_connections(5);
    metrics.store_commit(3, 0.004);
    metrics.store_failure();
    metrics.attempt("accepted", 0.2);
    metrics.log_line("error");
    const std::string text = metrics.serialize();
    CHECK(has_line(text, "jackgw_http_requests_total{route=\"webhook\",status=\"200\"} 1"));
    CHECK(has_line(text, "jackgw_http_requests_total{route=\"webhook\",status=\"403\"} 1"));
    CHECK(has_line(text, "jackgw_http_requests_total{route=\"other\",status=\"other\"} 1"));
    CHECK(has_line(text, "jackgw_http_request_duration_seconds_bucket{route=\"webhook\",le=\"0.0025\"} 1"));
    CHECK(has_line(text, "jackgw_http_request_duration_seconds_count{route=\"webhook\"} 2"));
    CHECK(has_line(text, "jackgw_http_rejected_total{reason=\"timeout\"} 1"));
    CHECK(has_line(text, "jackgw_http_rejected_total{reason=\"other\"} 1"));
    CHECK(has_line(text, "jackgw_http_connections 5"));
    CHECK(has_line(text, "jackgw_store_batch_operations_sum 3"));
    CHECK(has_line(text, "jackgw_store_commit_duration_seconds_count 1"));
    CHECK(has_line(text, "jackgw_store_failures_total 1"));
    CHECK(has_line(text, "jackgw_attempt_duration_seconds_count{outcome=\"accepted\"} 1"));
    CHECK(has_line(text, "jackgw_log_lines_total{level=\"error\"} 1"));
}

TEST_CASE("Counting on several threads loses nothing") {
    Metrics metrics("1");
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&metrics] {
            for (int i = 0; i < 2000; ++i) {
                metrics.channel("sms").message_sent(true);
                metrics.http_request("api", 200 + i % 5, 0.001);
            }
        });
    for (std::thread& thread : threads) thread.join();
    const std::string text = metrics.serialize();
    CHECK(has_line(text, "sms_messages_sent_total{error_code=\"\",status=\"success\"} 8000"));
    CHECK(has_line(text, "jackgw_http_requests_total{route=\"api\",status=\"204\"} 1600"));
}
