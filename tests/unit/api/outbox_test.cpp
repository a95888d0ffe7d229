#include <catch2/catch.hpp>

#include "house.h"

using namespace jackgw;
using test::Answer;
using test::House;

TEST_CASE("The outbox is shown, paused and resumed") {
    House house;
    house.store.report.depth = 4;
    CHECK(house.get("/outbox").text("data.depth") == "4");
    CHECK(house.post("/outbox/pause").text("data.paused") == "true");
    CHECK(house.post("/outbox/resume").text("data.paused") == "false");
    CHECK(house.store.pauses == std::vector<bool>{true, false});
}

TEST_CASE("Failed messages are listed, latest first") {
    House house;
    house.add_message(test::id_a, DeliveryState::failed);
    house.add_message(test::id_b, DeliveryState::sent);
    house.add_message(test::id_c, DeliveryState::failed);
    const Answer answer = house.get("/outbox/failed");
    REQUIRE(answer.size("data") == 2);
    CHECK(answer.text("data[0].id") == test::id_c);
    CHECK(answer.text("data[1].id") == test::id_a);
}
