#include "base/thread_check.h"

#include <catch2/catch.hpp>

#include "in_child.h"

using namespace jackgw;

namespace {

/// One that a thread owns which has ended.
void bind_elsewhere(ThreadOwner& owner) {
    std::thread([&] { owner.bind(); }).join();
}

}  // namespace

TEST_CASE("The first to be checked is the owner") {
    ThreadOwner owner;
    CHECK_FALSE(owner.is_owner());
    owner.check();
    owner.check();
    owner.bind();
    CHECK(owner.is_owner());
    bool also_owner = true;
    std::thread([&] { also_owner = owner.is_owner(); }).join();
    CHECK_FALSE(also_owner);
}

TEST_CASE("Who is not the owner ends the program, which says where") {
    ThreadOwner owner;
    bind_elsewhere(owner);
    CHECK_FALSE(owner.is_owner());
    int line = 0;
    SECTION("by using it") {
        line = __LINE__ + 1;
        const auto end = test::in_child([&] { owner.check(); });
        CHECK_THAT(end.said,
                   Catch::StartsWith("assertion failed in thread_check_test.cpp:" + std::to_string(line) +
                                     ": only the thread that it belongs to may call this ("));
        CHECK(end.signal == SIGABRT);
    }
    SECTION("by claiming it") {
        line = __LINE__ + 1;
        const auto end = test::in_child([&] { owner.bind(); });
        CHECK_THAT(end.said, Catch::Contains("thread_check_test.cpp:" + std::to_string(line) + ": "));
        CHECK(end.signal == SIGABRT);
    }
}

TEST_CASE("What was released is the next one's") {
    ThreadOwner owner;
    bind_elsewhere(owner);
    owner.release();
    owner.check();
    CHECK(owner.is_owner());
}
