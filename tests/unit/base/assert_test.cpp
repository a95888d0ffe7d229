#include "base/assert.h"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <memory>

#include "in_child.h"

using namespace jackgw;

TEST_CASE("An assertion that holds does nothing, and its condition is taken once") {
    int taken = 0;
    JACKGW_ASSERT(++taken == 1, "it is the first time");
    CHECK(taken == 1);
    const auto pointer = std::make_unique<int>(1);
    JACKGW_ASSERT(pointer, "what converts to bool will do");
    if (taken == 1)
        JACKGW_ASSERT(taken == 1, "it is one statement");
    else
        FAIL();
}

TEST_CASE("A broken assertion says in one line what must hold and where, and aborts") {
    const int line = __LINE__ + 3;
    const test::ChildEnd end = test::in_child([] {
        const int days = -1;
        JACKGW_ASSERT(days >= 0 && "a\n" != nullptr, "a stay has a length");
    });
    CHECK(end.said == "assertion failed in assert_test.cpp:" + std::to_string(line) +
                          ": a stay has a length (days >= 0 && \"a\\n\" != nullptr)\n");
    CHECK(end.signal == SIGABRT);
}

TEST_CASE("Of a file the name alone is shown, and it stays one line") {
    const auto [file, name] = GENERATE(table<const char*, const char*>({
        {"/home/somebody/jack/host/base/ids.cpp", "ids.cpp"},
        {"host/ids.cpp", "ids.cpp"},
        {"ids.cpp", "ids.cpp"},
    }));
    const test::ChildEnd end = test::in_child([file = file] { assertion_failed("a\nb", file, 0, "c\td"); });
    CHECK(end.said == std::string("assertion failed in ").append(name).append(":0: c d (a b)\n"));
}

TEST_CASE("What is too long for a line is cut") {
    const std::string what(5000, 'x');
    const test::ChildEnd end =
        test::in_child([&] { assertion_failed("false", "a.cpp", 2147483647, what.c_str()); });
    const std::string head = "assertion failed in a.cpp:2147483647: ";
    CHECK(end.said == head + std::string(1023 - head.size(), 'x') + "\n");
    CHECK(end.signal == SIGABRT);
}

TEST_CASE("It ends in an abort although nobody can be told") {
    SECTION("standard error is closed") {
        CHECK(test::in_child([] {
                  ::close(STDERR_FILENO);
                  JACKGW_ASSERT(false, "never");
              }).signal == SIGABRT);
    }
    SECTION("nobody reads it") {
        CHECK(test::in_child([] {
                  std::array<int, 2> ends{};
                  if (::pipe(ends.data()) != 0) return;
                  ::dup2(ends[1], STDERR_FILENO);
                  ::close(ends[0]);
                  JACKGW_ASSERT(false, "never");
              }).signal == SIGABRT);
    }
}
