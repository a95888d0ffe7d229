// The disk fails, or the database is taken away: nobody is told what isn't so, and readiness says it at once.
#include <catch2/catch.hpp>

#include <fstream>

#include "database_hold.h"
#include "stack.h"

using namespace jackgw::test;
using Catch::Contains;

namespace {

/// A gateway whose log's disk fails on demand; see fixtures/disk.
class DiskTest {
  public:
    DiskTest() : stack_(options()) {}

    Stack& stack() { return stack_; }

    int readiness() { return stack_.http().get(stack_.url() + "/readyz").status; }
    bool becomes(int status) {
        return eventually([&] { return readiness() == status; }, std::chrono::seconds{10});
    }

    void fail_syncs(int count) {
        for (int i = 1; i <= count; ++i) std::ofstream(faults_ / ("sync-" + std::to_string(i)));
    }
    void fill() { std::ofstream(faults_ / "full"); }
    void make_room() { std::filesystem::remove(faults_ / "full"); }

    /// A guest's text, as the provider posts it; the answer's status.
    int text(std::uint64_t number) {
        return stack_.text(make_sid(number), guest_number, "text " + std::to_string(number)).status;
    }
    Answer post(const std::string& content, const std::string& key) {
        return stack_.api("POST", "/messages",
                          {{"channel", "sms"}, {"to", guest_number}, {"content", content}}, key);
    }
    /// How many messages have that content.
    std::size_t stored(const std::string& content) {
        std::size_t count = 0;
        for (const Json& message : stack_.all_messages()) count += message.at("content") == content ? 1 : 0;
        return count;
    }
    void restart() {
        stack_.kill_gateway();
        stack_.start_gateway();
    }

  private:
    StackOptions options() const {
        StackOptions options;
        options.simulator = false;
        options.variables = {{"LD_PRELOAD", FAILING_DISK},
                             {"JACKGW_DISK_FAULTS", faults_.path().string()},
                             {"ASAN_OPTIONS", "verify_asan_link_order=0"}};
        return options;
    }

    const TempFolder faults_;
    Stack stack_;
};

}  // namespace

TEST_CASE("17 what one failed sync refused is not there after kill -9") {
    DiskTest test;
    CHECK(test.text(1) == 200);
    test.fail_syncs(1);
    const Answer refused = test.post("refused", "key-1");
    CHECK(refused.status == 503);
    CHECK(refused.json().at("error").at("code") == "UNAVAILABLE");
    test.restart();
    CHECK(test.stored("refused") == 0);
    test.fail_syncs(1);
    CHECK(test.text(2) == 503);
    test.restart();
    CHECK(test.stored("text 2") == 0);
    CHECK(test.text(2) == 200);
    CHECK(test.stored("text 2") == 1);
    CHECK(test.stored("text 1") == 1);
}

TEST_CASE("17 where the disk doesn't let it be taken back, the outcome is unknown until a restart") {
    DiskTest test;
    test.fail_syncs(2);
    const Answer unknown = test.post("perhaps", "key-1");
    CHECK(unknown.status == 503);
    CHECK(unknown.json().at("error").at("code") == "OUTCOME_UNKNOWN");
    CHECK_THAT(test.stack().log(), Contains("the gateway started again"));

    CHECK(test.text(1) == 503);
    CHECK(test.post("later", "key-2").json().at("error").at("code") == "UNAVAILABLE");
    CHECK(test.readiness() == 503);
    CHECK(test.stack().api("GET", "/conversations").status == 200);

    test.restart();
    CHECK(test.becomes(200));
    CHECK(test.stored("perhaps") <= 1);
    CHECK(test.stored("later") == 0);
    CHECK(test.post("perhaps", "key-1").status == 202);
    CHECK(test.stored("perhaps") == 1);
    CHECK(test.text(1) == 200);
}

TEST_CASE("17 a full disk is not ready, takes nothing, and all goes on when there is room") {
    DiskTest test;
    CHECK(test.readiness() == 200);
    test.fill();
    CHECK(test.becomes(503));
    CHECK(test.text(1) == 503);
    CHECK_THAT(test.stack().log(), Contains("make room on the disk"));
    test.make_room();
    CHECK(test.becomes(200));
    CHECK(test.text(1) == 200);
    CHECK(test.stored("text 1") == 1);
}

TEST_CASE("17 nothing is acknowledged into a file that is not at its path any more") {
    DiskTest test;
    const std::filesystem::path file =
        test.stack().store_file().string() + GENERATE(as<std::string>{}, "", "-wal");
    const std::filesystem::path away = file.string() + ".away";
    CHECK(test.text(1) == 200);
    SECTION("moved, and back again") {
        std::filesystem::rename(file, away);
        CHECK(test.text(2) == 503);
        CHECK(test.becomes(503));
        std::filesystem::rename(away, file);
        CHECK(test.becomes(200));
        CHECK(test.text(2) == 200);
        test.restart();
        CHECK(test.stored("text 2") == 1);
    }
    SECTION("deleted") {
        std::filesystem::remove(file);
        CHECK(test.text(2) == 503);
        CHECK(test.post("answer", "key-1").json().at("error").at("code") == "UNAVAILABLE");
        CHECK(test.becomes(503));
        CHECK_THAT(test.stack().log(), Contains("was moved or deleted") && Contains("restore a backup"));
    }
    SECTION("replaced by a copy") {
        std::filesystem::copy_file(file, away);
        std::filesystem::rename(away, file);
        CHECK(test.text(2) == 503);
        CHECK(test.becomes(503));
        CHECK_THAT(test.stack().log(), Contains("was replaced by another one"));
    }
}

TEST_CASE("17 a database that another program holds is not ready within seconds, and is again afterwards") {
    DiskTest test;
    {
        const DatabaseHold hold(test.stack().store_file());
        const auto begin = std::chrono::steady_clock::now();
        CHECK(test.readiness() == 503);
        CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{6});
    }
    CHECK(test.becomes(200));
    CHECK(test.text(1) == 200);
}
