#include <sqlite3.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <random>
#include <thread>

#include "../../support/fake_clock.h"
#include "../../support/faulty_vfs.h"
#include "../../support/temp_folder.h"
#include "storage/open_store.h"
#include "store/sqlite/connection.h"

using namespace jackgw;
using namespace jackgw::store;
using namespace jackgw::test;

namespace {

class DiskTest {
  public:
    InboundMessage message(const std::string& number) const {
        InboundMessage made;
        made.channel = "sms";
        made.provider_message_id = number;
        made.from = "+15559876543";
        made.to = "+15551234567";
        made.content = number;
        made.received_at = clock.now();
        return made;
    }

    std::int64_t stored() {
        const auto conversations = store->conversations({}, std::nullopt, 10).items;
        return conversations.empty() ? 0 : conversations.at(0).message_count;
    }

    /// Closes the store and has SQLite look through the whole file.
    std::string integrity() {
        store.reset();
        sqlite::Connection database(file, sqlite::Connection::Mode::read);
        Statement row = database.query("PRAGMA integrity_check");
        row.step();
        return row.text(0);
    }

    FaultyVfs disk;
    FakeClock clock;
    IdGenerator ids{clock};
    TempFolder folder;
    std::filesystem::path file = folder / "jack.db";
    std::unique_ptr<Store> store = storage::open_store(file, clock, ids);
};

}  // namespace

TEST_CASE("A receive costs one sync of the log") {
    DiskTest test;
    test.store->receive(test.message("first"));
    const int before = test.disk.wal_syncs();
    for (int i = 0; i < 10; ++i) test.store->receive(test.message(std::to_string(i)));
    CHECK(test.disk.wal_syncs() == before + 10);
}

TEST_CASE("While the disk refuses, nothing is acknowledged or kept; when it recovers, all goes on") {
    DiskTest test;
    test.store->receive(test.message("before"));
    SECTION("full") {
        test.disk.fail_writes(SQLITE_FULL);
    }
    SECTION("broken on write") {
        test.disk.fail_writes(SQLITE_IOERR_WRITE);
    }
    for (int i = 0; i < 3; ++i) CHECK_THROWS_AS(test.store->receive(test.message("during")), Unavailable);
    CHECK_THROWS_AS(test.store->set_paused({}, true), Unavailable);
    CHECK(test.stored() == 1);
    CHECK_FALSE(test.store->outbox().paused);

    test.disk.heal();
    CHECK_FALSE(test.store->receive(test.message("during")).duplicate);
    CHECK(test.store->receive(test.message("before")).duplicate);
    CHECK(test.stored() == 2);
    CHECK(test.integrity() == "ok");
}

TEST_CASE("Events of a batch that failed are never seen") {
    DiskTest test;
    test.disk.fail_next_syncs(1, SQLITE_IOERR_FSYNC);
    CHECK_THROWS_AS(test.store->receive(test.message("during")), Unavailable);
    CHECK(test.store->events(0, 100).empty());
    test.disk.heal();
    test.store->receive(test.message("after"));
    CHECK(test.store->events(0, 100).size() == 3);
}

TEST_CASE("The dispatcher is not woken for what was not committed") {
    DiskTest test;
    std::atomic<int> woken{0};
    test.store->on_outbox_change([&woken] { ++woken; });
    test.disk.fail_writes(SQLITE_FULL);
    CHECK_THROWS_AS(test.store->set_paused({}, true), Unavailable);
    CHECK(woken == 0);
    test.disk.heal();
    test.store->set_paused({}, true);
    CHECK(woken == 1);
}

TEST_CASE("A reader that meets a bad sector fails for itself and recovers") {
    DiskTest test;
    const auto received = test.store->receive(test.message("before"));
    test.disk.fail_reads(SQLITE_IOERR_READ);
    CHECK_THROWS_AS(test.store->message(received.message_id), Unavailable);
    CHECK_THROWS_AS(test.store->check(), Unavailable);
    test.disk.heal();
    CHECK(test.store->message(received.message_id));
    test.clock.advance(std::chrono::seconds{1});
    CHECK_NOTHROW(test.store->check());
}

TEST_CASE(
    "A disk that comes and goes under load loses nothing that was acknowledged and keeps nothing twice") {
    const std::uint64_t seed = std::random_device{}();
    CAPTURE(seed);
    constexpr int threads = 16;
    constexpr int each = 40;
    DiskTest test;
    std::atomic<int> working{threads};
    std::atomic<int> refused{0};
    std::atomic<int> stored_twice{0};
    std::vector<std::thread> running;
    for (int thread = 0; thread < threads; ++thread)
        running.emplace_back([&, thread] {
            for (int i = 0; i < each; ++i) {
                const InboundMessage message = test.message(std::to_string(thread) + "-" + std::to_string(i));
                for (bool done = false; !done;) {
                    try {
                        if (test.store->receive(message).duplicate) ++stored_twice;
                        done = true;
                    } catch (const Unavailable&) {
                        ++refused;
                    }
                }
            }
            --working;
        });
    std::mt19937_64 random(seed);
    while (working > 0) {
        const int before = refused;
        switch (random() % 3) {
            case 0:
                test.disk.fail_writes(SQLITE_FULL);
                break;
            case 1:
                test.disk.fail_writes(SQLITE_IOERR_WRITE);
                break;
            default:
                test.disk.fail_next_syncs(1, SQLITE_IOERR_FSYNC);
        }
        while (working > 0 && refused < before + 1) std::this_thread::yield();
        test.disk.heal();
        const int syncs = test.disk.wal_syncs();
        while (working > 0 && test.disk.wal_syncs() < syncs + 5) std::this_thread::yield();
    }
    for (std::thread& thread : running) thread.join();
    CHECK(refused > 0);
    CHECK(stored_twice == 0);
    CHECK(test.stored() == threads * each);
    CHECK(test.integrity() == "ok");
}
