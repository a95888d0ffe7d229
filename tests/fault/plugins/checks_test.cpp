// Self-test and look-up over the contract.

#include <sys/stat.h>

#include <catch2/catch.hpp>
#include <fstream>
#include <future>

#include "gateway/plugin_admin.h"
#include "plugin_host.h"

using namespace jackgw;
using plugins::NoSelfTest;
using plugins::SelfTestReport;

namespace {

std::string shown(const SelfTestReport& report) {
    std::string text;
    for (const Check& check : report.checks)
        text += check.name + "|" + check.subject + "|" + std::string(to_string(check.status)) + "|" +
                check.message + "\n";
    return text;
}

}  // namespace

TEST_CASE("A self-test's checks arrive in their order; what is broken among them does not") {
    test::PluginHost host({{"checks", "checks", true, true}});
    host.install_fixture("checks", "checks");
    host.manager().start();
    const auto report = std::get<SelfTestReport>(host.manager().self_test("checks"));
    CHECK(report.error.empty());
    CHECK(shown(report) ==
          "first|room 12|ok|well\nsecond|room 12|warning|nearly\nfuture|room 12|failed|unheard "
          "of\nthird|room 12|failed|broken \xef\xbf\xbd\n"
          "fourth|room 12|skipped|" +
              std::string(4096, 'x') + "\n");
}

TEST_CASE("Secrets that a self-test quotes don't get out") {
    test::PluginHost host({{"checks", "checks", true, true}});
    host.install_fixture("checks", "checks");
    host.manager().start();
    telemetry::Metrics metrics("test");
    gateway::PluginAdmin admin(host.manager(), metrics, host.redactor);
    host.redactor.set_secrets("test", {"room 12", "unheard"});
    const auto report = std::get<api::TestReport>(admin.test("checks"));
    REQUIRE(report.checks.size() == 5);
    CHECK(report.checks[0].subject == "[secret]");
    CHECK(report.checks[2].message == "[secret] of");
}

TEST_CASE("A channel without self-test or without plugin has none to run") {
    test::PluginHost host({{"good", "good", true, true}, {"gone", "gone", true, false}});
    host.install_fixture("good", "good");
    host.manager().start();
    CHECK(std::get<NoSelfTest>(host.manager().self_test("good")) == NoSelfTest::not_supported);
    CHECK(std::get<NoSelfTest>(host.manager().self_test("gone")) == NoSelfTest::not_ready);
    CHECK(std::get<NoSelfTest>(host.manager().self_test("nobody")) == NoSelfTest::not_ready);
}

TEST_CASE("One self-test runs at a time; one that fails as a whole shows its reason beside its checks") {
    test::PluginHost host({{"checks", "checks", true, true}});
    host.install_fixture("checks", "checks");
    const auto fifo = host.folder.path() / "fifo";
    REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
    host.options = {{"fifo", fifo.string()}};
    host.manager().start();

    auto first = std::async(std::launch::async, [&] { return host.manager().self_test("checks"); });
    std::ofstream other_end(fifo);  // opens when the first one waits there
    CHECK(std::get<NoSelfTest>(host.manager().self_test("checks")) == NoSelfTest::running);
    other_end.close();
    const auto report = std::get<SelfTestReport>(first.get());
    CHECK(report.error == "it took too long");
    CHECK(report.checks.size() == 5);
}

TEST_CASE("A look-up comes to what the plugin says") {
    test::PluginHost host({{"checks", "checks", true, true}, {"echo", "jackgw-echo", true, true}});
    host.install_fixture("checks", "checks");
    host.install(test::plugin_file("jackgw-echo"), "jackgw-echo");
    host.manager().start();
    const auto sender = host.manager().sender("checks");
    REQUIRE(sender);
    CHECK(sender->look_up({"m", "known", "us", "them"}).kind == LookUp::answered);
    const LookUpResult later = sender->look_up({"m", "later", "us", "them"});
    CHECK(later.kind == LookUp::unavailable);
    CHECK(later.error == "too many questions");
    const LookUpResult lost = sender->look_up({"m", "lost", "us", "them"});
    CHECK(lost.kind == LookUp::failed);
    CHECK(lost.error == "lost to them");
    // The template's table of functions has none.
    CHECK(host.manager().sender("echo")->look_up({"m", "known", "us", "them"}).kind == LookUp::not_supported);
}
