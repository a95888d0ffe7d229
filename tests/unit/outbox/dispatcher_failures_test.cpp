// Outcomes other than accepted, senders that misbehave, a store that fails.

#include <catch2/catch.hpp>
#include <stdexcept>

#include "harness.h"
#include "outbox/dispatcher.h"

using namespace std::chrono_literals;
using namespace jackgw;
using namespace jackgw::test;
using Ids = std::vector<std::string>;
using State = FakeOutbox::State;

namespace {

const store::Lane front_desk{"sms", "+15550000001"};
const store::Lane spa{"sms", "+15550000002"};

ScriptedSender::Script always(OutcomeKind kind, std::string code) {
    return [kind, code](const Outgoing&) { return outcome_of(kind, code); };
}

}  // namespace

TEST_CASE("a refused message has four attempts and keeps its error", "[outbox][dispatcher]") {
    Harness h(always(OutcomeKind::refused_for_now, "RATE_LIMITED"));
    h.clock.advance(1s);
    h.store.add("a", front_desk, "+1");
    h.store.add("next", front_desk, "+1");
    for (const auto wait : {0s, 6s, 12s, 24s}) {
        h.clock.advance(wait);
        h.settle();
    }
    const auto finished = h.store.finished();
    REQUIRE(finished.size() == 5);  // the last one is "next", which had to wait
    for (std::size_t i = 0; i < 4; ++i) CHECK(finished[i].attempt_id == "a#" + std::to_string(i + 1));
    CHECK(finished[2].retry_after);
    CHECK_FALSE(finished[3].retry_after);
    CHECK(finished[3].outcome.error_code == "RATE_LIMITED");
    CHECK(finished[4].attempt_id == "next#1");
    CHECK(h.store.state("a") == State::failed);
}

TEST_CASE("a rejected message is not tried again", "[outbox][dispatcher]") {
    Harness h(always(OutcomeKind::rejected, "INVALID_NUMBER"));
    h.clock.advance(1s);
    h.store.add("a", front_desk, "+1");
    h.settle();
    h.clock.advance(1h);
    h.settle();
    CHECK(h.sender->ids() == Ids{"a"});
    CHECK(h.store.state("a") == State::failed);
}

TEST_CASE("an unknown outcome is never sent again and holds its own recipient back", "[outbox][dispatcher]") {
    Harness h([](const Outgoing& message) {
        return message.message_id == "a" ? outcome_of(OutcomeKind::unknown, "TIMEOUT") : accepted(message);
    });
    h.clock.advance(1s);
    h.store.add("a", front_desk, "+1");
    h.store.add("b", front_desk, "+1");
    h.store.add("c", front_desk, "+2");
    h.settle();
    for (const auto& finish : h.store.finished())
        CHECK(finish.settle_for.has_value() == (finish.attempt_id == "a#1"));
    CHECK(h.store.state("a") == State::unknown);
    CHECK(h.store.state("b") == State::waiting);
    CHECK(h.store.state("c") == State::accepted);
    for (int i = 0; i < 100; ++i) {
        h.clock.advance(1min);
        h.settle();
    }
    CHECK(std::ranges::count(h.sender->ids(), "a") == 1);
    CHECK(h.store.state("b") == State::accepted);  // it waited for the settling delay only
}

TEST_CASE("a misconfigured lane is held, its message keeps its attempts", "[outbox][dispatcher]") {
    bool repaired = false;
    Harness h([&](const Outgoing& message) {
        if (message.from == front_desk.sender && !repaired)
            return outcome_of(OutcomeKind::misconfigured, "AUTHENTICATION_FAILED");
        return accepted(message);
    });
    h.clock.advance(1s);
    h.store.add("a", front_desk, "+1");
    h.store.add("b", front_desk, "+1");
    h.store.add("c", spa, "+1");
    h.settle();
    h.clock.advance(1h);
    h.settle();
    CHECK(h.sender->count() == 2);  // one of each lane
    CHECK(h.store.held() == std::map<store::Lane, std::string>{{front_desk, "AUTHENTICATION_FAILED"}});
    CHECK(h.store.state("a") == State::waiting);

    repaired = true;
    h.store.release(front_desk);
    h.settle();
    CHECK(h.store.state("a") == State::accepted);
    CHECK(h.store.state("b") == State::accepted);
}

TEST_CASE("a sender that throws leaves an unknown outcome", "[outbox][dispatcher]") {
    Harness h([](const Outgoing& message) -> Outcome {
        if (message.message_id == "a") throw std::runtime_error("broken\xff pipe");
        throw 42;
    });
    h.clock.advance(1s);
    h.store.add("a", front_desk, "+1");
    h.settle();
    h.store.add("b", front_desk, "+2");
    h.settle();
    const auto finished = h.store.finished();
    REQUIRE(finished.size() == 2);
    for (const auto& finish : finished) {
        CHECK(finish.outcome.kind == OutcomeKind::unknown);
        CHECK(finish.outcome.error_code == "SENDER_FAILED");
        CHECK(finish.settle_for == 2min);
    }
    CHECK(finished[0].outcome.error_message == "broken\xef\xbf\xbd pipe");  // what a store can keep
    CHECK(h.sender->count() == 2);
}

