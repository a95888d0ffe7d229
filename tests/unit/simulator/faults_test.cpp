#include "sms/simulator/faults.h"

#include <catch2/catch.hpp>

#include <thread>

#include "manual_clock.h"
#include "sms/simulator/fault_answers.h"

using namespace jackgw::sms::simulator;

TEST_CASE("faults are read from words") {
    const auto fault = parse_fault("429:3*2");
    REQUIRE(fault);
    CHECK(fault->kind == FaultKind::too_many_requests);
    CHECK(fault->value == 3);
    CHECK(fault->count == 2);
    CHECK(parse_fault("error:20403/403*0")->status == 403);
    CHECK(parse_fault("error:20403")->status == 0);
    for (const char* good : {"500-before", "500-after*0", "hang", "hang-after:5", "cut-before", "cut-after",
                             "slow:1", "foreign:403", "foreign:200*0", "list-error:503"}) {
        INFO(good);
        CHECK(parse_fault(good));
    }
    for (const char* bad : {"", "slow", "error", "error:x", "429*", "429*-1", "crash", "429:1:2",
                            "error:1/399", "error:1/600", "error:1/", "slow:1/400", "error/400", "foreign",
                            "foreign:199", "foreign:600", "list-error", "list-error:403/404"}) {
        INFO(bad);
        CHECK_FALSE(parse_fault(bad));
    }
}

TEST_CASE("a fault concerns as many requests as it was asked for, to whom it was asked for") {
    ManualClock clock;
    FaultBox box(clock);
    box.add({.kind = FaultKind::cut_before, .count = 2, .to = "+15550000001"});
    box.add({.kind = FaultKind::error_before, .count = 1, .to = ""});
    CHECK(box.take("+15550000002")->kind == FaultKind::error_before);
    CHECK_FALSE(box.take("+15550000002"));
    CHECK(box.take("+15550000001")->kind == FaultKind::cut_before);
    CHECK(box.all().size() == 1);
    CHECK(box.take("+15550000001")->kind == FaultKind::cut_before);
    CHECK_FALSE(box.take("+15550000001"));
}

TEST_CASE("a fault without a count lasts until cleared") {
    ManualClock clock;
    FaultBox box(clock);
    box.add({.kind = FaultKind::error_before, .count = 0, .to = ""});
    for (int i = 0; i < 100; ++i) CHECK(box.take("+15550000001"));
    box.clear();
    CHECK_FALSE(box.take("+15550000001"));
}

TEST_CASE("what holds a request ends with clear and with close") {
    using namespace std::chrono_literals;
    ManualClock clock;
    FaultBox box(clock);
    std::atomic<bool> held = false;
    std::thread request([&] {
        held = true;
        box.hold(1h);
    });
    while (!held) std::this_thread::yield();
    // The thread may not wait yet when the first clear comes: it is repeated until it has been heard.
    std::atomic<bool> over = false;
    std::thread clearing([&] {
        while (!over) {
            box.clear();
            std::this_thread::yield();
        }
    });
    request.join();
    over = true;
    clearing.join();

    box.close();
    box.hold(1h);
    SUCCEED("neither waited for an hour");
}

TEST_CASE("a fault can be for all numbers that begin alike") {
    const ManualClock clock;
    FaultBox box(clock);
    box.add({.kind = FaultKind::error, .value = 21408, .count = 0, .to = "+49*"});
    CHECK(box.take("+4930123456")->value == 21408);
    CHECK_FALSE(box.take("+15550000001"));
    CHECK_FALSE(box.take("+4"));
}

TEST_CASE("a fault can be for a time, whatever its count") {
    ManualClock clock;
    FaultBox box(clock);
    box.add(
        {.kind = FaultKind::too_many_requests, .count = 0, .until = clock.time + std::chrono::seconds{3}});
    clock.time += std::chrono::milliseconds{2999};
    CHECK(box.take("+15550000001"));
    clock.time += std::chrono::milliseconds{1};
    CHECK_FALSE(box.take("+15550000001"));
    CHECK(box.all().empty());
}

TEST_CASE("a fault of lists is none of sending, nor the other way round") {
    const ManualClock clock;
    FaultBox box(clock);
    box.add({.kind = FaultKind::list_error, .value = 503});
    CHECK_FALSE(box.take("+15550000001"));
    CHECK(box.take_of({FaultKind::list_error}));
    box.add({.kind = FaultKind::foreign, .value = 403});
    CHECK_FALSE(box.take_of({FaultKind::list_error}));
}

TEST_CASE("faults answer as the provider does, or as a stranger") {
    struct Row {
        Fault fault;
        int status;
        std::string type, body, retry_after;
    };
    const ManualClock clock;
    const auto row = GENERATE(values<Row>({
        {{.kind = FaultKind::too_many_requests, .value = 7}, 429, "application/json", "20429", "7"},
        {{.kind = FaultKind::too_many_requests}, 429, "application/json", "20429", ""},
        {{.kind = FaultKind::too_many_requests, .retry_after = 60, .retry_after_is_date = true},
         429,
         "application/json",
         "20429",
         "Sun, 22 Nov 2026 16:39:14 GMT"},
        {{.kind = FaultKind::error_after, .retry_after = 5}, 500, "application/json", "20500", "5"},
        {{.kind = FaultKind::error, .value = 20403, .status = 403}, 403, "application/json", "20403", ""},
        {{.kind = FaultKind::foreign, .value = 407}, 407, "text/html", "<html>", ""},
        {{.kind = FaultKind::foreign,
          .value = 503,
          .content_type = "text/plain",
          .body = "Oh.",
          .retry_after = 9},
         503,
         "text/plain",
         "Oh.",
         "9"},
    }));
    CAPTURE(row.status, row.retry_after);
    const HttpResponse answer = fault_answer(row.fault, "+15550000001", clock.now());
    CHECK(answer.status == row.status);
    CHECK(answer.content_type == row.type);
    CHECK(answer.body.find(row.body) != std::string::npos);
    CHECK_FALSE(answer.cut);
    std::string retry_after;
    for (const auto& [name, value] : answer.headers)
        if (name == "Retry-After") retry_after = value;
    CHECK(retry_after == row.retry_after);
}

TEST_CASE("a stranger's redirect leads somewhere, and a list's refusal is the provider's where it has one") {
    const ManualClock clock;
    const HttpResponse redirect = fault_answer({.kind = FaultKind::foreign, .value = 302}, "", clock.now());
    REQUIRE(redirect.headers.size() == 1);
    CHECK(redirect.headers[0].first == "Location");
    for (const int status : {401, 404, 429, 500, 503}) {
        const HttpResponse answer =
            list_fault_answer({.kind = FaultKind::list_error, .value = status}, clock.now());
        CHECK(answer.status == status);
        CHECK(answer.content_type == "application/json");
    }
    CHECK(list_fault_answer({.kind = FaultKind::list_error, .value = 403}, clock.now()).content_type ==
          "text/html");
    CHECK(fault_answer({.kind = FaultKind::cut_before}, "", clock.now()).cut);
}
