#include <catch2/catch.hpp>
#include <set>

#include "gateway.h"

using namespace jackgw;
using test::Gateway;
using test::JsonAnswer;

TEST_CASE("A long conversation is read page by page, oldest first") {
    Gateway gateway;
    for (int i = 0; i < 120; ++i) gateway.guest_writes("+15559876543", std::to_string(i));
    const std::string path =
        "/conversations/" + gateway.get("/conversations").text("data[0].id") + "/messages?cursor=";

    std::vector<std::string> seen;
    std::vector<std::size_t> sizes;
    std::string cursor;
    do {
        const JsonAnswer page = gateway.get(path + cursor);
        REQUIRE(page.status == 200);
        sizes.push_back(page.size("data"));
        for (std::size_t i = 0; i < sizes.back(); ++i)
            seen.push_back(page.text("data[" + std::to_string(i) + "].content"));
        cursor = page.text("nextCursor");
    } while (!cursor.empty());
    CHECK(sizes == std::vector<std::size_t>{50, 50, 20});
    for (int i = 0; i < 120; ++i) CHECK(seen.at(static_cast<std::size_t>(i)) == std::to_string(i));
}

TEST_CASE(
    "Conversations that become active while pages are read are neither repeated nor do they hide others") {
    Gateway gateway;
    for (int i = 0; i < 6; ++i) gateway.guest_writes("+1555000000" + std::to_string(i), "Hello");
    const JsonAnswer first = gateway.get("/conversations?limit=3");
    CHECK(first.text("data[0].guestAddress") == "+15550000005");
    gateway.guest_writes("+15550000004", "Me again");  // was on the first page
    const JsonAnswer second = gateway.get("/conversations?limit=3&cursor=" + first.text("nextCursor"));
    std::set<std::string> seen;
    for (const JsonAnswer& page : {first, second})
        for (std::size_t i = 0; i < page.size("data"); ++i)
            seen.insert(page.text("data[" + std::to_string(i) + "].guestAddress"));
    CHECK(seen.size() == 6);
    CHECK(second.at("nextCursor").isEmpty());
}

TEST_CASE("Guests are read page by page") {
    Gateway gateway;
    for (int i = 0; i < 5; ++i) gateway.guest_writes("+1555000000" + std::to_string(i), "Hello");
    std::set<std::string> seen;
    std::string cursor;
    int pages = 0;
    do {
        const JsonAnswer page = gateway.get("/guests?limit=2&cursor=" + cursor);
        for (std::size_t i = 0; i < page.size("data"); ++i)
            seen.insert(page.text("data[" + std::to_string(i) + "].identities[0].address"));
        cursor = page.text("nextCursor");
        ++pages;
    } while (!cursor.empty() && pages < 10);
    CHECK(seen.size() == 5);
    CHECK(pages == 3);
}
