// What the dispatcher claims and when: tick by tick, on a clock that the test moves.

#include "outbox/dispatcher.h"

#include <catch2/catch.hpp>

#include "harness.h"

using namespace std::chrono_literals;
using namespace jackgw;
using namespace jackgw::test;
using Ids = std::vector<std::string>;

namespace {

const store::Lane front_desk{"sms", "+15550000001"};
const store::Lane spa{"sms", "+15550000002"};
const store::Lane mail{"mail", "hotel@example.com"};

}  // namespace

TEST_CASE("what is due is sent once, as it was claimed", "[outbox][dispatcher]") {
    Harness h;
    h.clock.advance(1s);
    h.store.add("a", front_desk, "+15551112222");
    h.settle();
    const auto sent = h.sender->sent();
    REQUIRE(sent.size() == 1);
    CHECK(sent[0].message_id == "a");
    CHECK(sent[0].attempt_id == "a#1");
    CHECK(sent[0].from == front_desk.sender);
    CHECK(sent[0].to == "+15551112222");
    CHECK(sent[0].content == "Hello");
    CHECK(sent[0].expires_at == h.clock.now() + FakeOutbox::life);
    CHECK(h.store.state("a") == FakeOutbox::State::accepted);
    const auto told = h.told.attempts();
    REQUIRE(told.size() == 1);
    CHECK(told[0].message_id == "a");
    CHECK(told[0].kind == OutcomeKind::accepted);
    CHECK(told[0].recorded);
    CHECK(h.told.problems().empty());
}

TEST_CASE("a start begins with an empty bucket", "[outbox][dispatcher]") {
    Harness h(accepted, 8, Harness::slow(1.0, 5));
    h.store.add("a", front_desk, "+1");
    CHECK(h.dispatcher->tick() == h.clock.steady_now() + 1s);
    CHECK(h.store.claimed().empty());
    h.clock.advance(999ms);
    CHECK(h.dispatcher->tick() == h.clock.steady_now() + 1ms);
    CHECK(h.store.claimed().empty());
    h.clock.advance(1ms);
    h.settle();
    CHECK(h.sender->ids() == Ids{"a"});
}

TEST_CASE("each lane has a rate of its own, counted in segments", "[outbox][dispatcher]") {
    Harness h(accepted, 8, Harness::slow(1.0, 1));
    h.directory.set("mail", h.sender);
    for (const auto* id : {"a", "b", "c"}) h.store.add(id, front_desk, std::string("+") + id, 3);
    h.store.add("d", spa, "+d");
    h.store.add("e", mail, "guest@example.com");

    h.clock.advance(1s);
    h.settle();
    CHECK(h.store.claimed() == Ids{"e", "a", "d"});  // one of each lane
    h.clock.advance(2900ms);                         // "a" took three segments: two are owed
    h.settle();
    CHECK(h.store.claimed().size() == 3);
    CHECK(h.dispatcher->tick() == h.clock.steady_now() + 100ms);
    h.clock.advance(100ms);
    h.settle();
    CHECK(h.store.claimed() == Ids{"e", "a", "d", "b"});
}

TEST_CASE("a sender with a pace of its own goes beside the others at theirs", "[outbox][dispatcher]") {
    auto channels = Harness::slow(1.0, 1);
    channels.at("sms").senders[spa.sender] = {4.0, 2};
    Harness h(accepted, 8, channels);
    for (int i = 0; i < 8; ++i) {
        const std::string number = std::to_string(i);
        h.store.add("slow " + number, front_desk, "+1" + number);
        h.store.add("fast " + number, spa, "+2" + number);
    }
    const auto sent = [&](const std::string& which) {
        const Ids ids = h.store.claimed();
        return std::count_if(ids.begin(), ids.end(), [&](const auto& id) { return id.starts_with(which); });
    };
    h.clock.advance(10s);
    h.settle();
    CHECK(sent("slow") == 1);
    CHECK(sent("fast") == 2);
    for (int quarter = 0; quarter < 4; ++quarter) {
        h.clock.advance(250ms);
        h.settle();
    }
    CHECK(sent("slow") == 2);
    CHECK(sent("fast") == 6);
}

TEST_CASE("a message that the burst could carry waits until it does", "[outbox][dispatcher]") {
    Harness h(accepted, 8, Harness::slow(1.0, 5));
    for (const auto* id : {"a", "b"}) h.store.add(id, front_desk, std::string("+") + id, 3);
    h.clock.advance(60s);
    h.settle();
    CHECK(h.store.claimed() == Ids{"a"});  // both at once would be six segments
    h.clock.advance(1s);
    h.settle();
    CHECK(h.store.claimed() == Ids{"a", "b"});
}

TEST_CASE("a probe waits for a full bucket, since any message may be the one", "[outbox][dispatcher]") {
    Harness h(accepted, 8, Harness::slow(1.0, 5));
    h.store.add("a", front_desk, "+1");
    h.store.hold();
    h.clock.advance(4s);
    h.settle();
    CHECK(h.store.claimed().empty());
    h.clock.advance(1s);
    h.settle();
    CHECK(h.store.claimed() == Ids{"a"});
}

