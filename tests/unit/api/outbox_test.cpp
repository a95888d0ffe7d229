#include <algorithm>
#include <catch2/catch.hpp>

#include "house.h"

using namespace jackgw;
using namespace std::string_literals;
using test::Answer;
using test::House;

TEST_CASE("The outbox is shown, paused and resumed") {
    House house;
    house.store.report.depth = 4;
    CHECK(house.get("/outbox").text("data.depth") == "4");
    CHECK(house.post("/outbox/pause").text("data.paused") == "true");
    CHECK(house.post("/outbox/resume").text("data.paused") == "false");
    CHECK(house.store.pauses == std::vector<bool>{true, false});
}

TEST_CASE("A channel or a sender is paused by itself, a sender only with its channel") {
    House house;
    CHECK(house.post("/outbox/pause", R"({"channel":"sms"})").status == 200);
    CHECK(house.post("/outbox/resume", R"({"channel":"sms","sender":"+1"})").status == 200);
    CHECK(house.store.pauses == std::vector<bool>{true, false});
    CHECK(house.store.paused_parts == std::vector<store::Pause>{{"sms", ""}, {"sms", "+1"}});
    CHECK(house.post("/outbox/pause", R"({"channel":"none"})").status == 404);
    const Answer nowhere = house.post("/outbox/pause", R"({"sender":"+1"})");
    CHECK(nowhere.status == 422);
    CHECK(nowhere.text("error.field") == "channel");
    CHECK(house.store.pauses.size() == 2);
}

TEST_CASE("What holds a sender is let go by hand, if there is such a sender") {
    House house;
    store::LaneReport lane;
    lane.lane = {"sms", "+1"};
    house.store.report.lanes = {lane};
    CHECK(house.post("/outbox/lanes/sms/+1/release").status == 200);
    CHECK(house.store.released == std::vector<store::Lane>{{"sms", "+1"}});
    CHECK(house.post("/outbox/lanes/sms/+2/release").status == 404);
    CHECK(house.post("/outbox/lanes/none/+1/release").status == 404);
    CHECK(house.store.released.size() == 1);
}

TEST_CASE("Failed messages are listed, latest first") {
    House house;
    house.add_message(test::id_a, DeliveryState::failed);
    house.add_message(test::id_b, DeliveryState::sent);
    house.add_message(test::id_c, DeliveryState::failed);
    const Answer answer = house.get("/outbox/failed");
    REQUIRE(answer.size("data") == 2);
    CHECK(answer.text("data[0].id") == test::id_c);
    CHECK(answer.text("data[1].id") == test::id_a);
}

namespace {

void add_failed(House& house, int count) {
    for (int i = 0; i < count; ++i) {
        Message& message = house.add_message("0193b1e6-0000-7000-8000-0000000010" + std::to_string(10 + i),
                                             DeliveryState::failed);
        message.delivery.error_code = "UNREACHABLE";
        message.delivery.retryable = true;
    }
}

std::string act(const std::string& filter, const std::string& how) {
    return R"({"filter":)" + filter + "," + how + "}";
}

}  // namespace

TEST_CASE("Failed messages are found by what is named of them") {
    House house;
    const Answer answer = house.get(
        "/outbox/failed?channel=sms&errorCode=UNREACHABLE&providerErrorCode=30003&since=2026-11-22T18:00:00Z"
        "&until=2026-11-22T20:00:00+01:00&retryable=true&retried=false");
    CHECK(answer.status == 200);
    const store::FailedFilter& filter = house.store.last_failed_filter;
    CHECK(filter.channel == "sms");
    CHECK(filter.error_code == "UNREACHABLE");
    CHECK(filter.provider_error_code == 30003);
    CHECK(filter.since == parse_iso8601("2026-11-22T18:00:00Z"));
    CHECK(filter.until == parse_iso8601("2026-11-22T19:00:00Z"));
    CHECK(filter.retryable == true);
    CHECK(filter.retried == false);

    CHECK(house.get("/outbox/failed").status == 200);
    CHECK(house.store.last_failed_filter.channel.empty());
    CHECK_FALSE(house.store.last_failed_filter.retryable);
    for (const char* bad : {"providerErrorCode=x", "since=today", "until=2026-11-22", "retryable=yes",
                            "retried=1", "colour=red"}) {
        INFO(bad);
        CHECK(house.get("/outbox/failed?"s + bad).status == 422);
    }
}

