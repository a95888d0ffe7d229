#include "store/sqlite/migrations.h"

#include <array>
#include <catch2/catch.hpp>
#include <fstream>

#include "../../support/fake_clock.h"
#include "../../support/temp_folder.h"
#include "store/sqlite/messages.h"
#include "store/store.h"

using namespace jackgw;
using namespace jackgw::store;
using namespace jackgw::store::sqlite;
using namespace jackgw::test;
using Catch::Matchers::Contains;

namespace {

constexpr Migration first{1,
                          "CREATE TABLE migrations (version INTEGER, applied_at INTEGER);"
                          "CREATE TABLE rooms (number INTEGER);"};
constexpr Migration second{
    2, "ALTER TABLE rooms ADD COLUMN floor INTEGER; UPDATE rooms SET floor = number / 100;"};
constexpr Migration broken{2, "CREATE TABLE keys (room INTEGER); INSERT INTO nowhere VALUES (1);"};

struct Fixture {
    FakeClock clock;
    TempFolder folder;
    std::filesystem::path file = folder / "jack.db";

    Fixture() { std::ofstream made(file); }

    template <std::size_t N>
    void migrate_to(Database& database, const std::array<Migration, N>& steps) {
        migrate(database, steps, clock.now());
    }
};

std::int64_t number(Database& database, std::string_view sql) {
    Statement row = database.query(sql);
    REQUIRE(row.step());
    return row.integer(0);
}

}  // namespace

TEST_CASE("A new file gets all steps; a second time there is nothing to do") {
    Fixture fixture;
    Database database(fixture.file, Database::Mode::write);
    migrate(database, schema(), fixture.clock.now());
    const auto latest = schema().back().version;
    CHECK(number(database, "PRAGMA user_version") == latest);
    CHECK(number(database, "SELECT count(*) FROM migrations") == latest);
    migrate(database, schema(), fixture.clock.now());
    CHECK(number(database, "SELECT count(*) FROM migrations") == latest);
    CHECK(number(database, "SELECT count(*) FROM pragma_foreign_key_check") == 0);
}

TEST_CASE("An older file gets the steps that it lacks and keeps its data") {
    Fixture fixture;
    Database database(fixture.file, Database::Mode::write);
    fixture.migrate_to(database, std::array{first});
    database.run("INSERT INTO rooms (number) VALUES (312)");
    fixture.migrate_to(database, std::array{first, second});
    CHECK(number(database, "SELECT floor FROM rooms") == 3);
    CHECK(number(database, "PRAGMA user_version") == 2);
}

TEST_CASE("A step that fails leaves nothing of itself") {
    Fixture fixture;
    Database database(fixture.file, Database::Mode::write);
    fixture.migrate_to(database, std::array{first});
    CHECK_THROWS_WITH(fixture.migrate_to(database, std::array{first, broken}),
                      Contains("migration 2") && Contains("nowhere"));
    CHECK(number(database, "PRAGMA user_version") == 1);
    CHECK(number(database, "SELECT count(*) FROM sqlite_schema WHERE name = 'keys'") == 0);
    CHECK(database.autocommit());
    fixture.migrate_to(database, std::array{first, second});
    CHECK(number(database, "PRAGMA user_version") == 2);
}

TEST_CASE("A file of a newer program is refused and left alone") {
    Fixture fixture;
    Database database(fixture.file, Database::Mode::write);
    fixture.migrate_to(database, std::array{first, second});
    CHECK_THROWS_AS(fixture.migrate_to(database, std::array{first}), StoreError);
    CHECK_THROWS_WITH(fixture.migrate_to(database, std::array{first}),
                      Contains("newer program") && Contains(fixture.file.string()));
    CHECK(number(database, "PRAGMA user_version") == 2);
}

TEST_CASE("Another program's database is refused and left alone") {
    Fixture fixture;
    Database database(fixture.file, Database::Mode::write);
    database.script("CREATE TABLE bookmarks (url TEXT)");
    CHECK_THROWS_WITH(migrate(database, schema(), fixture.clock.now()), Contains("another program"));
    CHECK(number(database, "SELECT count(*) FROM sqlite_schema") == 1);
}

TEST_CASE("Messages from before long texts stand alone") {
    Fixture fixture;
    Database database(fixture.file, Database::Mode::write);
    migrate(database, schema().first(1), fixture.clock.now());
    database.script(
        "INSERT INTO guests VALUES ('g', '', '', 1, 1);"
        "INSERT INTO conversations VALUES ('c', 'g', 'sms', 'new', '+1', '+2', 1, 1, 'Hello', 1, 1, 1);"
        "INSERT INTO messages VALUES (1, 'm', 'c', 'g', 'sms', 'inbound', 'guest', 'Hello', 0, '+1', '+2',"
        " 'standard', 'received', 0, '', '', 0, '', 0, 'SM1', 1, 'GSM-7', '', '', NULL, NULL, NULL, 1, 1);");
    migrate(database, schema(), fixture.clock.now());
    const auto message = load_message(database, "m");
    REQUIRE(message);
    CHECK(message->content == "Hello");
    CHECK_FALSE(message->group);
}
