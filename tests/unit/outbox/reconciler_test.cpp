#include "outbox/reconciler.h"

#include <catch2/catch.hpp>

#include "../../support/fake_channel.h"
#include "../../support/fake_clock.h"
#include "../../support/unused_outbox.h"
#include "base/errors.h"

using namespace std::chrono_literals;
using namespace jackgw;
using namespace jackgw::test;

namespace {

/// Doubts that a test has put in, each due until it is answered. For one thread.
class FakeDoubts final : public UnusedOutbox {
  public:
    explicit FakeDoubts(const Clock& clock) : clock_(clock) {}

    void add(const std::string& id, std::int32_t asked = 0, std::chrono::hours age = 0h) {
        store::Doubt doubt;
        doubt.channel = "sms";
        doubt.attempt.attempt_id = id;
        doubt.attempt.ended_at = clock_.now() - age;
        doubt.asked = asked;
        due.push_back(doubt);
    }

    store::DueDoubts due_doubts(std::string_view channel, std::size_t limit) override {
        ++looks;
        if (broken) throw Unavailable("the disk is full");
        store::DueDoubts found;
        for (const store::Doubt& doubt : due)
            if (doubt.channel == channel && found.items.size() < limit) found.items.push_back(doubt);
        found.next_due_in = next_due_in;
        return found;
    }
    store::DoubtChange note_doubt(const store::DoubtAnswer& answer) override {
        answers.push_back(answer);
        if (answer.result.kind != Reconciliation::unavailable)
            std::erase_if(due, [&](const store::Doubt& doubt) {
                return doubt.attempt.attempt_id == answer.attempt_id;
            });
        return store::DoubtChange::noted;
    }

    std::vector<store::Doubt> due;
    std::vector<store::DoubtAnswer> answers;
    std::optional<std::chrono::microseconds> next_due_in;
    bool broken = false;
    int looks = 0;

  private:
    const Clock& clock_;
};

struct Setup {
    Setup() {
        directory.set("sms", sender);
        sender->on_reconcile([this](const DoubtfulAttempt&) {
            return ReconcileResult{answer, {}, "because"};
        });
    }

    FakeClock clock;
    FakeDoubts store{clock};
    FakeDirectory directory;
    std::shared_ptr<ScriptedSender> sender = std::make_shared<ScriptedSender>();
    Reconciliation answer = Reconciliation::taken;
    outbox::Reconciler reconciler{store, directory, clock, {"sms", "mail"}};
};

}  // namespace

TEST_CASE("each answer is noted with the wait that follows from it", "[outbox][reconciler]") {
    struct Row {
        Reconciliation kind;
        std::int32_t asked;
        std::chrono::hours age;
        std::optional<std::chrono::minutes> again;
    };
    const auto row = GENERATE(values<Row>({
        {Reconciliation::taken, 0, 0h, 2min},
        {Reconciliation::absent, 0, 0h, 2min},
        {Reconciliation::absent, 7, 100h, 2min},  // a second search still settles it
        {Reconciliation::cant_tell, 0, 0h, 2min},
        {Reconciliation::cant_tell, 1, 0h, 4min},
        {Reconciliation::cant_tell, 3, 0h, 16min},
        {Reconciliation::cant_tell, 2'000'000'000, 0h, 60min},
        {Reconciliation::cant_tell, 9, 49h, 60min},  // the wall clock alone says little
        {Reconciliation::cant_tell, 60, 49h, std::nullopt},
        {Reconciliation::unavailable, 0, 0h, 2min},
        {Reconciliation::not_supported, 0, 0h, std::nullopt},
    }));
    CAPTURE(to_string(row.kind), row.asked);
    Setup setup;
    setup.answer = row.kind;
    setup.store.add("a", row.asked, row.age);
    setup.reconciler.tick();
    REQUIRE(setup.store.answers.size() == 1);
    CHECK(setup.store.answers[0].attempt_id == "a");
    CHECK(setup.store.answers[0].result.kind == row.kind);
    CHECK(setup.store.answers[0].again_after == row.again);
}

TEST_CASE("a channel that takes no questions rests for longer and longer", "[outbox][reconciler]") {
    Setup setup;
    setup.answer = Reconciliation::unavailable;
    setup.store.add("a");
    setup.store.add("b");
    for (const auto rest : {5s, 10s, 20s}) {
        const std::size_t before = setup.store.answers.size();
        setup.reconciler.tick();
        CHECK(setup.store.answers.size() == before + 1);  // and no second question
        setup.clock.advance(rest - 1ms);
        setup.reconciler.tick();
        CHECK(setup.store.answers.size() == before + 1);
        setup.clock.advance(1ms);
    }
}

TEST_CASE("without a plugin nobody is asked", "[outbox][reconciler]") {
    Setup setup;
    setup.directory.set("sms", nullptr);
    setup.store.add("a");
    setup.reconciler.tick();
    CHECK(setup.store.answers.empty());
    setup.directory.set("sms", setup.sender);
    setup.clock.advance(30s);
    setup.reconciler.tick();
    CHECK(setup.store.answers.size() == 1);
}

TEST_CASE("a store that fails is asked again later", "[outbox][reconciler]") {
    Setup setup;
    setup.store.broken = true;
    setup.store.add("a");
    CHECK(setup.reconciler.tick() == setup.clock.steady_now() + 5s);
    const int looks = setup.store.looks;
    setup.reconciler.tick();
    CHECK(setup.store.looks == looks);
    setup.store.broken = false;
    setup.clock.advance(5s);
    setup.reconciler.tick();
    CHECK(setup.store.answers.size() == 1);
}

TEST_CASE("the next look is when the next doubt is due", "[outbox][reconciler]") {
    Setup setup;
    setup.store.next_due_in = 3s;
    CHECK(setup.reconciler.tick() == setup.clock.steady_now() + 3s);
    setup.store.next_due_in = 3h;
    CHECK(setup.reconciler.tick() == setup.clock.steady_now() + 30s);
}
