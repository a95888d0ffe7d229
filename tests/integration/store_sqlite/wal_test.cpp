#include <atomic>
#include <catch2/catch.hpp>
#include <thread>
#include <vector>

#include "../../support/fake_clock.h"
#include "../../support/temp_folder.h"
#include "storage/open_store.h"
#include "store/sqlite/checkpointer.h"

using namespace jackgw;
using namespace jackgw::store;
using namespace jackgw::test;

TEST_CASE("The write-ahead log stays within its limit while the writer never rests") {
    constexpr std::uintmax_t page = 4096;
    constexpr std::uintmax_t limit = sqlite::Checkpoints{}.limit_pages * page;
    constexpr int messages = 1600;
    FakeClock clock;
    IdGenerator ids(clock);
    TempFolder folder;
    const auto file = folder / "jack.db";
    auto store = storage::open_store(file, clock, ids);
    std::atomic<int> next{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int number = next++; number < messages; number = next++) {
                InboundMessage message;
                message.channel = "sms";
                message.provider_message_id = std::to_string(number);
                message.from = "+15559876543";
                message.to = "+15551234567";
                message.content.assign(100'000, 'x');
                message.received_at = clock.now();
                store->receive(message);
            }
        });
    for (std::thread& thread : threads) thread.join();
    const auto written = std::filesystem::file_size(file);
    CHECK(written > limit);
    // A batch that begins below the limit may end above it.
    CHECK(std::filesystem::file_size(file.string() + "-wal") < limit + 64 * 110'000);
    store.reset();
    CHECK_FALSE(std::filesystem::exists(file.string() + "-wal"));
}
