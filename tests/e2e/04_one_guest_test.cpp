// A thousand texts at once from somebody whom the gateway has never seen.
#include <catch2/catch.hpp>

#include <atomic>
#include <latch>
#include <set>

#include "stack.h"

using namespace jackgw::test;

TEST_CASE("04 a thousand parallel webhooks from one new guest: one guest, one conversation, no text lost") {
    constexpr int connections = 100;
    constexpr int texts_each = 10;
    StackOptions options;
    options.simulator = false;
    Stack stack(options);
    std::latch start(connections);
    std::atomic<int> taken{0};
    std::vector<std::thread> guests;
    for (int i = 0; i < connections; ++i)
        guests.emplace_back([&, i] {
            start.arrive_and_wait();
            for (int j = 0; j < texts_each; ++j) {
                const int number = i * texts_each + j;
                const Answer answer = stack.text(make_sid(static_cast<unsigned>(number)), guest_number,
                                                 "text " + std::to_string(number));
                if (answer.status == 200 && answer.body == empty_twiml) ++taken;
            }
        });
    for (std::thread& guest : guests) guest.join();
    CHECK(taken == connections * texts_each);

    const Json guests_found = stack.api("GET", "/guests?channel=sms&address=%2B15559876543").data();
    CHECK(guests_found.size() == 1);
    CHECK(stack.list("/guests").size() == 1);
    const auto conversations = stack.list("/conversations");
    REQUIRE(conversations.size() == 1);
    CHECK(conversations[0].at("messageCount") == connections * texts_each);

    std::set<std::string> contents, sids;
    const auto messages = stack.all_messages();
    for (const Json& message : messages) {
        contents.insert(message.at("content").get<std::string>());
        sids.insert(message.at("providerMessageId").get<std::string>());
    }
    CHECK(messages.size() == connections * texts_each);
    CHECK(contents.size() == connections * texts_each);
    CHECK(sids.size() == connections * texts_each);
}
