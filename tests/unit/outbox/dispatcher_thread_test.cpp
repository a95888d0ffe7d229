// The dispatcher with its own thread: start, wake-ups, stop.

#include <catch2/catch.hpp>

#include "harness.h"
#include "outbox/dispatcher.h"

using namespace std::chrono_literals;
using namespace jackgw;
using namespace jackgw::test;
using State = FakeOutbox::State;

namespace {

const store::Lane front_desk{"sms", "+15550000001"};

}  // namespace

TEST_CASE("a start makes attempts without an outcome unknown", "[outbox][dispatcher][thread]") {
    Harness h;
    h.store.add("a", front_desk, "+1");
    h.store.leave_in_flight("a");
    h.clock.advance(1s);
    CHECK(h.dispatcher->start() == 1);
    REQUIRE(h.store.recovered().size() == 1);
    CHECK(h.store.recovered()[0] == 2min);
    CHECK(h.dispatcher->stop(20s));
    CHECK(h.store.state("a") == State::unknown);
    CHECK(h.sender->count() == 0);
}

TEST_CASE("it wakes when the outbox changes and when it is notified", "[outbox][dispatcher][thread]") {
    Harness h;
    h.clock.advance(1s);
    h.dispatcher->start();
    h.store.add("a", front_desk, "+1");
    h.store.wake();
    CHECK(eventually([&] { return h.store.state("a") == State::accepted; }));
    h.store.add("b", front_desk, "+1");
    h.dispatcher->notify();
    CHECK(eventually([&] { return h.store.state("b") == State::accepted; }));
    CHECK(h.dispatcher->stop(20s));
}

TEST_CASE("a worker that gets free is used at once", "[outbox][dispatcher][thread]") {
    Harness h(accepted, 1);
    h.clock.advance(1s);
    for (int i = 0; i < 100; ++i) h.store.add("a" + std::to_string(i), front_desk, std::to_string(i));
    h.dispatcher->start();
    // Far within the poll interval of ten seconds: nobody but the worker wakes it.
    CHECK(eventually([&] { return h.store.finished().size() == 100; }, 9s));
    CHECK(h.dispatcher->stop(20s));
}

TEST_CASE("it waits for a token by the clock", "[outbox][dispatcher][thread]") {
    const SystemClock clock;
    FakeOutbox store{clock};
    FakeDirectory directory;
    directory.set("sms", std::make_shared<ScriptedSender>());
    outbox::Dispatcher dispatcher(store, directory, clock, outbox::Pacing(Harness::slow(50.0, 1)),
                                  Harness::quick(2));
    for (int i = 0; i < 10; ++i) store.add("a" + std::to_string(i), front_desk, std::to_string(i));
    const auto begin = std::chrono::steady_clock::now();
    dispatcher.start();
    CHECK(eventually([&] { return store.finished().size() == 10; }, 9s));
    CHECK(std::chrono::steady_clock::now() - begin >= 9 * 20ms);
    CHECK(dispatcher.stop(20s));
}

TEST_CASE("a stop lets attempts in flight end and makes no new ones", "[outbox][dispatcher][thread]") {
    Gate gate;
    Harness h([&](const Outgoing& message) {
        gate.pass();
        return accepted(message);
    });
    h.clock.advance(1s);
    h.store.add("a", front_desk, "+1");
    h.store.add("b", front_desk, "+1");
    h.dispatcher->start();
    REQUIRE(eventually([&] { return h.sender->count() == 1; }));
    CHECK_FALSE(h.dispatcher->stop(1ms));
    CHECK(h.store.state("a") == State::in_flight);
    gate.open();
    CHECK(h.dispatcher->stop(20s));
    CHECK(h.store.state("a") == State::accepted);
    CHECK(h.store.state("b") == State::waiting);
    h.dispatcher->tick();
    CHECK(h.sender->count() == 1);
}

TEST_CASE("a stop within its grace reports that all have ended", "[outbox][dispatcher][thread]") {
    Gate gate;
    Harness h([&](const Outgoing& message) {
        gate.pass();
        return accepted(message);
    });
    h.clock.advance(1s);
    for (int i = 0; i < 4; ++i) h.store.add("a" + std::to_string(i), front_desk, std::to_string(i));
    h.dispatcher->start();
    REQUIRE(eventually([&] { return h.sender->count() == 4; }));
    std::thread opener([&] { gate.open(); });
    CHECK(h.dispatcher->stop(20s));
    opener.join();
    CHECK(h.store.finished().size() == 4);
}

TEST_CASE("an outcome that can't be stored is given up when the grace is over",
          "[outbox][dispatcher][thread]") {
    Harness h;
    h.clock.advance(1s);
    h.store.fail_finishes(1'000'000'000);
    h.store.add("a", front_desk, "+1");
    h.dispatcher->start();
    REQUIRE(eventually([&] { return h.store.finish_calls() > 2; }));
    CHECK_FALSE(h.dispatcher->stop(5ms));
    h.dispatcher.reset();  // would hang if the worker went on
    REQUIRE(h.told.attempts().size() == 1);
    CHECK_FALSE(h.told.attempts()[0].recorded);
    CHECK_THAT(h.told.problems().back(), Catch::Contains("a#1"));
    CHECK(h.store.state("a") == State::in_flight);
}

TEST_CASE("the store may call back after the dispatcher has gone", "[outbox][dispatcher][thread]") {
    Harness h;
    h.dispatcher->start();
    h.dispatcher.reset();
    h.store.wake();
    CHECK(h.sender->count() == 0);
}
