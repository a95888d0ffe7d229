// The dispatcher on a real store: order, priorities, retries, expiry.

#include <atomic>
#include <catch2/catch.hpp>
#include <mutex>
#include <set>

#include "gateway.h"

using namespace std::chrono_literals;
using namespace jackgw;
using namespace jackgw::test;

namespace {

const store::Lane front_desk{"sms", "+15550000001"};
const store::Lane spa{"sms", "+15550000002"};

std::string guest(int number) {
    return "+1555000" + std::to_string(1000 + number);
}

}  // namespace

TEST_CASE("200 messages to 20 guests go in order, one in flight to each", "[outbox][sqlite]") {
    std::mutex mutex;
    int sends = 0;
    std::set<std::string> refused;
    Gateway gateway([&](const Outgoing& message) {
        // Every seventh is refused once: a retry must keep its place, and hold back its own recipient only.
        const std::lock_guard lock(mutex);
        if (++sends % 7 == 0 && refused.insert(message.message_id).second)
            return outcome_of(OutcomeKind::refused_for_now, "RATE_LIMITED");
        return accepted(message);
    });
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> expected;
    for (int i = 0; i < 200; ++i) {
        const store::Lane& lane = i % 3 == 0 ? spa : front_desk;
        const std::string to = guest(i % 20);
        expected[{lane.sender, to}].push_back(gateway.enqueue(lane, to));
    }
    CHECK(gateway.store().outbox().depth == 200);
    CHECK(gateway.dispatcher().start() == 0);
    REQUIRE(gateway.run_dry());
    CHECK(gateway.dispatcher().stop(20s));

    CHECK(gateway.sender().overlaps() == 0);
    std::map<std::pair<std::string, std::string>, std::vector<std::string>> seen;
    for (const Outgoing& message : gateway.sender().sent()) {
        auto& ids = seen[{message.from, message.to}];
        // A retry comes before anything else to the same guest.
        if (ids.empty() || ids.back() != message.message_id) ids.push_back(message.message_id);
    }
    CHECK(seen == expected);
    CHECK(gateway.sender().count() == 200 + refused.size());
    CHECK(refused.size() > 20);
    for (const auto& [queue, ids] : expected)
        for (const std::string& id : ids)
            CHECK_FALSE(gateway.store().message(id)->provider_message_id.empty());
}

TEST_CASE("a higher priority overtakes what waits, not what is in flight", "[outbox][sqlite]") {
    Gate gate;
    Gateway gateway([&](const Outgoing& message) {
        gate.pass();
        return accepted(message);
    });
    std::vector<std::string> expected;
    expected.push_back(gateway.enqueue(front_desk, guest(1), Priority::low));
    gateway.clock().advance(1s);
    gateway.dispatcher().start();
    REQUIRE(eventually([&] { return gateway.sender().count() == 1; }));

    const std::string low = gateway.enqueue(front_desk, guest(1), Priority::low);
    const std::string standard = gateway.enqueue(front_desk, guest(1));
    const std::string second = gateway.enqueue(front_desk, guest(1));
    const std::string urgent = gateway.enqueue(front_desk, guest(1), Priority::urgent);
    gate.open();
    REQUIRE(gateway.run_dry());
    expected.insert(expected.end(), {urgent, standard, second, low});
    CHECK(gateway.sender().ids() == expected);
}

TEST_CASE("a message that is refused again and again fails after four attempts", "[outbox][sqlite]") {
    Gateway gateway([](const Outgoing&) { return outcome_of(OutcomeKind::refused_for_now, "RATE_LIMITED"); });
    const std::string id = gateway.enqueue(front_desk, guest(1));
    gateway.dispatcher().start();
    REQUIRE(gateway.run_dry());
    const auto attempts = gateway.store().attempts(id);
    REQUIRE(attempts.size() == 4);
    const auto waited = [&](std::size_t index) {
        return attempts[index].started_at - *attempts[index - 1].finished_at;
    };
    CHECK(waited(1) >= 4s);
    CHECK(waited(2) >= 8s);
    CHECK(waited(3) >= 16s);
    const auto message = gateway.store().message(id);
    CHECK(message->delivery.state == DeliveryState::failed);
    CHECK(message->delivery.error_code == "RATE_LIMITED");
}

TEST_CASE("a retry that would come too late expires, and the queue goes on", "[outbox][sqlite]") {
    Gateway gateway([first = true](const Outgoing& message) mutable {
        if (!std::exchange(first, false)) return accepted(message);
        Outcome outcome = outcome_of(OutcomeKind::refused_for_now, "QUEUE_FULL");
        outcome.retry_after_ms = 86'400'000;
        return outcome;
    });
    const std::string late = gateway.enqueue(front_desk, guest(1));
    const Timestamp expiry = gateway.clock().now() + 10h;
    gateway.clock().advance(1h);
    const std::string next = gateway.enqueue(front_desk, guest(1));
    gateway.dispatcher().start();
    REQUIRE(eventually([&] {
        return gateway.store().attempts(late).size() == 1 && gateway.dispatcher().stats().in_flight == 0;
    }));
    gateway.clock().advance(expiry - gateway.clock().now());
    REQUIRE(gateway.run_dry());
    CHECK(gateway.store().message(late)->delivery.error_code == "EXPIRED");
    CHECK(gateway.sender().ids() == std::vector<std::string>{late, next});
}

TEST_CASE("a misconfigured lane waits until it is released", "[outbox][sqlite]") {
    std::atomic<bool> repaired = false;
    Gateway gateway([&](const Outgoing& message) {
        return repaired ? accepted(message) : outcome_of(OutcomeKind::misconfigured, "AUTHENTICATION_FAILED");
    });
    const std::string id = gateway.enqueue(front_desk, guest(1));
    gateway.dispatcher().start();
    // Before the clock moves there is no token; then there is one attempt, and the lane is held.
    REQUIRE(eventually([&] {
        gateway.clock().advance(10ms);
        gateway.dispatcher().notify();
        const auto report = gateway.store().outbox();
        return report.lanes.size() == 1 && report.lanes[0].held_reason == "AUTHENTICATION_FAILED";
    }));
    for (int i = 0; i < 50; ++i) {
        gateway.clock().advance(1min);
        gateway.dispatcher().notify();
    }
    CHECK(gateway.dispatcher().stop(20s));
    CHECK(gateway.sender().count() == 1);

    gateway.close();
    repaired = true;
    gateway.open();
    CHECK(gateway.store().release_lanes("sms").size() == 1);
    CHECK(gateway.dispatcher().start() == 0);
    REQUIRE(gateway.run_dry());
    CHECK(gateway.sender().ids() == std::vector<std::string>{id, id});
    CHECK_FALSE(gateway.store().message(id)->provider_message_id.empty());
}
