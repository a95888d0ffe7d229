#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch.hpp>
#include <fstream>

#include "../../support/fake_clock.h"
#include "../../support/temp_folder.h"
#include "storage/open_store.h"

using namespace jackgw;
using namespace jackgw::store;
using namespace jackgw::test;
using Catch::Matchers::Contains;

namespace {

struct Opener {
    FakeClock clock;
    IdGenerator ids{clock};
    TempFolder folder;

    std::unique_ptr<Store> open(const std::filesystem::path& file) {
        return storage::open_store(file, clock, ids);
    }

    std::string refusal(const std::filesystem::path& file) {
        try {
            open(file);
        } catch (const StoreError& error) {
            return error.what();
        }
        return "opened";
    }
};

unsigned mode_of(const std::filesystem::path& file) {
    struct stat status {};
    REQUIRE(::stat(file.c_str(), &status) == 0);
    return status.st_mode & 0777U;
}

}  // namespace

TEST_CASE("A file belongs to one store at a time") {
    Opener opener;
    const auto file = opener.folder / "jack.db";
    auto store = opener.open(file);
    CHECK_THAT(opener.refusal(file), Contains(file.string()) && Contains(std::to_string(::getpid())));
    CHECK_NOTHROW(store->check());
    store.reset();
    CHECK(opener.refusal(file) == "opened");
}

TEST_CASE("A link does not get round the lock") {
    Opener opener;
    const auto file = opener.folder / "jack.db";
    const auto store = opener.open(file);
    std::filesystem::create_symlink(file, opener.folder / "other.db");
    CHECK_THAT(opener.refusal(opener.folder / "other.db"), Contains("in use"));
}

TEST_CASE("The folder is made, and what guests wrote is for the owner alone") {
    Opener opener;
    const auto file = opener.folder / "data" / "deep" / "jack.db";
    const auto store = opener.open(file);
    store->set_paused({}, false);
    for (const char* ending : {"", "-wal", "-shm", ".lock"}) {
        CAPTURE(ending);
        CHECK(mode_of(file.string() + ending) == 0600);
    }
}

TEST_CASE("A path that can't be opened is named with the reason") {
    Opener opener;
    std::ofstream(opener.folder / "file") << "x";
    CHECK_THAT(opener.refusal(opener.folder / "file" / "jack.db"), Contains("file/jack.db"));
    CHECK_THAT(opener.refusal(opener.folder.path()), Contains(opener.folder.path().string()));
}

TEST_CASE("A file that is no database is refused and left alone") {
    Opener opener;
    const auto file = opener.folder / "notes.txt";
    const std::string text(5000, 'x');
    std::ofstream(file) << text;
    CHECK_THAT(opener.refusal(file), Contains("notes.txt") && Contains("not a database"));
    CHECK(std::filesystem::file_size(file) == text.size());
}
