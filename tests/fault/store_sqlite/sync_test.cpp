// A sync of the log fails, once or for good: what was refused is not there after a crash either.
#include <sqlite3.h>

#include <catch2/catch.hpp>

#include "../../support/fake_clock.h"
#include "../../support/faulty_vfs.h"
#include "../../support/temp_folder.h"
#include "storage/open_store.h"

using namespace jackgw;
using namespace jackgw::store;
using namespace jackgw::test;
using Catch::Matchers::Contains;

namespace {

class SyncTest {
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

    bool receive(const std::string& number) { return !store->receive(message(number)).duplicate; }

    void open() {
        store = storage::open_store(file, clock, ids,
                                    {{}, {}, [this](std::string_view why) { stopped = std::string(why); }});
    }

    /// What a process finds that starts after this one was killed: the files as they are now.
    std::vector<std::string> contents_after_kill() {
        const TempFolder other;
        const auto copy = other / "jack.db";
        for (const char* ending : {"", "-wal"})
            std::filesystem::copy_file(file.string() + ending, copy.string() + ending);
        const auto restarted = storage::open_store(copy, clock, ids);
        std::vector<std::string> contents;
        for (const Conversation& each : restarted->conversations({}, std::nullopt, 10).items)
            for (const Message& found : restarted->messages(each.id, std::nullopt, 100).items)
                contents.push_back(found.content);
        return contents;
    }

    FaultyVfs disk;
    FakeClock clock;
    IdGenerator ids{clock};
    TempFolder folder;
    std::filesystem::path file = folder / "jack.db";
    std::string stopped;
    std::unique_ptr<Store> store;
};

using Contents = std::vector<std::string>;

}  // namespace

TEST_CASE("What one failed sync refused is gone after kill -9, and all goes on") {
    SyncTest test;
    test.open();
    REQUIRE(test.receive("before"));
    test.disk.fail_next_syncs(1, SQLITE_IOERR_FSYNC);
    CHECK_THROWS_AS(test.receive("during"), Unavailable);
    CHECK(test.contents_after_kill() == Contents{"before"});
    CHECK(test.receive("after"));
    CHECK(test.receive("during"));
    CHECK(test.contents_after_kill() == Contents{"before", "after", "during"});
    CHECK(test.stopped.empty());
}

TEST_CASE(
    "Where a failed write can't be taken back, its outcome is unknown and nothing is written any more") {
    SyncTest test;
    test.open();
    REQUIRE(test.receive("before"));
    test.disk.fail_next_syncs(2, SQLITE_IOERR_FSYNC);
    try {
        test.receive("during");
        FAIL("it was acknowledged");
    } catch (const OutcomeUnknown& error) {
        CHECK_THAT(error.what(), Contains("can't be said") && !Contains("nothing was changed"));
    }
    CHECK_THAT(test.stopped, Contains(test.file.string()) && Contains("started again"));

    // The disk is well again, the writer rests all the same, and readers see what was acknowledged.
    try {
        test.receive("after");
        FAIL("it was acknowledged");
    } catch (const Unavailable& error) {
        CHECK_THAT(error.what(), Contains("nothing was changed") && Contains("started again"));
    }
    CHECK_THROWS_AS(test.store->check(), Unavailable);
    CHECK(test.store->conversations({}, std::nullopt, 10).items.at(0).message_count == 1);

    const Contents after_kill = test.contents_after_kill();
    CHECK((after_kill == Contents{"before"} || after_kill == Contents{"before", "during"}));
    test.store.reset();
    test.open();
    CHECK_NOTHROW(test.receive("during"));  // known or not: it is there once
    CHECK(test.contents_after_kill() == Contents{"before", "during"});
}

TEST_CASE("A log that can't be made durable at the start is answered from by nobody") {
    SyncTest test;
    test.open();
    REQUIRE(test.receive("before"));
    const TempFolder other;
    const auto copy = other / "jack.db";
    for (const char* ending : {"", "-wal"})
        std::filesystem::copy_file(test.file.string() + ending, copy.string() + ending);
    test.disk.fail_syncs(SQLITE_IOERR_FSYNC);
    CHECK_THROWS_AS(storage::open_store(copy, test.clock, test.ids), StoreError);
    test.disk.heal();
    CHECK_NOTHROW(storage::open_store(copy, test.clock, test.ids));
}
