#include "sms/simulator/faults.h"

#include <catch2/catch.hpp>

#include <thread>

using namespace jackgw::sms::simulator;

TEST_CASE("faults are read from words") {
    const auto fault = parse_fault("429:3*2");
    REQUIRE(fault);
    CHECK(fault->kind == FaultKind::too_many_requests);
    CHECK(fault->value == 3);
    CHECK(fault->count == 2);
    CHECK(parse_fault("error:20403/403*0")->status == 403);
    CHECK(parse_fault("error:20403")->status == 0);
    for (const char* good :
         {"500-before", "500-after*0", "hang", "hang-after:5", "cut-before", "cut-after", "slow:1"}) {
        INFO(good);
        CHECK(parse_fault(good));
    }
    for (const char* bad : {"", "slow", "error", "error:x", "429*", "429*-1", "crash", "429:1:2",
                            "error:1/399", "error:1/600", "error:1/", "slow:1/400", "error/400"}) {
        INFO(bad);
        CHECK_FALSE(parse_fault(bad));
    }
}

TEST_CASE("a fault concerns as many requests as it was asked for, to whom it was asked for") {
    FaultBox box;
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
    FaultBox box;
    box.add({.kind = FaultKind::error_before, .count = 0, .to = ""});
    for (int i = 0; i < 100; ++i) CHECK(box.take("+15550000001"));
    box.clear();
    CHECK_FALSE(box.take("+15550000001"));
}

TEST_CASE("what holds a request ends with clear and with close") {
    using namespace std::chrono_literals;
    FaultBox box;
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
