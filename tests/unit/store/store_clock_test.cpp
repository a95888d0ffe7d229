#include "store/store_clock.h"

#include <catch2/catch.hpp>
#include <vector>

#include "../../support/fake_clock.h"

using namespace jackgw;
using namespace jackgw::store;
using namespace jackgw::test;
using namespace std::chrono_literals;

namespace {

/// The program's runs on one machine, each with a clock that goes on from what the last one saved.
struct Machine {
    FakeClock clock;
    std::vector<ClockJump> jumps;
    std::optional<ClockAnchor> saved;

    std::unique_ptr<StoreClock> start() {
        return std::make_unique<StoreClock>(clock, saved,
                                            [this](const ClockJump& jump) { jumps.push_back(jump); });
    }
    void save(StoreClock& store) { saved = store.anchor(store.now()); }
};

}  // namespace

TEST_CASE("A store that is new begins with the wall clock, and both go on together") {
    Machine machine;
    const auto store = machine.start();
    const Moment begin = store->now();
    CHECK(to_micros(begin.store) == to_micros(begin.wall));
    machine.clock.advance(1h);
    const Moment later = store->now();
    CHECK(later.store - begin.store == 1h);
    CHECK(later.wall - begin.wall == 1h);
    CHECK(machine.jumps.empty());
}

TEST_CASE("Setting the wall clock moves the wall time alone, and is told once") {
    Machine machine;
    const auto store = machine.start();
    const Moment begin = store->now();
    const auto by = GENERATE(as<std::chrono::microseconds>{}, 2h, -2h, 3s, -3s);
    machine.clock.set_wall_by(by);
    machine.clock.advance(1min);
    const Moment after = store->now();
    CHECK(after.store - begin.store == 1min);
    CHECK(after.wall - begin.wall == by + 1min);
    store->now();
    REQUIRE(machine.jumps.size() == 1);
    CHECK(machine.jumps[0].by == by);
    CHECK_FALSE(machine.jumps[0].while_down);
}

TEST_CASE("A wall clock that is slewed was not set") {
    Machine machine;
    const auto store = machine.start();
    for (int i = 0; i < 100; ++i) {
        machine.clock.advance(10s);
        machine.clock.set_wall_by(5ms);
        store->now();
    }
    CHECK(machine.jumps.empty());
}

TEST_CASE("Within one boot the time that the program was down counts by the boot's clock") {
    Machine machine;
    auto store = machine.start();
    machine.save(*store);
    const StoreTime before = machine.saved->now.store;
    const auto by = GENERATE(as<std::chrono::microseconds>{}, 0s, 5h, -5h);
    machine.clock.advance(10min);
    machine.clock.set_wall_by(by);
    store = machine.start();
    CHECK(store->now().store - before == 10min);
    if (by == 0s) {
        CHECK(machine.jumps.empty());
    } else {
        REQUIRE(machine.jumps.size() == 1);
        CHECK(machine.jumps[0].by == by);
        CHECK(machine.jumps[0].while_down);
    }
}

TEST_CASE("Over a reboot the time that the machine was off counts in full") {
    Machine machine;
    auto store = machine.start();
    machine.save(*store);
    const StoreTime before = machine.saved->now.store;
    machine.clock.advance(3h);
    machine.clock.reboot("the second boot");
    store = machine.start();
    CHECK(store->now().store - before == 3h);
    machine.clock.advance(1s);
    CHECK(store->now().store - before == 3h + 1s);
    CHECK(machine.jumps.empty());
}

TEST_CASE("A wall clock that came up behind takes nothing back") {
    Machine machine;
    auto store = machine.start();
    machine.save(*store);
    const StoreTime before = machine.saved->now.store;
    machine.clock.set_wall_by(-48h);
    machine.clock.reboot("the second boot");
    store = machine.start();
    CHECK(store->now().store == before);
    machine.clock.advance(1min);
    CHECK(store->now().store - before == 1min);
}

TEST_CASE("A boot's clock that is behind what was saved is another boot's") {
    Machine machine;
    auto store = machine.start();
    machine.save(*store);
    machine.saved->boot += 1000h;  // a database from a machine with the same boot id, a copied container say
    const StoreTime before = machine.saved->now.store;
    machine.clock.advance(1h);
    store = machine.start();
    CHECK(store->now().store - before == 1h);
}

TEST_CASE("The wall time of a moment to come is shown as the clock stands") {
    Machine machine;
    const auto store = machine.start();
    machine.clock.set_wall_by(2h);
    const Moment now = store->now();
    CHECK(now.wall_at(now.store + 5min) == now.wall + 5min);
}
