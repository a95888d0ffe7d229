// What databases of earlier versions come to when today's program opens them. dumps/README.md says what they
// hold and where they come from.

#include <algorithm>
#include <catch2/catch.hpp>

#include "../../support/temp_folder.h"
#include "dump.h"
#include "expected.h"
#include "shown.h"

using namespace jackgw::test;

namespace {

using Rows = std::vector<std::string>;

struct Files {
    TempFolder folder;

    std::filesystem::path fresh() const { return upgraded(folder / "fresh.db"); }
    std::filesystem::path dumped(int version) const {
        const auto file = folder / ("dumped" + std::to_string(version) + ".db");
        load_dump(version, file);
        return file;
    }
    static std::filesystem::path upgraded(const std::filesystem::path& file) {
        upgrade(file);
        return file;
    }
};

/// Where two lists of rows, whatever their order, differ first; empty: nowhere.
std::string difference(Rows expected, Rows actual) {
    std::ranges::sort(expected);
    std::ranges::sort(actual);
    const auto [wanted, found] = std::ranges::mismatch(expected, actual);
    if (wanted == expected.end() && found == actual.end()) return {};
    return "expected: " + (wanted == expected.end() ? "no more" : *wanted) +
           "\nbut is:   " + (found == actual.end() ? "no more" : *found);
}

std::string list_columns(Sqlite& database, const std::string& table) {
    std::string columns;
    for (const std::string& name : database.run("SELECT name FROM pragma_table_info('" + table + "')"))
        columns += (columns.empty() ? "" : ", ") + name;
    return columns;
}

}  // namespace

TEST_CASE("After an upgrade the API shows what the database of the earlier version held") {
    for (const int version : dumped_versions()) {
        INFO("schema " << version);
        Upgraded gateway(version);
        check_expected(shown(gateway), dump_file(version, ".json"));
    }
}

TEST_CASE("A dump is of the version that its name says, and none is missing") {
    const Files files;
    const int latest = std::stoi(Sqlite(files.fresh()).run("PRAGMA user_version").at(0));
    // The latest version's is made when the next one comes: until then the program itself writes it.
    CHECK(dumped_versions().size() + 1 >= static_cast<std::size_t>(latest));
    for (const int version : dumped_versions())
        CHECK(Sqlite(files.dumped(version)).run("PRAGMA user_version") == Rows{std::to_string(version)});
}

TEST_CASE("An upgraded database has the schema of a new one and is sound") {
    // Which also shows that no step was edited after it was released: those of the dumps are the old ones.
    const Files files;
    const std::string schema = "SELECT type, name, tbl_name, sql FROM sqlite_schema";
    const Rows expected = Sqlite(files.fresh()).run(schema);
    for (const int version : dumped_versions()) {
        INFO("schema " << version);
        Sqlite upgraded(Files::upgraded(files.dumped(version)));
        CHECK(difference(expected, upgraded.run(schema)) == "");
        CHECK(upgraded.run("PRAGMA integrity_check") == Rows{"ok"});
        CHECK(upgraded.run("PRAGMA foreign_key_check").empty());
    }
}

TEST_CASE("An upgrade keeps every row as it was") {
    // Also of the tables that the API doesn't show: keys, reports that came early, the outbox, lanes, events.
    const Files files;
    for (const int version : dumped_versions()) {
        const auto file = files.dumped(version);
        const auto copy = files.folder / ("copy" + std::to_string(version) + ".db");
        std::filesystem::copy_file(file, copy);
        Sqlite before(file);
        Sqlite after(Files::upgraded(copy));
        for (const std::string& table : before.run("SELECT name FROM sqlite_schema WHERE type = 'table'")) {
            if (table == "migrations") continue;                                    // gains the steps
            if (version >= 9 && (table == "counter" || table == "runs")) continue;  // written at each start
            INFO("schema " << version << ", " << table);
            std::string columns = list_columns(before, table);
            // Taken up by the store's clock, which begins with it; by the holds; by the pauses: the API shows
            // those.
            for (const std::string moved : {", queue_time", ", held_reason"})
                if (const auto gone = columns.find(moved); gone != std::string::npos)
                    columns.erase(gone, moved.size());
            const std::string kept = table == "settings" ? " WHERE name <> 'paused'" : "";
            const std::string query = "SELECT " + columns + " FROM " + table + kept;
            CHECK(difference(before.run(query), after.run(query)) == "");
        }
    }
}
