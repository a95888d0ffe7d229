#include "sms/simulator/account.h"

#include <catch2/catch.hpp>

#include "manual_clock.h"

using namespace jackgw::sms::simulator;

namespace {

Message message(const std::string& sid, const std::string& to = "+15559876543") {
    Message made;
    made.sid = sid;
    made.from = "+15551234567";
    made.to = to;
    made.body = "Hello";
    return made;
}

std::vector<std::string> sids(const std::vector<Message>& messages) {
    std::vector<std::string> found;
    for (const auto& item : messages) found.push_back(item.sid);
    return found;
}

}  // namespace

TEST_CASE("pages go from the latest to the first, and what comes in between doesn't shift them") {
    const ManualClock clock;
    Account account(clock, nullptr);
    for (const char* sid : {"SM1", "SM2", "SM3", "SM4", "SM5"}) account.add(message(sid));
    MessageFilter filter{.limit = 2};
    auto page = account.list(filter);
    CHECK(sids(page.messages) == std::vector<std::string>{"SM5", "SM4"});
    CHECK(page.more);
    account.add(message("SM6"));
    filter.after_sid = "SM4";
    page = account.list(filter);
    CHECK(sids(page.messages) == std::vector<std::string>{"SM3", "SM2"});
    filter.after_sid = "SM2";
    page = account.list(filter);
    CHECK(sids(page.messages) == std::vector<std::string>{"SM1"});
    CHECK_FALSE(page.more);
}

TEST_CASE("lists are narrowed by number and time of sending") {
    ManualClock clock;
    Account account(clock, nullptr);
    const auto start = clock.time;
    account.add(message("SM1", "+15550000001"));
    account.add(message("SM2", "+15550000002"));
    clock.time += std::chrono::hours{1};
    account.advance("SM1", Status::sent, {});
    CHECK(sids(account.list({.to = "+15550000002"}).messages) == std::vector<std::string>{"SM2"});
    CHECK(account.list({.from = "+15550000002"}).messages.empty());
    CHECK(sids(account.list({.sent_from = clock.time}).messages) == std::vector<std::string>{"SM1"});
    // What isn't sent yet has no DateSent: a filter by it hides the message.
    CHECK(account.list({.sent_from = start, .sent_before = clock.time}).messages.empty());
    CHECK(sids(account.list({.sent_before = clock.time + std::chrono::hours{1}}).messages) ==
          std::vector<std::string>{"SM1"});
}

TEST_CASE("messages appear in lists late, and are found by their SID at once") {
    ManualClock clock;
    Account account(clock, nullptr);
    account.set_list_delay(std::chrono::seconds{3});
    account.add(message("SM1"));
    clock.time += std::chrono::milliseconds{2999};
    account.add(message("SM2"));
    CHECK(account.list({}).messages.empty());
    CHECK(account.find("SM1"));
    CHECK(account.with("").size() == 2);
    clock.time += std::chrono::milliseconds{1};
    CHECK(sids(account.list({}).messages) == std::vector<std::string>{"SM1"});
    account.set_list_delay(std::chrono::seconds{0});
    CHECK(account.list({}).messages.size() == 2);
}

TEST_CASE("a sender that a service hasn't chosen yet hides the message from a filter by it") {
    const ManualClock clock;
    Account account(clock, nullptr);
    Message by_service = message("SM1");
    by_service.from.clear();
    by_service.messaging_service_sid = "MG1";
    account.add(by_service);
    CHECK(account.list({.from = "+15551234567"}).messages.empty());
    CHECK(account.list({.to = "+15559876543"}).messages.size() == 1);
}

TEST_CASE("a message moves on, keeps when it was sent, and what was canceled stays so") {
    ManualClock clock;
    Account account(clock, nullptr);
    account.add(message("SM1"));
    clock.time += std::chrono::seconds{1};
    account.advance("SM1", Status::sent, {});
    const auto sent = clock.time;
    clock.time += std::chrono::seconds{1};
    const auto moved = account.advance("SM1", Status::undelivered, 30003);
    REQUIRE(moved);
    CHECK(moved->status == Status::undelivered);
    CHECK(moved->error_code == 30003);
    CHECK(moved->sent == sent);
    CHECK(moved->updated == clock.time);

    auto scheduled = message("SM2");
    scheduled.status = Status::scheduled;
    account.add(scheduled);
    CHECK(account.cancel("SM1") == Account::Change::refused);
    CHECK(account.cancel("SM2") == Account::Change::done);
    CHECK(account.cancel("SM3") == Account::Change::not_found);
    CHECK_FALSE(account.advance("SM2", Status::queued, {}));
    CHECK(account.find("SM2")->status == Status::canceled);
}

TEST_CASE("only what is finished can be redacted or removed") {
    const ManualClock clock;
    Account account(clock, nullptr);
    account.add(message("SM1"));
    CHECK(account.redact("SM1") == Account::Change::refused);
    CHECK(account.remove("SM1") == Account::Change::refused);
    account.advance("SM1", Status::delivered, {});
    CHECK(account.redact("SM1") == Account::Change::done);
    CHECK(account.find("SM1")->body.empty());
    CHECK(account.remove("SM1") == Account::Change::done);
    CHECK_FALSE(account.find("SM1"));
    CHECK(account.remove("SM1") == Account::Change::not_found);
}

TEST_CASE("opt-outs hold between one sender and one guest") {
    const ManualClock clock;
    Account account(clock, nullptr);
    account.set_opt_out("+15551234567", "+15559876543", true);
    CHECK(account.is_opted_out("+15551234567", "+15559876543"));
    CHECK_FALSE(account.is_opted_out("+15551234567", "+15559876544"));
    CHECK_FALSE(account.is_opted_out("+15551234568", "+15559876543"));
    account.set_opt_out("+15551234567", "+15559876543", false);
    CHECK_FALSE(account.is_opted_out("+15551234567", "+15559876543"));
}