TEST_CASE("scopes of an opt-out that no store can keep are left out, not mended", "[outbox][dispatcher]") {
    Harness h([](const Outgoing&) {
        Outcome outcome = outcome_of(OutcomeKind::rejected, "UNSUBSCRIBED");
        outcome.opted_out = true;
        outcome.opt_out_scopes = {"MG1", "", "MG\xff", std::string("M\0G", 3), "MG2"};
        return outcome;
    });
    h.clock.advance(1s);
    h.store.add("a", front_desk, "+1");
    h.settle();
    const auto finished = h.store.finished();
    REQUIRE(finished.size() == 1);
    CHECK(finished[0].outcome.opt_out_scopes == std::vector<std::string>{"MG1", "MG2"});
}

TEST_CASE("an outcome that the store refuses is offered until it is recorded, once", "[outbox][dispatcher]") {
    Harness h;
    h.clock.advance(1s);
    h.store.add("a", front_desk, "+1");
    h.store.fail_finishes(7);
    h.settle();
    CHECK(h.store.finish_calls() == 8);
    CHECK(h.store.finished().size() == 1);
    CHECK(h.sender->count() == 1);
    CHECK(h.told.problems().size() == 7);
    REQUIRE(h.told.attempts().size() == 1);
    CHECK(h.told.attempts()[0].recorded);
}

TEST_CASE("a sender is let go before the store is waited for", "[outbox][dispatcher]") {
    Harness h;
    h.clock.advance(1s);
    h.store.add("a", front_desk, "+1");
    h.store.fail_finishes(1'000'000);
    h.dispatcher->tick();
    REQUIRE(eventually([&] { return h.store.finish_calls() > 3; }));
    const std::weak_ptr<Sender> watched = h.sender;
    h.directory.set("sms", nullptr);
    h.sender.reset();
    CHECK(watched.expired());
    h.store.fail_finishes(0);
    CHECK(eventually([&] { return h.dispatcher->stats().in_flight == 0; }));
}

TEST_CASE("while the store fails it is left alone for longer and longer", "[outbox][dispatcher]") {
    Harness h;
    h.clock.advance(1s);
    h.store.add("a", front_desk, "+1");
    h.store.fail_promotions(3);
    CHECK(h.dispatcher->tick() == h.clock.steady_now() + 1ms);
    CHECK(h.dispatcher->tick() == h.clock.steady_now() + 1ms);  // woken too early: it isn't asked
    CHECK(h.store.promotions() == 1);
    h.clock.advance(1ms);
    CHECK(h.dispatcher->tick() == h.clock.steady_now() + 2ms);
    h.clock.advance(2ms);
    CHECK(h.dispatcher->tick() == h.clock.steady_now() + 2ms);
    h.clock.advance(2ms);
    h.settle();
    CHECK(h.store.claimed() == Ids{"a"});
    CHECK(h.told.problems().size() == 3);
    CHECK_THAT(h.told.problems().at(0), Catch::Contains("the disk is full"));
}

TEST_CASE("a lane on which the store fails doesn't stop the others", "[outbox][dispatcher]") {
    Harness h;
    h.clock.advance(1s);
    h.store.add("a", front_desk, "+1");
    h.store.add("b", spa, "+1");
    h.store.on_claim = [&](const store::Lane& lane) {
        if (lane == front_desk) throw store::StoreError("a damaged page");
    };
    for (int i = 0; i < 5 && h.sender->count() == 0; ++i) {
        h.dispatcher->tick();
        eventually([&] { return h.dispatcher->stats().in_flight == 0; });
        h.clock.advance(10ms);
    }
    CHECK(h.sender->ids() == Ids{"b"});
}

TEST_CASE("an observer that throws does no harm", "[outbox][dispatcher]") {
    FakeClock clock;
    FakeOutbox store{clock};
    FakeDirectory directory;
    const auto sender = std::make_shared<ScriptedSender>();
    directory.set("sms", sender);
    const outbox::Hooks hooks{[](const outbox::FinishedAttempt&) { throw std::runtime_error("no"); },
                              [](std::string_view) { throw std::runtime_error("no"); }};
    outbox::Dispatcher dispatcher(store, directory, clock, outbox::Pacing(Harness::fast()), Harness::quick(2),
                                  hooks);
    clock.advance(1s);
    store.fail_finishes(1);
    store.add("a", front_desk, "+1");
    dispatcher.tick();
    CHECK(eventually([&] { return store.state("a") == State::accepted; }));
    CHECK(eventually([&] { return dispatcher.stats().in_flight == 0; }));
}
