// kill -9 at any moment loses nothing that was acknowledged, and sends nothing twice.
#include <catch2/catch.hpp>

#include <iostream>
#include <random>
#include <set>

#include "inbound_load.h"

using namespace jackgw::test;

namespace {

/// How often each provider id is in the store.
std::map<std::string, int> stored_sids(Stack& stack) {
    std::map<std::string, int> counts;
    for (const Json& message : stack.all_messages())
        if (message.at("direction") == "inbound")
            ++counts[message.at("providerMessageId").get<std::string>()];
    return counts;
}

/// Posts all texts again, as a provider would that got no answer; gives how many were not taken.
int post_again(Stack& stack, const std::map<std::string, std::string>& texts) {
    std::vector<std::pair<std::string, std::string>> all(texts.begin(), texts.end());
    std::atomic<std::size_t> next{0};
    std::atomic<int> refused{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 16; ++i)
        threads.emplace_back([&] {
            for (std::size_t at = next++; at < all.size(); at = next++)
                if (stack.text(all[at].first, all[at].second, "repeated").status != 200) ++refused;
        });
    for (std::thread& thread : threads) thread.join();
    return refused;
}

}  // namespace

TEST_CASE("03 twenty kill -9 under load lose no acknowledged text and double none") {
    const unsigned seed = std::random_device{}();
    std::cout << "seed " << seed << std::endl;
    std::mt19937 random(seed);
    std::uniform_int_distribution<int> texts_before_kill(50, 600);

    StackOptions options;
    options.simulator = false;
    Stack stack(options);
    InboundLoad load(stack, 16, 40);
    for (int kills = 0; kills < 20; ++kills) {
        // The moment is counted in texts and not in time, so that a slow machine sees some load, too.
        const std::uint64_t until =
            load.acknowledged_count() + static_cast<unsigned>(texts_before_kill(random));
        REQUIRE(eventually([&] { return load.acknowledged_count() >= until; }, std::chrono::seconds{60}));
        load.expect_gap();
        stack.kill_gateway();
        stack.start_gateway();
        load.resume();
    }
    load.stop();

    const auto& acknowledged = load.acknowledged();
    std::cout << acknowledged.size() << " texts acknowledged, " << load.complaints().size()
              << " requests without an acknowledgement" << std::endl;
    const auto stored = stored_sids(stack);
    std::vector<std::string> lost;
    for (const auto& [sid, from] : acknowledged)
        if (!stored.contains(sid)) lost.push_back(sid);
    CHECK(lost.empty());
    CHECK(std::ranges::all_of(stored, [](const auto& each) { return each.second == 1; }));

    CHECK(post_again(stack, acknowledged) == 0);
    CHECK(stored_sids(stack) == stored);
    CHECK(stack.list("/conversations").size() == 40);
    CHECK(stack.list("/guests").size() == 40);
    CHECK(stack.stop_gateway() == 0);
}

TEST_CASE("03 kill -9 with attempts in flight: their outcome is unknown, nothing is created twice") {
    StackOptions options;
    options.outbox = "settle_delay_s = 1\n";
    options.simulator_arguments = {"--status-delay-ms", "1500"};
    Stack stack(options);
    // Half of them are taken by the provider before it falls silent, half are not.
    std::vector<std::string> taken, not_taken;
    for (int i = 0; i < 4; ++i) {
        const std::string first = "+155598710" + std::to_string(10 + i);
        const std::string second = "+155598720" + std::to_string(10 + i);
        stack.provider().add_fault("hang-after", 60, 1, first);
        stack.provider().add_fault("hang", 60, 1, second);
        taken.push_back(stack.send(first, "Hello").at("id"));
        not_taken.push_back(stack.send(second, "Hello").at("id"));
    }
    REQUIRE(eventually([&] { return stack.provider().create_requests() == 8; }));
    stack.kill_gateway();
    stack.start_gateway();
    for (const auto* ids : {&taken, &not_taken})
        for (const std::string& id : *ids) {
            const Json message = stack.message(id);
            REQUIRE(message.at("attempts").size() == 1);
            CHECK(message.at("attempts")[0].at("outcome") == "unknown");
        }
    // A further message to each guest goes once the outcome of the first is settled or given up.
    std::vector<std::string> next;
    for (int i = 0; i < 4; ++i)
        for (const char* prefix : {"+155598710", "+155598720"})
            next.push_back(stack.send(prefix + std::to_string(10 + i), "Still there?").at("id"));
    for (const std::string& id : next)
        CHECK(stack.await_delivery(id, "delivered").at("deliveryStatus") == "delivered");
    for (const std::string& id : taken) {
        const Json message = stack.await_delivery(id, "delivered");
        CHECK(message.at("deliveryStatus") == "delivered");
        CHECK_FALSE(message.at("providerMessageId").is_null());
    }
    // The provider's list shows that these were not taken: they are sent now, as the same messages.
    for (const std::string& id : not_taken) {
        const Json message = stack.await_delivery(id, "delivered");
        CHECK(message.at("deliveryStatus") == "delivered");
        CHECK(message.at("attempts").size() == 2);
    }
    CHECK(stack.provider().create_requests() == 20);
    CHECK(stack.provider().state().at("accepted") == 16);
}
