// Operations don't rely on being alone: whichever of their statements loses a race against another host, they
// are run again, and what they leave is as if nothing had happened.

#include "../../support/racing_backend.h"
#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

/// Does something again and again, each time with the next of its statements losing a race, until none is
/// left. Returns how often it was done.
template <typename Work>
int lose_each_statement(RacingStoreTest& test, Work work) {
    constexpr int most = 200;
    for (int n = 1; n <= most; ++n) {
        CAPTURE(n);
        test.race.arm(n);
        work(n);
        const bool lost = test.race.lost();
        test.race.disarm();
        if (!lost) return n;
    }
    FAIL("an operation has more statements than this test expects");
    return 0;
}

}  // namespace

TEST_CASE("A guest's message is received once whichever statement loses a race") {
    RacingStoreTest test;
    const bool same_guest = GENERATE(true, false);
    std::string conversation;
    const int times = lose_each_statement(test, [&](int n) {
        const std::string from = same_guest ? guest_number : "+1555" + std::to_string(1'000'000 + n);
        InboundMessage message = test.inbound("number " + std::to_string(n), from);
        message.consent = consent_report(ConsentKind::opt_in, hotel_number, test.now()).consent;
        message.consent->address = from;
        const ReceiveResult result = test.store->receive(message);
        CHECK_FALSE(result.duplicate);
        conversation = result.conversation_id;
    });
    CHECK(times > 5);
    CHECK(test.store->conversation(conversation)->message_count == (same_guest ? times : 1));
    CHECK(test.store->guests({}, 1000).size() == static_cast<std::size_t>(same_guest ? 1 : times));
}

TEST_CASE("An answer is sent once whichever statement loses a race") {
    RacingStoreTest test;
    int provider_id = 0;
    const int enqueued = lose_each_statement(test, [&](int n) {
        OutboundMessage message = test.outbound("number " + std::to_string(n));
        message.idempotency_key = "key " + std::to_string(n);
        message.idempotency_owner = "front-desk";
        message.request_hash = "hash";
        test.enqueue(message);
    });
    CHECK(enqueued > 5);
    CHECK(test.store->outbox().depth == enqueued);
    const int sent = lose_each_statement(test, [&](int) {
        const auto claim = test.claim();
        REQUIRE(claim);
        test.race.disarm();
        CHECK(test.store->attempts(claim->message_id).size() == 1);
        test.accept(*claim, "SM" + std::to_string(++provider_id));
    });
    CHECK(sent > 0);
    // Those were the claims' statements; here the outcomes' lose their races.
    const int finished = lose_each_statement(test, [&](int n) {
        test.race.disarm();
        test.answer("more");
        const auto claim = test.claim();
        REQUIRE(claim);
        test.race.arm(n);
        test.accept(*claim, "SM" + std::to_string(++provider_id));
        CHECK(test.store->attempts(claim->message_id).size() == 1);
    });
    CHECK(finished > 3);
    CHECK(test.store->outbox().depth + provider_id == enqueued + finished);
}

TEST_CASE("A report is applied once whichever statement loses a race") {
    RacingStoreTest test;
    const int times = lose_each_statement(test, [&](int n) {
        test.race.disarm();
        const Message message = test.answer("Welcome", "+1555" + std::to_string(1'000'000 + n));
        const auto claim = test.claim();
        REQUIRE(claim);
        const std::string id = "SM" + std::to_string(n);
        test.accept(*claim, id);
        StatusUpdate update = test.status("failed", id);
        update.opted_out = true;
        test.race.arm(n);
        CHECK(test.store->apply_status(update) == StatusResult::applied);
        CHECK(test.message(message.id).delivery.state == DeliveryState::failed);
        CHECK(test.store->consents(message.guest_id).size() == 1);
    });
    CHECK(times > 5);
}

TEST_CASE("A failed message is retried once, and withdrawn once, whichever statement loses a race") {
    RacingStoreTest test;
    const auto fail = [&](int n) {
        test.race.disarm();
        const Message message = test.answer("Welcome", "+1555" + std::to_string(1'000'000 + n));
        test.accept(*test.claim(), "SM" + std::to_string(n));
        test.store->apply_status(test.status("failed", "SM" + std::to_string(n)));
        return message;
    };
    const auto retry = [&](const Message& message) {
        OutboundMessage wish = test.outbound("Welcome", message.to);
        wish.retry_of = message.id;
        return test.store->enqueue(wish);
    };
    int last = 0;
    const int times = lose_each_statement(test, [&](int n) {
        const Message message = fail(last = n);
        test.race.arm(n);
        CHECK(std::holds_alternative<Enqueued>(retry(message)));
        CHECK(std::holds_alternative<Retried>(retry(message)));
        CHECK(test.store->outbox().depth == 1);
        test.race.disarm();
        test.store->apply_status(test.status("delivered", "SM" + std::to_string(n)));
        CHECK(test.store->outbox().depth == 0);
    });
    CHECK(times > 5);
    const int withdrawn = lose_each_statement(test, [&](int n) {
        const Message message = fail(last + n);
        CHECK(std::holds_alternative<Enqueued>(retry(message)));
        test.race.arm(n);
        CHECK(test.store->apply_status(test.status("delivered", "SM" + std::to_string(last + n))) ==
              StatusResult::applied);
        CHECK(test.message(message.id).delivery.state == DeliveryState::delivered);
        CHECK(test.store->outbox().depth == 0);
    });
    CHECK(withdrawn > 5);
}

TEST_CASE("A race that is lost again and again is told as unavailable, and nothing was changed") {
    RacingStoreTest test;
    int runs = 0;
    CHECK_THROWS_AS(test.backend_of_store().write([&](Transaction& tx) {
        ++runs;
        tx.db().run("INSERT INTO settings (name, value) VALUES ('race', 'lost')");
        throw LostRace("always");
    }),
                    Unavailable);
    CHECK(runs == LostRace::max_runs);
    test.backend_of_store().read([](Session& session) {
        CHECK_FALSE(session.query("SELECT 1 FROM settings WHERE name = 'race'").step());
        return true;
    });
}
