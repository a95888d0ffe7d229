#include "plugins/control_thread.h"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <vector>

using namespace jackgw;

TEST_CASE("Tasks run on one other thread, in their order, all before the end") {
    std::vector<int> order;
    std::thread::id first;
    std::thread::id second;
    {
        plugins::ControlThread control;
        for (int i = 0; i < 100; ++i) control.post([&order, i] { order.push_back(i); });
        first = control.run([] { return std::this_thread::get_id(); });
        second = control.run([] { return std::this_thread::get_id(); });
        control.post([&order] { order.push_back(100); });
    }
    CHECK(first == second);
    CHECK(first != std::this_thread::get_id());
    REQUIRE(order.size() == 101);
    CHECK(std::is_sorted(order.begin(), order.end()));
}

TEST_CASE("What a task throws reaches who waits for it") {
    plugins::ControlThread control;
    CHECK_THROWS_WITH(control.run([]() -> int { throw std::runtime_error("no"); }), "no");
    CHECK(control.run([] { return 7; }) == 7);
}
