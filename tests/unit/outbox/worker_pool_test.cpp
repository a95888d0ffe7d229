#include "outbox/worker_pool.h"

#include <atomic>
#include <catch2/catch.hpp>

#include "../../support/eventually.h"
#include "../../support/fake_channel.h"

using namespace std::chrono_literals;
using jackgw::outbox::WorkerPool;
using jackgw::test::eventually;
using jackgw::test::Gate;

TEST_CASE("threads are made on demand, up to the limit, and kept", "[outbox][worker_pool]") {
    std::atomic<int> freed = 0;
    Gate gate;
    WorkerPool pool(2, [&] { ++freed; });
    CHECK(pool.threads() == 0);

    REQUIRE(pool.ready());
    CHECK(pool.threads() == 1);
    REQUIRE(pool.ready());  // asking again makes no second one
    CHECK(pool.threads() == 1);
    pool.submit([&] { gate.pass(); });
    REQUIRE(pool.ready());
    CHECK(pool.threads() == 2);
    pool.submit([&] { gate.pass(); });
    CHECK(pool.busy() == 2);
    CHECK_FALSE(pool.ready());
    CHECK_FALSE(pool.wait_idle(0ms));

    gate.open();
    CHECK(pool.wait_idle(20s));
    CHECK(eventually([&] { return freed == 2; }));
    CHECK(pool.ready());
    CHECK(pool.threads() == 2);
}

TEST_CASE("a worker counts as free before it says so", "[outbox][worker_pool]") {
    std::atomic<bool> seen_free = false;
    WorkerPool* observed = nullptr;
    WorkerPool pool(1, [&] { seen_free = observed->busy() == 0; });
    observed = &pool;
    REQUIRE(pool.ready());
    pool.submit([] {});
    CHECK(eventually([&] { return seen_free.load(); }));
}

TEST_CASE("the end waits for the jobs that run", "[outbox][worker_pool]") {
    std::atomic<int> done = 0;
    {
        WorkerPool pool(8, [] {});
        for (int i = 0; i < 8; ++i) {
            REQUIRE(pool.ready());
            pool.submit([&] { ++done; });
        }
    }
    CHECK(done == 8);
}

TEST_CASE("what a job holds is gone when its worker is free", "[outbox][worker_pool]") {
    WorkerPool pool(1, [] {});
    auto held = std::make_shared<int>(1);
    const std::weak_ptr<int> watched = held;
    REQUIRE(pool.ready());
    pool.submit([held = std::move(held)] {});
    CHECK(pool.wait_idle(20s));
    CHECK(watched.expired());
}
