#include "store/sqlite/write_probe.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "../../support/fake_clock.h"
#include "base/errors.h"

using namespace jackgw;
using namespace jackgw::store::sqlite;
using namespace std::chrono_literals;

namespace {

/// A probe whose writes end when the test says so.
struct Probed {
    test::FakeClock clock;
    std::vector<std::promise<void>> writes;
    WriteProbe probe{clock,
                     [this] {
                         writes.emplace_back();
                         return writes.back().get_future();
                     },
                     50ms};
};

}  // namespace

TEST_CASE("All who ask at once share one write") {
    test::FakeClock clock;
    std::promise<void> write;
    std::atomic<int> begun{0};
    WriteProbe probe(clock, [&] {
        ++begun;
        return write.get_future();
    });
    std::atomic<int> content{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&] {
            probe.check();
            ++content;
        });
    write.set_value();
    for (std::thread& thread : threads) thread.join();
    CHECK(begun == 1);
    CHECK(content == 8);
}

TEST_CASE("A result holds for a second, a bad one too") {
    Probed probed;
    CHECK_THROWS_AS(probed.probe.check(), Unavailable);  // it doesn't end
    probed.writes.back().set_exception(std::make_exception_ptr(OutcomeUnknown("the disk failed")));
    CHECK_THROWS_AS(probed.probe.check(), OutcomeUnknown);
    CHECK(probed.writes.size() == 1);
    probed.clock.advance(WriteProbe::period);
    CHECK_THROWS_AS(probed.probe.check(), Unavailable);
    probed.writes.back().set_value();
    CHECK_NOTHROW(probed.probe.check());
    CHECK(probed.writes.size() == 2);
}

TEST_CASE("While a write hangs nobody waits longer than the patience, and no other is begun") {
    Probed probed;
    for (int i = 0; i < 3; ++i) {
        CHECK_THROWS_AS(probed.probe.check(), Unavailable);
        probed.clock.advance(10s);
    }
    CHECK(probed.writes.size() == 1);
}
