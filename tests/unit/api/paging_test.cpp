#include "api/paging.h"

#include <catch2/catch.hpp>

#include "house.h"

using namespace jackgw;
using namespace jackgw::api;
using test::Answer;
using test::House;

TEST_CASE("A cursor comes back as it was, and only to its own list") {
    const auto position = GENERATE(as<std::string>{}, "1", "9007199254740993", test::id_a);
    const std::string cursor = encode_cursor(CursorKind::messages, position);
    CHECK(decode_cursor(CursorKind::messages, cursor) == position);
    CHECK_FALSE(decode_cursor(CursorKind::failed, cursor));
    CHECK(cursor.find_first_not_of("0123456789abcdef") == std::string::npos);
}

TEST_CASE("Page sizes and cursors that aren't right are refused with the parameter named") {
    struct Row {
        std::string query;
        std::string field;
    };
    const auto row = GENERATE(values<Row>({
        {"limit=0", "limit"},
        {"limit=201", "limit"},
        {"limit=-1", "limit"},
        {"limit=ten", "limit"},
        {"limit=1.5", "limit"},
        {"limit=99999999999999999999", "limit"},
        {"limit=5&limit=6", "limit"},
        {"cursor=x", "cursor"},
        {"cursor=6", "cursor"},
        {"cursor=63", "cursor"},
        {"cursor=zz", "cursor"},
        {"cursor=" + encode_cursor(CursorKind::guests, test::id_a), "cursor"},
        {"cursor=" + encode_cursor(CursorKind::conversations, "abc"), "cursor"},
        {"cursor=" + encode_cursor(CursorKind::conversations, "-5"), "cursor"},
        {"state=open", "state"},
        {"states=new", "states"},
        {"q=%ff", "q"},
        {"q=%00", "q"},
        {"q=%zz", "q"},
        {"q=%", "q"},
    }));
    INFO(row.query);
    House house;
    const Answer answer = house.get("/conversations?" + row.query);
    CHECK(answer.status == 422);
    CHECK(answer.code() == "VALIDATION_FAILED");
    CHECK(answer.field() == row.field);
    CHECK_FALSE(house.store.last_after);
}

TEST_CASE("A guest cursor that was made up is refused") {
    House house;
    CHECK(house.get("/guests?cursor=" + encode_cursor(CursorKind::guests, "'; --")).field() == "cursor");
    CHECK(house.get("/guests?cursor=67ff").field() == "cursor");
}

TEST_CASE("Fifty items are the default page") {
    House house;
    for (int i = 0; i < 60; ++i) house.add_message(test::id_a, DeliveryState::failed);
    const Answer page = house.get("/outbox/failed");
    CHECK(page.size("data") == 50);
    CHECK(house.get("/outbox/failed?limit=200").size("data") == 60);
    CHECK(house.get("/outbox/failed?limit=1").size("data") == 1);
}

TEST_CASE("Following nextCursor shows everything once") {
    House house;
    const std::vector<std::string> ids{test::id_a, test::id_b, test::id_c};
    std::int64_t seq = 0;
    for (const std::string& id : ids) {
        house.add_conversation(id, ++seq);
        house.add_guest(id, "+1555000000" + std::to_string(seq));
        house.add_message(id, DeliveryState::failed).conversation_id = test::id_a;
    }
    struct Row {
        std::string path;
        std::vector<std::string> order;
    };
    const std::vector<std::string> backwards{ids.rbegin(), ids.rend()};
    const auto row = GENERATE_COPY(values<Row>({
        {"/conversations", backwards},
        {"/guests", ids},
        {"/outbox/failed", backwards},
        {"/conversations/" + test::id_a + "/messages", ids},
    }));
    INFO(row.path);
    for (const int limit : {1, 2, 3}) {
        std::vector<std::string> seen;
        std::string cursor;
        do {
            const Answer page = house.get(row.path + "?limit=" + std::to_string(limit) + "&cursor=" + cursor);
            REQUIRE(page.status == 200);
            for (std::size_t i = 0; i < page.size("data"); ++i)
                seen.push_back(page.text("data[" + std::to_string(i) + "].id"));
            cursor = page.text("nextCursor");
        } while (!cursor.empty() && seen.size() < 10);
        CHECK(seen == row.order);
    }
}
