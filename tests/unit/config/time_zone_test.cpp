#include "config/time_zone.h"

#include <sys/stat.h>

#include <catch2/catch.hpp>

#include "../../support/temp_folder.h"

using namespace jackgw::config;

TEST_CASE("Names of time zones have a form") {
    const auto [name, valid] = GENERATE(table<std::string, bool>({
        {"UTC", true},
        {"Europe/Vienna", true},
        {"America/Argentina/Buenos_Aires", true},
        {"America/Port-au-Prince", true},
        {"Etc/GMT+5", true},
        {"Etc/GMT-14", true},
        {"EST5EDT", true},
        {std::string(64, 'A'), true},
        {std::string(65, 'A'), false},
        {"", false},
        {"europe/vienna", false},
        {"posix/Europe/Vienna", false},
        {"right/Europe/Vienna", false},
        {"localtime", false},
        {"Europe/", false},
        {"/Europe/Vienna", false},
        {"Europe//Vienna", false},
        {"Europe/../../../../etc/passwd", false},
        {"..", false},
        {"../UTC", false},
        {".", false},
        {"Europe/./Vienna", false},
        {"zone.tab", false},
        {"Zone.tab", false},
        {"Europe/Vienna ", false},
        {"Europe/Z\xc3\xbcrich", false},
        {std::string("UTC\0", 4), false},
        {":UTC", false},
        {"+01:00", false},
        {"UTC\n", false},
    }));
    CAPTURE(name);
    CHECK(is_time_zone_name(name) == valid);
    // Never looked for in a database, wherever that is.
    if (!valid) CHECK_FALSE(is_known_time_zone(name, "/nowhere"));
}

TEST_CASE("A time zone is known that the database holds") {
    const jackgw::test::TempFolder database;
    std::filesystem::create_directories(database / "Europe");
    std::filesystem::create_directories(database / "Folder");
    const auto vienna = database.write("Europe/Vienna", "TZif2 and so on");
    std::filesystem::create_symlink(vienna, database / "Linked");
    std::filesystem::create_symlink(database / "Nothing", database / "Dangling");
    database.write("Text", "# no zone");
    database.write("Cut", "TZi");
    database.write("Empty", "");
    REQUIRE(::mkfifo((database / "Pipe").c_str(), 0600) == 0);

    const auto [name, known] = GENERATE(table<const char*, bool>({
        {"Europe/Vienna", true},
        {"Linked", true},
        {"Europe/Wien", false},
        {"Europe", false},
        {"Folder", false},
        {"Europe/Vienna/Hotel", false},
        {"Dangling", false},
        {"Text", false},
        {"Cut", false},
        {"Empty", false},
        {"Pipe", false},
    }));
    CAPTURE(name);
    CHECK(is_known_time_zone(name, database.path()) == known);
}

TEST_CASE("Without a database only the form of a time zone's name counts") {
    const jackgw::test::TempFolder folder;
    const auto file = folder.write("file", "no folder");
    std::filesystem::create_directories(folder / "empty");
    for (const auto& database : {folder / "none", folder / "empty", file}) {
        CAPTURE(database);
        CHECK(is_known_time_zone("Europe/Wien", database));
        CHECK_FALSE(is_known_time_zone("europe/wien", database));
    }
}
