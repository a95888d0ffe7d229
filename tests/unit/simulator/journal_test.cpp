#include "sms/simulator/journal.h"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "manual_clock.h"

using namespace jackgw::sms::simulator;

namespace {

/// A file of this test's own, removed with it.
struct TemporaryFile {
    std::string path =
        (std::filesystem::temp_directory_path() / ("jackgw-journal-" + std::to_string(getpid()) + ".jsonl"))
            .string();
    ~TemporaryFile() { std::filesystem::remove(path); }
};

std::size_t lines(const std::string& path) {
    std::ifstream in(path);
    std::size_t count = 0;
    for (std::string line; std::getline(in, line);) ++count;
    return count;
}

}  // namespace

TEST_CASE("a journal gives the next run what the last one knew") {
    const TemporaryFile file;
    const ManualClock clock;
    {
        Journal journal(file.path);
        Account account(clock, &journal);
        journal.restore(account);
        Message first;
        first.sid = "SM1";
        first.from = "+15551234567";
        first.to = "+15559876543";
        first.body = "Line one\nGrüße 😀 \"quoted\"";
        first.media_urls = {"https://h.example/a.png"};
        first.status_callback = "https://h.example/status?a=1";
        first.segments = 2;
        account.add(first);
        account.advance("SM1", Status::sent, {});
        account.advance("SM1", Status::undelivered, 30003);
        Message gone;
        gone.sid = "SM2";
        gone.status = Status::delivered;
        account.add(gone);
        account.remove("SM2");
        account.set_opt_out("+15551234567", "+15559876543", true);
        account.set_opt_out("+15551234567", "+15559876544", true);
        account.set_opt_out("+15551234567", "+15559876544", false);
    }
    std::ofstream(file.path, std::ios::app) << R"({"message":"SM3","bo)";  // killed while it wrote

    Journal journal(file.path);
    Account account(clock, &journal);
    journal.restore(account);
    const auto messages = account.with("");
    REQUIRE(messages.size() == 1);
    const Message& known = messages.front();
    CHECK(known.sid == "SM1");
    CHECK(known.body == "Line one\nGrüße 😀 \"quoted\"");
    CHECK(known.media_urls == std::vector<std::string>{"https://h.example/a.png"});
    CHECK(known.status_callback == "https://h.example/status?a=1");
    CHECK(known.status == Status::undelivered);
    CHECK(known.error_code == 30003);
    CHECK(known.segments == 2);
    CHECK(known.created == clock.time);
    CHECK(known.sent == clock.time);
    CHECK(account.opt_outs() ==
          std::set<std::pair<std::string, std::string>>{{"+15551234567", "+15559876543"}});
    CHECK(lines(file.path) == 2);  // what is outdated has gone
}

TEST_CASE("a journal that can't be written says which file") {
    const ManualClock clock;
    Journal journal("/nonexistent-folder/state");
    Account account(clock, &journal);
    CHECK_THROWS_WITH(journal.restore(account), Catch::Contains("/nonexistent-folder/state"));
}