TEST_CASE("no claim is made without a free worker", "[outbox][dispatcher]") {
    const std::size_t workers = GENERATE(1U, 2U, 3U);
    CAPTURE(workers);
    Gate gate;
    Harness h(
        [&](const Outgoing& message) {
            gate.pass();
            return accepted(message);
        },
        workers);
    h.directory.set("mail", h.sender);
    h.clock.advance(1s);
    std::size_t most = 0;
    h.store.on_claim = [&](const store::Lane&) {
        most = std::max(most, h.dispatcher->stats().in_flight + 1);
    };
    for (int i = 0; i < 10; ++i) {
        h.store.add("s" + std::to_string(i), front_desk, "+" + std::to_string(i));
        h.store.add("p" + std::to_string(i), spa, "+" + std::to_string(i));
        h.store.add("m" + std::to_string(i), mail, std::to_string(i) + "@example.com");
    }
    h.dispatcher->tick();
    CHECK(h.store.claimed().size() == workers);
    h.dispatcher->tick();
    CHECK(h.store.claimed().size() == workers);
    CHECK(h.dispatcher->stats().workers == workers);

    gate.open();
    h.settle();
    CHECK(h.store.claimed().size() == 30);
    CHECK(most <= workers);
    CHECK(h.sender->overlaps() == 0);
}

TEST_CASE("a lane that hangs leaves workers to the others", "[outbox][dispatcher]") {
    Gate gate;
    Harness h(
        [&](const Outgoing& message) {
            if (message.from == front_desk.sender) gate.pass();
            return accepted(message);
        },
        8);
    h.clock.advance(1s);
    for (int i = 0; i < 50; ++i) h.store.add("a" + std::to_string(i), front_desk, "+" + std::to_string(i));
    h.dispatcher->tick();
    CHECK(h.store.claimed().size() == 6);  // six in flight, two free: 6 >= 3 * (2 - 1)

    for (int i = 0; i < 20; ++i) h.store.add("b" + std::to_string(i), spa, "+" + std::to_string(i));
    CHECK(eventually([&] {
        h.dispatcher->tick();
        return h.told.attempts().size() == 20;
    }));
    for (const auto& attempt : h.told.attempts()) CHECK(attempt.message_id.front() == 'b');
    gate.open();
    h.settle();
    CHECK(h.sender->count() == 70);
}

TEST_CASE("lanes take turns", "[outbox][dispatcher]") {
    Harness h(accepted, 1);
    h.clock.advance(1s);
    for (int i = 0; i < 20; ++i) {
        h.store.add("a", front_desk, "+" + std::to_string(i));
        h.store.add("b", spa, "+" + std::to_string(i));
    }
    while (h.store.claimed().size() < 20) h.settle();
    const Ids claimed = h.store.claimed();
    for (std::size_t i = 1; i < 20; ++i) CHECK(claimed[i] != claimed[i - 1]);
}

TEST_CASE("a channel that isn't ready is left alone until it is", "[outbox][dispatcher]") {
    Harness h;
    h.clock.advance(1s);
    h.store.add("a", mail, "guest@example.com");
    h.store.add("b", front_desk, "+1");
    h.settle();
    CHECK(h.store.claimed() == Ids{"b"});
    CHECK(h.dispatcher->tick() == h.clock.steady_now() + outbox::DispatcherOptions{}.poll_interval);
    h.directory.set("mail", h.sender);
    h.settle();
    CHECK(h.store.claimed() == Ids{"b", "a"});
}

TEST_CASE("it looks again when the next message is due", "[outbox][dispatcher]") {
    Harness h;
    h.store.add("a", front_desk, "+1", 1, h.clock.now() + 4s);
    CHECK(h.dispatcher->tick() == h.clock.steady_now() + 4s);
    h.clock.advance(4s);
    h.settle();
    CHECK(h.store.claimed() == Ids{"a"});
    // Nothing is known to come: the poll interval.
    CHECK(h.dispatcher->tick() == h.clock.steady_now() + 10s);
    h.store.add("b", front_desk, "+1", 1, h.clock.now() + 1h);
    CHECK(h.dispatcher->tick() == h.clock.steady_now() + 10s);
}

TEST_CASE("stats tell what is in flight and when lanes may go on", "[outbox][dispatcher]") {
    Gate gate;
    Harness h(
        [&](const Outgoing& message) {
            gate.pass();
            return accepted(message);
        },
        4, Harness::slow(1.0, 1));
    h.clock.advance(1s);
    h.store.add("a", front_desk, "+1", 2);
    h.dispatcher->tick();
    const auto stats = h.dispatcher->stats();
    CHECK(stats.in_flight == 1);
    CHECK(stats.workers == 1);
    CHECK(stats.max_workers == 4);
    REQUIRE(stats.lanes.size() == 1);
    CHECK(stats.lanes[0].lane == front_desk);
    CHECK(stats.lanes[0].in_flight == 1);
    CHECK(stats.lanes[0].next_token_at == h.clock.steady_now() + 2s);
    REQUIRE(eventually([&] { return h.sender->count() == 1; }));
    h.clock.advance(250ms);
    gate.open();
    h.settle();
    CHECK(h.dispatcher->stats().lanes[0].in_flight == 0);
    CHECK(h.told.attempts().at(0).duration == 250ms);
}

TEST_CASE("what has expired is told, whether a look or a claim has found it", "[outbox][dispatcher]") {
    Harness h;
    h.store.add("a", front_desk, "+1");
    h.store.expire({{"sms", 2}}, {{"sms", 3}, {"chat", 1}});
    h.clock.advance(1s);
    h.dispatcher->tick();
    h.settle();
    h.dispatcher->tick();
    CHECK(h.told.expired() == store::Expired{{"sms", 5}, {"chat", 1}});
}