TEST_CASE("A filter in a body is read as strictly") {
    struct Row {
        std::string body;
        std::string field;
    };
    const auto row = GENERATE(values<Row>({
        {"{}", "filter"},
        {R"({"filter":null,"dryRun":true})", "filter"},
        {R"({"filter":[],"dryRun":true})", "filter"},
        {act(R"({"colour":"red"})", R"("dryRun":true)"), "filter.colour"},
        {act(R"({"channel":1})", R"("dryRun":true)"), "filter.channel"},
        {act(R"({"providerErrorCode":"30003"})", R"("dryRun":true)"), "filter.providerErrorCode"},
        {act(R"({"providerErrorCode":true})", R"("dryRun":true)"), "filter.providerErrorCode"},
        {act(R"({"since":"today"})", R"("dryRun":true)"), "filter.since"},
        {act(R"({"retryable":"yes"})", R"("dryRun":true)"), "filter.retryable"},
        {act("{}", R"("dryRun":false)"), "confirm"},
        {act("{}", R"("confirm":-1)"), "confirm"},
        {act("{}", R"("confirm":1.5)"), "confirm"},
        {act("{}", R"("confirm":18446744073709551615)"), "confirm"},
        {act("{}", R"("dryRun":1)"), "dryRun"},
    }));
    INFO(row.body);
    House house;
    add_failed(house, 1);
    for (const char* action : {"retry", "discard"}) {
        const Answer answer = house.post("/outbox/failed/"s + action, row.body);
        CHECK(answer.status == 422);
        CHECK(answer.field() == row.field);
    }
    CHECK(house.store.enqueued.empty());
    CHECK_FALSE(house.store.all_messages[0].discarded_at);
}

TEST_CASE("Many failed messages are retried once their number is confirmed") {
    House house;
    add_failed(house, 3);
    house.add_message(test::id_b, DeliveryState::failed).retried_by = test::id_c;
    const std::string filter = R"({"errorCode":"UNREACHABLE"})";
    const std::string path = "/outbox/failed/retry";
    CHECK(house.post(path, act(filter, R"("dryRun":true)")).text("data.count") == "3");
    CHECK(house.store.last_failed_filter.error_code == "UNREACHABLE");
    CHECK(house.store.last_failed_filter.retried == false);
    const Answer other = house.post(path, act(filter, R"("confirm":4)"));
    CHECK(other.status == 409);
    CHECK(other.code() == "COUNT_CHANGED");
    CHECK_THAT(other.text("error.message"), Catch::Contains("3 messages"));
    CHECK(house.store.enqueued.empty());
    CHECK(house.call("POST", path, act(filter, R"("confirm":3)"), {}, "agent-token").status == 403);

    const Answer done = house.post(path, act(filter, R"("confirm":3)"));
    CHECK(done.status == 200);
    CHECK(done.text("data.retried") == "3");
    CHECK(done.size("data.refused") == 0);
    REQUIRE(house.store.enqueued.size() == 3);
    CHECK(house.store.enqueued[0].retry_of == house.store.all_messages[2].id);
    CHECK(house.store.enqueued[0].content == "Breakfast is at 7");
    CHECK(house.post(path, act(R"({"retried":true})", R"("dryRun":true)")).field() == "filter.retried");
}

TEST_CASE("Messages with media are retried few at a time, since servers are asked about each") {
    House house;
    add_failed(house, 25);
    const std::size_t with_media = GENERATE(1u, 25u);
    for (std::size_t i = 0; i < with_media; ++i)
        house.store.all_messages[i].media = {{"https://hotel.example/map.png", ""}};
    const Answer done = house.post("/outbox/failed/retry", act("{}", R"("confirm":25)"));
    CHECK(done.text("data.retried") == (with_media == 1 ? "25" : "20"));
    CHECK(house.channels.fake_media->checked.size() == std::min<std::size_t>(with_media, 20));
}

TEST_CASE("What can't be retried is counted by its reason") {
    House house;
    add_failed(house, 3);
    house.store.enqueue_refusal = store::EnqueueRefusal::opted_out;
    const Answer done = house.post("/outbox/failed/retry", act("{}", R"("confirm":3)"));
    CHECK(done.text("data.retried") == "0");
    CHECK(done.text("data.refused[0].code") == "UNSUBSCRIBED");
    CHECK(done.text("data.refused[0].count") == "3");
    CHECK(done.text("data.remaining") == "3");
}

TEST_CASE("Many failed messages are discarded in small bites once their number is confirmed") {
    House house;
    for (int i = 0; i < 5; ++i) add_failed(house, 50);
    const std::string path = "/outbox/failed/discard";
    CHECK(house.post(path, act("{}", R"("dryRun":true)")).text("data.count") == "250");
    CHECK(house.post(path, act("{}", R"("confirm":249)")).code() == "COUNT_CHANGED");
    CHECK(house.store.bites.empty());
    const Answer done = house.post(path, act("{}", R"("confirm":250)"));
    CHECK(done.text("data.discarded") == "250");
    CHECK(done.text("data.remaining") == "0");
    CHECK(house.store.bites == std::vector<std::int64_t>{100, 100, 50});
    CHECK(house.get("/outbox/failed").size("data") == 0);
}
