// A gateway that dies with attempts in flight sends none of them again.

#include <catch2/catch.hpp>
#include <random>
#include <set>

#include "../../support/claim_one.h"
#include "gateway.h"

using namespace std::chrono_literals;
using namespace jackgw;
using namespace jackgw::test;

namespace {

const store::Lane front_desk{"sms", "+15550000001"};

std::string guest(int number) {
    return "+1555000" + std::to_string(1000 + number);
}

/// What a sender was asked and answered, in order, for each message.
class Ledger {
  public:
    void note(const std::string& message_id, OutcomeKind kind) {
        const std::lock_guard lock(mutex_);
        answers_[message_id].push_back(kind);
    }

    /// At most once without a positive answer: only a refusal may be followed by another attempt.
    void check() const {
        const std::lock_guard lock(mutex_);
        for (const auto& [id, kinds] : answers_)
            for (std::size_t i = 0; i + 1 < kinds.size(); ++i) {
                CAPTURE(id, i);
                CHECK(kinds[i] == OutcomeKind::refused_for_now);
            }
    }

    bool was_sent(const std::string& message_id) const {
        const std::lock_guard lock(mutex_);
        return answers_.contains(message_id);
    }

  private:
    mutable std::mutex mutex_;
    std::map<std::string, std::vector<OutcomeKind>> answers_;
};

}  // namespace

TEST_CASE("attempts in flight when the gateway died are unknown and not sent again", "[outbox][sqlite]") {
    Gateway gateway(accepted);
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i) ids.push_back(gateway.enqueue(front_desk, guest(i)));
    const std::string behind = gateway.enqueue(front_desk, guest(0));

    // Claimed, perhaps sent, and then the machine lost power.
    std::set<std::string> claimed;
    for (int i = 0; i < 3; ++i) claimed.insert(claim_one(gateway.store(), front_desk).value().message_id);
    gateway.close();
    gateway.open();

    CHECK(gateway.dispatcher().start() == 3);
    REQUIRE(gateway.run_dry());
    CHECK(gateway.dispatcher().stop(20s));
    CHECK(gateway.store().outbox().unknown == 3);
    CHECK(gateway.sender().count() == 3);
    for (const std::string& id : gateway.sender().ids()) CHECK_FALSE(claimed.contains(id));
    for (const std::string& id : claimed) {
        CHECK(gateway.store().message(id)->delivery.state == DeliveryState::unknown);
        CHECK(gateway.store().attempts(id).size() == 1);
    }
    // Held back for the settling delay, then on its way.
    CHECK(gateway.sender().ids().back() == behind);
    CHECK(gateway.clock().now() - *parse_iso8601("2026-11-22T12:00:00Z") >= 2min);
}

TEST_CASE("whatever happens, nothing is sent twice without a refusal in between",
          "[outbox][sqlite][property]") {
    const std::uint32_t seed = std::random_device{}();
    CAPTURE(seed);
    std::mt19937 random(seed);
    std::mutex random_mutex;
    const auto chance = [&](int percent) {
        const std::lock_guard lock(random_mutex);
        return std::uniform_int_distribution<int>(0, 99)(random) < percent;
    };
    Ledger ledger;
    Gateway gateway([&](const Outgoing& message) {
        Outcome outcome = accepted(message);
        if (chance(25))
            outcome = outcome_of(OutcomeKind::refused_for_now, "RATE_LIMITED");
        else if (chance(10))
            outcome = outcome_of(OutcomeKind::unknown, "TIMEOUT");
        else if (chance(10))
            outcome = outcome_of(OutcomeKind::rejected, "INVALID_NUMBER");
        ledger.note(message.message_id, outcome.kind);
        return outcome;
    });
    std::vector<std::string> ids;
    for (int life = 0; life < 5; ++life) {
        for (int i = 0; i < 40; ++i)
            ids.push_back(
                gateway.enqueue(front_desk, guest(i % 7), chance(20) ? Priority::high : Priority::standard));
        gateway.dispatcher().start();
        for (int i = 0; i < 10; ++i) {
            gateway.clock().advance(1s);
            gateway.dispatcher().notify();
            const std::size_t before = gateway.sender().count();
            eventually([&] { return gateway.sender().count() > before; }, 5ms);
        }
        CHECK(gateway.dispatcher().stop(20s));
        // It dies after the claim; what was handed to the provider then has no outcome.
        if (const auto claim = claim_one(gateway.store(), front_desk)) {
            ledger.note(claim->message_id, OutcomeKind::unknown);
        }
        gateway.close();
        gateway.open();
    }
    gateway.dispatcher().start();
    REQUIRE(gateway.run_dry());
    CHECK(gateway.dispatcher().stop(20s));
    ledger.check();
    CHECK(gateway.sender().overlaps() == 0);
    for (const std::string& id : ids) CHECK(ledger.was_sent(id));
}
