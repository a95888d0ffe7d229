#include <catch2/catch.hpp>

#include "has_line.h"
#include "telemetry/metrics.h"

using namespace jackgw::telemetry;
using jackgw::test::has_line;

namespace {

LaneFigures lane(const std::string& sender) {
    LaneFigures figures;
    figures.channel = "sms";
    figures.sender = sender;
    return figures;
}

}  // namespace

TEST_CASE("The outbox's series exist before anything happens") {
    Metrics metrics("1");
    metrics.channel("sms");
    const std::string text = metrics.serialize();
    CHECK(has_line(text, "jackgw_outbox_paused 0"));
    CHECK(has_line(text, "jackgw_outbox_oldest_due_age_seconds 0"));
    CHECK(has_line(text, "jackgw_outbox_unknown{channel=\"sms\"} 0"));
    CHECK(has_line(text, "jackgw_outbox_expired_total{channel=\"sms\"} 0"));
    CHECK(has_line(text, "jackgw_attempts_total{channel=\"sms\",concerns=\"\",outcome=\"accepted\"} 0"));
    const std::string given_up = "jackgw_reconciliations_total{change=\"given_up\",channel=\"sms\",result=\"";
    for (const std::string result : {"taken", "absent", "cant_tell", "unavailable", "not_supported"}) {
        std::string line = given_up;
        line.append(result).append("\"} 0");
        CHECK(has_line(text, line));
    }
}

TEST_CASE("The outbox is shown sender by sender, by what its messages wait for") {
    Metrics metrics("1");
    metrics.channel("sms");
    OutboxFigures figures;
    figures.paused = true;
    figures.oldest_due_age = 90.5;
    LaneFigures first = lane("+15551234567");
    first.ready = 1;
    first.blocked = 2;
    first.scheduled = 3;
    first.retrying = 4;
    first.in_flight = 5;
    first.unknown = 6;
    first.held = true;
    LaneFigures second = lane("MG1");
    second.unknown = 1;
    second.paused = true;
    figures.lanes = {first, second};
    metrics.outbox().show(figures);
    const std::string text = metrics.serialize();
    CHECK(has_line(text, "jackgw_outbox_paused 1"));
    CHECK(has_line(text, "jackgw_outbox_oldest_due_age_seconds 90.5"));
    CHECK(has_line(text, "jackgw_outbox_unknown{channel=\"sms\"} 7"));
    const auto messages = [](const std::string& state, int count) {
        std::string line = "jackgw_outbox_messages{channel=\"sms\",sender=\"+15551234567\",state=\"";
        return line.append(state).append("\"} ").append(std::to_string(count));
    };
    CHECK(has_line(text, messages("ready", 1)));
    CHECK(has_line(text, messages("blocked", 2)));
    CHECK(has_line(text, messages("scheduled", 3)));
    CHECK(has_line(text, messages("retrying", 4)));
    CHECK(has_line(text, messages("in_flight", 5)));
    CHECK(has_line(text, messages("unknown", 6)));
    CHECK(has_line(text, "jackgw_outbox_lane_held{channel=\"sms\",sender=\"+15551234567\"} 1"));
    CHECK(has_line(text, "jackgw_outbox_lane_paused{channel=\"sms\",sender=\"+15551234567\"} 0"));
    CHECK(has_line(text, "jackgw_outbox_lane_held{channel=\"sms\",sender=\"MG1\"} 0"));
    CHECK(has_line(text, "jackgw_outbox_lane_paused{channel=\"sms\",sender=\"MG1\"} 1"));
}

TEST_CASE("A lane or a hold that is gone is shown with zeros") {
    Metrics metrics("1");
    metrics.channel("sms");
    OutboxFigures figures;
    figures.oldest_due_age = 7;
    figures.lanes = {lane("+15551234567")};
    figures.lanes[0].ready = 1;
    figures.lanes[0].unknown = 2;
    figures.lanes[0].held = true;
    figures.holds = {{"sms", "sender", "misconfigured"},
                     {"sms", "sender", "misconfigured"},
                     {"sms", "channel", "unknown"}};
    metrics.outbox().show(figures);
    std::string text = metrics.serialize();
    const std::string sender_hold =
        "jackgw_outbox_holds{cause=\"misconfigured\",channel=\"sms\",scope=\"sender\"} ";
    CHECK(has_line(text, sender_hold + "2"));
    CHECK(has_line(text, "jackgw_outbox_holds{cause=\"unknown\",channel=\"sms\",scope=\"channel\"} 1"));

    metrics.outbox().show({});
    text = metrics.serialize();
    CHECK(has_line(text, "jackgw_outbox_oldest_due_age_seconds 0"));
    CHECK(has_line(text, "jackgw_outbox_unknown{channel=\"sms\"} 0"));
    CHECK(
        has_line(text, "jackgw_outbox_messages{channel=\"sms\",sender=\"+15551234567\",state=\"ready\"} 0"));
    CHECK(has_line(text, "jackgw_outbox_lane_held{channel=\"sms\",sender=\"+15551234567\"} 0"));
    CHECK(has_line(text, sender_hold + "0"));
    CHECK(has_line(text, "jackgw_outbox_holds{cause=\"unknown\",channel=\"sms\",scope=\"channel\"} 0"));
}

TEST_CASE("What happens in the outbox is counted, words that nobody knows as other") {
    Metrics metrics("1");
    OutboxMetrics& outbox = metrics.outbox();
    outbox.attempt("sms", "accepted", "");
    outbox.attempt("sms", "misconfigured", "account");
    outbox.attempt("sms", "misconfigured", "account");
    outbox.attempt("sms", "exploded", "the moon");
    outbox.hold_changed({"sms", "account", "misconfigured"}, false);
    outbox.hold_changed({"sms", "account", "misconfigured"}, false);
    outbox.hold_changed({"sms", "account", "misconfigured"}, true);
    outbox.reconciled("sms", "absent", "noted");
    outbox.reconciled("sms", "absent", "due_again");
    outbox.expired("sms", 3);
    outbox.expired("sms", 1);
    const std::string text = metrics.serialize();
    CHECK(has_line(text, "jackgw_attempts_total{channel=\"sms\",concerns=\"\",outcome=\"accepted\"} 1"));
    CHECK(has_line(
        text, "jackgw_attempts_total{channel=\"sms\",concerns=\"account\",outcome=\"misconfigured\"} 2"));
    CHECK(has_line(text, "jackgw_attempts_total{channel=\"sms\",concerns=\"other\",outcome=\"other\"} 1"));
    const std::string hold = "{cause=\"misconfigured\",channel=\"sms\",scope=\"account\"} ";
    CHECK(has_line(text, "jackgw_outbox_holds_begun_total" + hold + "2"));
    CHECK(has_line(text, "jackgw_outbox_holds_lifted_total" + hold + "1"));
    CHECK(
        has_line(text, "jackgw_reconciliations_total{change=\"noted\",channel=\"sms\",result=\"absent\"} 1"));
    CHECK(has_line(text,
                   "jackgw_reconciliations_total{change=\"due_again\",channel=\"sms\",result=\"absent\"} 1"));
    CHECK(has_line(text, "jackgw_outbox_expired_total{channel=\"sms\"} 4"));
}
