// When a doubtful attempt is asked about again, and when it is given up.
#include "outbox/reconciler.h"

#include <catch2/catch.hpp>

#include "../../support/fake_channel.h"
#include "../../support/fake_clock.h"
#include "../../support/unused_outbox.h"

using namespace jackgw;
using namespace jackgw::test;
using namespace std::chrono_literals;

namespace {

/// One doubt that is always due.
class OneDoubt final : public UnusedOutbox {
  public:
    store::Doubt doubt;
    std::optional<store::DoubtAnswer> answer;

    store::DueDoubts due_doubts(std::string_view, std::size_t) override { return {{doubt}, 0us}; }
    store::DoubtChange note_doubt(const store::DoubtAnswer& said) override {
        answer = said;
        ++doubt.asked;
        return said.again_after ? store::DoubtChange::noted : store::DoubtChange::given_up;
    }
};

struct Asking {
    explicit Asking(Reconciliation kind) {
        store.doubt.attempt.ended_at = clock.now();
        sender->on_reconcile([kind](const DoubtfulAttempt&) { return ReconcileResult{kind, {}, {}}; });
        directory.set("sms", sender);
    }
    /// The wait that follows from the next question; nothing: it is given up.
    std::optional<std::chrono::microseconds> ask() {
        clock.advance(10min);
        reconciler.tick();
        return store.answer.value().again_after;
    }

    FakeClock clock;
    OneDoubt store;
    FakeDirectory directory;
    std::shared_ptr<ScriptedSender> sender = std::make_shared<ScriptedSender>();
    outbox::Reconciler reconciler{store, directory, clock, {"sms"}};
};

}  // namespace

TEST_CASE("while the provider can't tell, it is asked after waits that double", "[outbox][reconciler]") {
    Asking asking(GENERATE(Reconciliation::cant_tell, Reconciliation::unavailable));
    for (const auto wait : {2min, 4min, 8min, 16min, 32min, 60min, 60min}) CHECK(asking.ask() == wait);
}

TEST_CASE("a provider that never tells isn't asked for ever", "[outbox][reconciler]") {
    Asking asking(Reconciliation::cant_tell);
    for (int i = 0; i < 60; ++i) asking.ask();
    CHECK(asking.ask());
    asking.clock.advance(48h);
    CHECK_FALSE(asking.ask());
}

TEST_CASE("no doubt is given up because somebody set the clock", "[outbox][reconciler]") {
    Asking asking(Reconciliation::cant_tell);
    asking.clock.set_wall_by(std::chrono::days{20'000});
    for (int i = 0; i < 25; ++i) CHECK(asking.ask());
}
