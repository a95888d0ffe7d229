#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

/// Runs `work(index)` for 0 … count-1 on that many threads that begin together.
template <typename Work>
void race(int threads, Work work) {
    std::atomic<bool> go{false};
    std::vector<std::thread> running;
    for (int i = 0; i < threads; ++i)
        running.emplace_back([&go, &work, i] {
            while (!go) std::this_thread::yield();
            work(i);
        });
    go = true;
    for (std::thread& thread : running) thread.join();
}

std::vector<Message> all_messages(Store& store, const std::string& conversation_id) {
    std::vector<Message> all;
    std::optional<std::int64_t> after;
    do {
        Page<Message> page = store.messages(conversation_id, after, 200);
        std::ranges::move(page.items, std::back_inserter(all));
        after = page.next;
    } while (after);
    return all;
}

}  // namespace

TEST_CASE("Parallel messages of one new guest make one guest and one conversation, and none is lost") {
    constexpr int threads = 64;
    constexpr int each = 16;
    StoreTest test;
    std::vector<InboundMessage> messages;
    for (int i = 0; i < threads * each; ++i) messages.push_back(test.inbound(std::to_string(i)));
    std::atomic<int> failures{0};
    race(threads, [&](int thread) {
        for (int i = 0; i < each; ++i) {
            try {
                if (test.store->receive(messages[static_cast<std::size_t>(thread * each + i)]).duplicate)
                    ++failures;
            } catch (const std::exception&) {
                ++failures;
            }
        }
    });
    CHECK(failures == 0);
    CHECK(test.store->guests("", 10).size() == 1);
    const auto conversations = test.store->conversations({}, std::nullopt, 10);
    REQUIRE(conversations.items.size() == 1);
    CHECK(conversations.items[0].message_count == threads * each);
    std::set<std::string> contents;
    std::set<std::int64_t> seqs;
    for (const Message& message : all_messages(*test.store, conversations.items[0].id)) {
        contents.insert(message.content);
        seqs.insert(message.seq);
    }
    CHECK(contents.size() == threads * each);
    CHECK(seqs.size() == threads * each);
}

TEST_CASE("Of parallel repetitions of one message one is stored") {
    StoreTest test;
    const InboundMessage inbound = test.inbound("Hello");
    std::atomic<int> stored{0};
    race(32, [&](int) { stored += test.store->receive(inbound).duplicate ? 0 : 1; });
    CHECK(stored == 1);
    CHECK(test.event_types() == "guest.created conversation.created conversation.message");
}

TEST_CASE("A guest's message that crosses the hotel's first one finds the same conversation") {
    StoreTest test;
    const InboundMessage inbound = test.inbound("Hello");
    race(16, [&](int i) {
        if (i % 2 == 0) {
            InboundMessage own = inbound;
            own.provider_message_id += "-" + std::to_string(i);
            test.store->receive(own);
        } else {
            test.store->enqueue(test.outbound("Welcome"));
        }
    });
    CHECK(test.store->guests("", 10).size() == 1);
    REQUIRE(test.store->conversations({}, std::nullopt, 10).items.size() == 1);
    CHECK(test.store->conversations({}, std::nullopt, 10).items[0].message_count == 16);
}

TEST_CASE("A reader sees events without gaps that are filled later") {
    StoreTest test;
    std::atomic<bool> done{false};
    std::atomic<bool> out_of_order{false};
    std::size_t seen = 0;
    std::thread reader([&] {
        std::int64_t last = 0;
        for (bool final_round = false; !final_round;) {
            final_round = done;
            for (const Event& event : test.store->events(last, 1000)) {
                if (event.seq <= last) out_of_order = true;
                last = event.seq;
                ++seen;
            }
        }
    });
    std::vector<InboundMessage> messages;
    for (int i = 0; i < 400; ++i) messages.push_back(test.inbound("x", "+1555" + std::to_string(i)));
    race(8, [&](int thread) {
        for (std::size_t i = 0; i < 50; ++i)
            test.store->receive(messages[static_cast<std::size_t>(thread) * 50 + i]);
    });
    done = true;
    reader.join();
    CHECK_FALSE(out_of_order);
    CHECK(seen == 3 * 400);
}
