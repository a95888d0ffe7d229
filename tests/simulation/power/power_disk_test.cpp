// The disk that fails, looked at by itself: it must be able to show what a program did wrong.
#include "power_disk.h"

#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <set>

#include "../../support/temp_folder.h"
#include "medium.h"

using namespace jackgw::test;

namespace {

std::string filled(char letter, std::size_t bytes = 4 * Medium::sector_bytes) {
    return std::string(bytes, letter);
}

/// All contents that a cut leaves, over many seeds.
template <typename Prepare>
std::set<std::string> contents_after_cuts(Prepare prepare) {
    std::set<std::string> contents;
    for (std::uint64_t seed = 0; seed < 300; ++seed) {
        Medium medium;
        prepare(medium);
        Survival survival(seed, 100);
        medium.cut(survival);
        contents.insert(medium.content());
    }
    return contents;
}

void write(Medium& medium, const std::string& bytes, std::size_t offset, std::uint64_t change) {
    medium.write(bytes.data(), bytes.size(), offset, change);
}

/// Writes numbers into a table on a disk, one transaction each, and counts what is left after a cut.
class Table {
  public:
    explicit Table(std::string settings) : settings_(std::move(settings)) {
        std::ofstream(file_).flush();
        open();
        execute("CREATE TABLE numbers (number INTEGER)");
    }
    ~Table() { sqlite3_close(database_); }
    Table(const Table&) = delete;
    Table& operator=(const Table&) = delete;

    bool add(int number) { return execute("INSERT INTO numbers VALUES (" + std::to_string(number) + ")"); }
    void cut(std::uint64_t seed) {
        disk_.die();
        sqlite3_close(database_);
        disk_.cut(seed);
        open();
    }
    int count() { return answer("SELECT count(*) FROM numbers"); }
    bool whole() { return answer("SELECT integrity_check = 'ok' FROM pragma_integrity_check") == 1; }
    PowerDisk& disk() { return disk_; }

  private:
    void open() {
        REQUIRE(sqlite3_open_v2(file_.c_str(), &database_, SQLITE_OPEN_READWRITE, nullptr) == SQLITE_OK);
        execute(settings_);
    }
    bool execute(const std::string& sql) {
        return sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK;
    }
    int answer(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        int value = -1;
        if (sqlite3_prepare_v2(database_, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK &&
            sqlite3_step(statement) == SQLITE_ROW)
            value = sqlite3_column_int(statement, 0);
        sqlite3_finalize(statement);
        return value;
    }

    const std::string settings_;
    PowerDisk disk_;
    TempFolder folder_;
    std::filesystem::path file_ = folder_ / "table.db";
    sqlite3* database_ = nullptr;
};

/// In how many of the lives something acknowledged was lost, or the file was damaged.
int lives_that_lose(const std::string& settings, std::uint64_t lives) {
    int losing = 0;
    for (std::uint64_t seed = 0; seed < lives; ++seed) {
        Table table(settings);
        int added = 0;
        for (int i = 0; i < 10; ++i) added += table.add(i) ? 1 : 0;
        table.cut(seed);
        if (table.count() < added || !table.whole()) ++losing;
    }
    return losing;
}

}  // namespace

TEST_CASE("What was synced stays, what wasn't may be lost, kept or torn by sectors") {
    const auto contents = contents_after_cuts([](Medium& medium) {
        write(medium, filled('a'), 0, 1);
        medium.sync();
        write(medium, filled('b'), 0, 2);
    });
    CHECK(contents.contains(filled('a')));
    CHECK(contents.contains(filled('b')));
    CHECK(contents.size() > 5);
    for (const std::string& each : contents)
        for (std::size_t at = 0; at < each.size(); at += Medium::sector_bytes) {
            const std::string sector = each.substr(at, Medium::sector_bytes);
            CHECK(
                (sector == filled('a', Medium::sector_bytes) || sector == filled('b', Medium::sector_bytes)));
        }
}

TEST_CASE("A later write may reach the disk before an earlier one") {
    const auto contents = contents_after_cuts([](Medium& medium) {
        write(medium, filled('-'), 0, 1);
        medium.sync();
        write(medium, filled('a', Medium::sector_bytes), 0, 2);
        write(medium, filled('b', Medium::sector_bytes), Medium::sector_bytes, 3);
    });
    CHECK(contents.contains(filled('-', Medium::sector_bytes) + filled('b', Medium::sector_bytes) +
                            filled('-', 2 * Medium::sector_bytes)));
}

TEST_CASE("After a sync that failed the next one makes nothing durable that wasn't written again") {
    const auto kept = contents_after_cuts([](Medium& medium) {
        write(medium, filled('a'), 0, 1);
        medium.sync();
        write(medium, filled('b'), 0, 2);
        medium.fail_sync();
        medium.sync();
    });
    CHECK(kept.contains(filled('a')));
    CHECK(kept.contains(filled('b')));
    const auto again = contents_after_cuts([](Medium& medium) {
        write(medium, filled('b'), 0, 2);
        medium.fail_sync();
        write(medium, filled('b'), 0, 3);
        medium.sync();
    });
    CHECK(again == std::set<std::string>{filled('b')});
}

TEST_CASE("A file's size is as unsure as its content") {
    const auto contents = contents_after_cuts([](Medium& medium) {
        write(medium, filled('a'), 0, 1);
        medium.sync();
        medium.truncate(Medium::sector_bytes, 2);
    });
    CHECK(contents == std::set<std::string>{filled('a'), filled('a', Medium::sector_bytes)});
}

TEST_CASE("A store that doesn't sync loses what it acknowledged, one that syncs doesn't") {
    CHECK(lives_that_lose("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF", 20) > 0);
    CHECK(lives_that_lose("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL", 20) > 0);
    CHECK(lives_that_lose("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL", 200) == 0);
    CHECK(lives_that_lose("PRAGMA journal_mode = DELETE; PRAGMA synchronous = OFF", 20) > 0);
    CHECK(lives_that_lose("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA", 200) == 0);
}

TEST_CASE("SQLite itself lets a commit come back that it refused") {
    bool came_back = false;
    for (std::uint64_t seed = 0; seed < 50 && !came_back; ++seed) {
        Table table("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL");
        REQUIRE(table.add(1));
        table.disk().decide([](const DiskEvent& event) {
            return event.call == DiskCall::sync ? DiskVerdict::fail : DiskVerdict::go;
        });
        REQUIRE_FALSE(table.add(2));
        table.disk().decide({});
        REQUIRE(table.count() == 1);
        table.cut(seed);
        came_back = table.count() == 2;
    }
    CHECK(came_back);
}

TEST_CASE("A process that died changes nothing more, and a kill keeps what it wrote") {
    Table table("PRAGMA journal_mode = WAL; PRAGMA synchronous = OFF");
    REQUIRE(table.add(1));
    table.disk().die();
    CHECK_FALSE(table.add(2));
    const std::uint64_t calls = table.disk().calls();
    CHECK_FALSE(table.add(3));
    CHECK(table.disk().calls() == calls);
}
