#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

TEST_CASE("A guest's name and notes are changed each for itself") {
    StoreTest test;
    const std::string id = test.text("Hello").guest_id;
    test.pass(1min);
    CHECK(test.store->update_guest(id, "Zoë", std::nullopt) == Change::done);
    CHECK(test.store->update_guest(id, std::nullopt, "allergic to nuts") == Change::done);
    const auto guest = test.store->guest(id);
    CHECK(guest->name == "Zoë");
    CHECK(guest->notes == "allergic to nuts");
    CHECK(guest->updated_at == test.now());
    CHECK(guest->created_at == test.now() - 1min);
    CHECK(test.store->update_guest(id, "", std::nullopt) == Change::done);
    CHECK(test.store->guest(id)->name.empty());
    CHECK(test.store->update_guest(test.ids.next(), "x", "y") == Change::not_found);
    CHECK_FALSE(test.store->guest(test.ids.next()));
}

TEST_CASE("Guests are listed by id, page by page") {
    StoreTest test;
    std::vector<std::string> made;
    for (int i = 0; i < 5; ++i) {
        made.push_back(test.text("Hello", "+1555000000" + std::to_string(i)).guest_id);
        test.pass(5ms);
    }
    std::vector<std::string> listed;
    for (std::string after; listed.size() < made.size();) {
        const auto page = test.store->guests(after, 2);
        REQUIRE_FALSE(page.empty());
        for (const Guest& guest : page) listed.push_back(guest.id);
        after = listed.back();
    }
    CHECK(listed == made);
    CHECK(test.store->guests(listed.back(), 2).empty());
}

TEST_CASE("The store answers a check") {
    StoreTest test;
    CHECK_NOTHROW(test.store->check());
}
