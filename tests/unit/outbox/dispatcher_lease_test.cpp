// Leases, batches, and what lies between a claim and its sending.

#include <catch2/catch.hpp>
#include <vector>

#include "harness.h"
#include "outbox/dispatcher.h"

using namespace std::chrono_literals;
using namespace jackgw;
using namespace jackgw::test;

namespace {

const store::Lane front_desk{"sms", "+15550000001"};
const store::Lane spa{"sms", "+15550000002"};

/// Workers whose jobs run when the test says so.
class HeldWorkers final : public outbox::Workers {
  public:
    explicit HeldWorkers(std::vector<std::function<void()>>& jobs) : jobs_(jobs) {}

    std::size_t make_ready(std::size_t wanted) override { return wanted; }
    void submit(std::function<void()> job) override { jobs_.push_back(std::move(job)); }
    std::size_t max_threads() const override { return 100; }
    std::size_t threads() const override { return 0; }
    std::size_t busy() const override { return 0; }
    bool wait_idle(std::chrono::milliseconds) override { return true; }

  private:
    std::vector<std::function<void()>>& jobs_;
};

struct Held {
    Held() {
        directory.set("sms", sender);
        outbox::DispatcherOptions options = Harness::quick(8);
        options.make_workers = [this](std::function<void()>) { return std::make_unique<HeldWorkers>(jobs); };
        dispatcher = std::make_unique<outbox::Dispatcher>(
            store, directory, clock, outbox::Pacing(Harness::fast()), std::move(options), told.hooks());
        clock.advance(1s);
    }

    void run_jobs() {
        for (const auto& job : jobs) job();
        jobs.clear();
    }

    FakeClock clock;
    FakeOutbox store{clock};
    FakeDirectory directory;
    Told told;
    std::shared_ptr<ScriptedSender> sender = std::make_shared<ScriptedSender>();
    std::vector<std::function<void()>> jobs;
    std::unique_ptr<outbox::Dispatcher> dispatcher;
};

}  // namespace

TEST_CASE("all that may go, of all lanes, is claimed in one call", "[outbox][dispatcher]") {
    Held held;
    int calls = 0;
    held.store.on_claim_call = [&] { ++calls; };
    for (int i = 0; i < 10; ++i) {
        held.store.add("a" + std::to_string(i), front_desk, "+1" + std::to_string(i));
        held.store.add("b" + std::to_string(i), spa, "+1" + std::to_string(i));
    }
    held.dispatcher->tick();
    CHECK(held.jobs.size() == 20);
    CHECK(calls == 1);
    held.run_jobs();
    CHECK(held.sender->count() == 20);
}

TEST_CASE("an attempt whose lease has ended is not sent", "[outbox][dispatcher]") {
    Held held;
    held.store.add("a", front_desk, "+1");
    held.dispatcher->tick();
    REQUIRE(held.jobs.size() == 1);
    held.clock.advance(10min);  // stopped, or asleep
    held.run_jobs();
    CHECK(held.sender->count() == 0);
    const auto finished = held.store.finished();
    REQUIRE(finished.size() == 1);
    CHECK(finished[0].outcome.kind == OutcomeKind::refused_for_now);
    CHECK(finished[0].outcome.error_code == "LEASE_ENDED");
    CHECK(is_outside(finished[0].outcome.concern));
}

TEST_CASE("a sender is told until when its attempt is its own", "[outbox][dispatcher]") {
    Held held;
    held.store.add("a", front_desk, "+1");
    const BootTime claimed = held.clock.boot_now();
    held.dispatcher->tick();
    held.clock.advance(1min);
    held.run_jobs();
    CHECK(held.sender->sent().at(0).lease_ends == claimed + 10min);
}

TEST_CASE("a message whose channel was taken away after its claim is not lost", "[outbox][dispatcher]") {
    Held held;
    held.store.add("a", front_desk, "+1");
    held.dispatcher->tick();
    held.directory.set("sms", nullptr);
    held.run_jobs();
    CHECK(held.sender->count() == 0);
    REQUIRE(held.store.finished().size() == 1);
    CHECK(held.store.finished()[0].outcome.error_code == "CHANNEL_NOT_READY");
}

TEST_CASE("an attempt that takes longer than it may is told of, once", "[outbox][dispatcher]") {
    Held held;
    held.store.add("a", front_desk, "+1");
    held.dispatcher->tick();
    for (int i = 0; i < 12; ++i) {
        held.clock.advance(10s);
        held.dispatcher->tick();
    }
    REQUIRE(held.told.problems().size() == 1);
    CHECK_THAT(held.told.problems()[0], Catch::Contains("a#1") && Catch::Contains("stuck"));
    held.run_jobs();
}

TEST_CASE("what is sent after a reload uses what was loaded", "[outbox][dispatcher]") {
    Held held;
    held.store.add("a", front_desk, "+1");
    held.dispatcher->tick();
    const auto loaded = std::make_shared<ScriptedSender>();
    held.directory.set("sms", loaded);
    held.run_jobs();
    CHECK(held.sender->count() == 0);
    CHECK(loaded->count() == 1);
}
