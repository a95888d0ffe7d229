#include "base/ids.h"

#include <catch2/catch.hpp>
#include <set>

#include "../../support/fake_clock.h"

using namespace jackgw;

TEST_CASE("Ids are UUIDs of version 7 and variant 10") {
    const test::FakeClock clock;
    IdGenerator ids(clock);
    const std::string id = ids.next();
    CHECK(is_uuid(id));
    CHECK(id[14] == '7');
    CHECK(std::string("89ab").find(id[19]) != std::string::npos);
    CHECK(id.substr(0, 13) == "01a20320-a200");
}

TEST_CASE("Ids ascend even while the clock stands still or runs back") {
    test::FakeClock clock;
    IdGenerator ids(clock);
    std::string last = ids.next();
    for (int i = 0; i < 10000; ++i) {
        if (i == 5000) clock.advance(std::chrono::seconds{-5});
        const std::string id = ids.next();
        REQUIRE(id > last);
        last = id;
    }
}

TEST_CASE("Only lower-case UUIDs are ids") {
    CHECK(is_uuid("019aab85-e700-7000-8000-000000000000"));
    CHECK_FALSE(is_uuid("019AAB85-e700-7000-8000-000000000000"));
    CHECK_FALSE(is_uuid("019aab85-e700-7000-8000-00000000000"));
    CHECK_FALSE(is_uuid("019aab85ee700-7000-8000-000000000000"));
    CHECK_FALSE(is_uuid(""));
}
