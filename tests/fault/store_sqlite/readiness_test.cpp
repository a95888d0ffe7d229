// The store says that it works only while it can write, and where it is looked for.
#include <sqlite3.h>

#include <catch2/catch.hpp>

#include "../../support/fake_clock.h"
#include "../../support/faulty_vfs.h"
#include "../../support/temp_folder.h"
#include "storage/open_store.h"
#include "store/sqlite/write_probe.h"

using namespace jackgw;
using namespace jackgw::store;
using namespace jackgw::test;
using Catch::Matchers::Contains;
using namespace std::chrono_literals;

namespace {

class ReadinessTest {
  public:
    /// Why the store doesn't work, asked a second after the last time; empty: it does.
    std::string problem() {
        clock.advance(1s);
        try {
            store->check();
            return {};
        } catch (const Error& error) {
            return error.what();
        }
    }

    void move(const std::string& from, const std::string& to) {
        std::filesystem::rename(file.string() + from, file.string() + to);
    }

    FaultyVfs disk;
    FakeClock clock;
    IdGenerator ids{clock};
    TempFolder folder;
    std::filesystem::path file = folder / "jack.db";
    std::unique_ptr<Store> store = storage::open_store(file, clock, ids);
};

}  // namespace

TEST_CASE("A full disk is not ready, and is again when there is room") {
    ReadinessTest test;
    CHECK(test.problem().empty());
    test.disk.fail_writes(SQLITE_FULL);
    CHECK_THAT(test.problem(), Contains("make room"));
    CHECK_FALSE(test.store->outbox().paused);  // readers alone would say that all is well
    test.disk.heal();
    CHECK(test.problem().empty());
}

TEST_CASE("A moved, deleted or replaced file takes nothing more, and is told of by its name") {
    ReadinessTest test;
    const std::string ending = GENERATE(as<std::string>{}, "", "-wal", "-shm");
    CAPTURE(ending);
    SECTION("moved") {
        test.move(ending, ".away");
        CHECK_THAT(test.problem(), Contains(test.file.string() + ending) && Contains("moved or deleted"));
        CHECK_THROWS_AS(test.store->set_paused({}, true), Unavailable);
        test.move(".away", ending);  // back again
        CHECK(test.problem().empty());
        CHECK_NOTHROW(test.store->set_paused({}, true));
    }
    SECTION("deleted") {
        std::filesystem::remove(test.file.string() + ending);
        CHECK_THAT(test.problem(), Contains("moved or deleted"));
        CHECK_THROWS_AS(test.store->set_paused({}, true), Unavailable);
    }
    SECTION("replaced by a copy") {
        std::filesystem::copy_file(test.file.string() + ending, test.file.string() + ".copy");
        test.move(".copy", ending);
        CHECK_THAT(test.problem(), Contains("replaced"));
        CHECK_THROWS_AS(test.store->set_paused({}, true), Unavailable);
    }
}

TEST_CASE("A writer that opens its connection anew doesn't follow a path that leads elsewhere") {
    ReadinessTest test;
    const auto other = test.folder / "other.db";
    storage::open_store(other, test.clock, test.ids).reset();
    test.disk.fail_writes(SQLITE_IOERR_WRITE);
    CHECK_THROWS_AS(test.store->set_paused({}, true), Unavailable);
    test.move("", ".away");
    std::filesystem::rename(other, test.file);
    test.disk.heal();
    CHECK_THAT(test.problem(), Contains("replaced"));
    std::filesystem::rename(test.file, other);
    test.move(".away", "");
    CHECK(test.problem().empty());
    CHECK_NOTHROW(test.store->set_paused({}, true));
}

TEST_CASE("Who asks often costs one write a second") {
    ReadinessTest test;
    CHECK(test.problem().empty());
    const int before = test.disk.wal_syncs();
    for (int i = 0; i < 100; ++i) CHECK_NOTHROW(test.store->check());
    CHECK(test.disk.wal_syncs() == before);
    CHECK(test.problem().empty());
    CHECK(test.disk.wal_syncs() == before + 1);
}

TEST_CASE("A blocked disk is not ready after some seconds, and nobody waits longer") {
    ReadinessTest test;
    test.disk.block_syncs();
    const auto begin = std::chrono::steady_clock::now();
    CHECK_THAT(test.problem(), Contains("blocked"));
    const auto first = std::chrono::steady_clock::now();
    CHECK_THAT(test.problem(), Contains("blocked"));  // the same write is still on its way
    const auto second = std::chrono::steady_clock::now();
    CHECK(first - begin >= sqlite::WriteProbe::patience);
    CHECK(second - first < sqlite::WriteProbe::patience);
    test.disk.heal();
    test.store->set_paused({}, false);  // behind it
    CHECK(test.problem().empty());
}
