#include "plugins/loading/staging.h"

#include <sys/wait.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "../../support/temp_folder.h"
#include "plugins/loading/plugin_error.h"

using namespace jackgw;
namespace fs = std::filesystem;

namespace {

fs::path copy_plugin(const test::TempFolder& folder) {
    fs::copy_file(PLUGIN_FILE, folder.path() / "plugin.so");
    fs::permissions(folder.path() / "plugin.so", fs::perms{0755});
    return folder.path() / "plugin.so";
}

}  // namespace

TEST_CASE("Every staging makes a copy under a new name, and deletes it") {
    const test::TempFolder folder;
    const fs::path file = copy_plugin(folder);
    plugins::StagingArea area;
    fs::path first_path;
    {
        const plugins::StagedFile first = area.stage(file);
        const plugins::StagedFile second = area.stage(file);
        first_path = first.path();
        CHECK(first.path() != second.path());
        CHECK(test::read_file(first.path()) == test::read_file(file));
        CHECK((fs::status(first.path()).permissions() & fs::perms{0777}) == fs::perms{0500});
        CHECK((fs::status(first.path().parent_path()).permissions() & fs::perms{0777}) == fs::perms{0700});
    }
    CHECK_FALSE(fs::exists(first_path));
    CHECK(area.stage(file).path() != first_path);
}

TEST_CASE("The folder for copies goes with the area") {
    const test::TempFolder folder;
    const fs::path file = copy_plugin(folder);
    fs::path area_path;
    {
        plugins::StagingArea area;
        area_path = area.stage(file).path().parent_path();
        CHECK(fs::exists(area_path));
    }
    CHECK_FALSE(fs::exists(area_path));
}

TEST_CASE("What a killed process left behind is deleted, what a living one has is kept") {
    const pid_t gone = ::fork();
    if (gone == 0) ::_exit(0);
    REQUIRE(gone > 0);
    REQUIRE(::waitpid(gone, nullptr, 0) == gone);
    const fs::path parent = fs::temp_directory_path();
    const fs::path left_over = parent / ("jackgw-plugins-" + std::to_string(gone) + "-test");
    const fs::path in_use = parent / ("jackgw-plugins-" + std::to_string(::getppid()) + "-test");
    fs::create_directories(left_over / "inner");
    fs::create_directories(in_use);
    const plugins::StagingArea area;
    CHECK_FALSE(fs::exists(left_over));
    CHECK(fs::exists(in_use));
    fs::remove_all(in_use);
}

TEST_CASE("A file that others may write is refused, and so is what is no complete plugin") {
    const test::TempFolder folder;
    const fs::path file = copy_plugin(folder);
    plugins::StagingArea area;
    fs::permissions(file, fs::perms{0775});
    CHECK_THROWS_WITH(area.stage(file), Catch::Contains(file.string()) && Catch::Contains("chmod go-w"));
    fs::permissions(file, fs::perms{0757});
    CHECK_THROWS_WITH(area.stage(file), Catch::Contains("writable"));
    CHECK_THROWS_WITH(area.stage(folder.path() / "missing.so"), Catch::Contains("No such file"));
    CHECK_THROWS_WITH(area.stage(folder.path()), Catch::Contains("not a regular file"));
    const fs::path cut = folder.write("cut.so", test::read_file(file).substr(0, 900));
    fs::permissions(cut, fs::perms{0644});
    CHECK_THROWS_WITH(area.stage(cut), Catch::Contains("cut.so") && Catch::Contains("truncated"));
}
