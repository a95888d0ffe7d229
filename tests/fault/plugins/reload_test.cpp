// A reload replaces the plugin while calls are in flight, and drops none.

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <future>
#include <thread>

#include "../../support/eventually.h"
#include "plugin_host.h"

using namespace jackgw;

namespace {

/// The file that the fixture's /wait handler reads: the call ends when the test lets it.
class Gate {
  public:
    explicit Gate(const test::TempFolder& folder) : path_(folder.path() / "gate") {
        REQUIRE(::mkfifo(path_.c_str(), 0600) == 0);
    }
    std::string path() const { return path_.string(); }

    /// Returns once the handler has opened its end: the call is in the plugin.
    void wait_for_call() {
        end_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
        REQUIRE(end_ >= 0);
    }
    void let_go() const { ::close(end_); }

  private:
    std::filesystem::path path_;
    int end_ = -1;
};

}  // namespace

TEST_CASE("A reload brings the new version and unmaps the old one") {
    test::PluginHost host({{"good", "good", true, true}});
    host.install_fixture("good", "good");
    host.manager().start();
    CHECK(host.get("/webhooks/good/version").body == "1.0.0");
    host.install_fixture("good-2", "good");
    const auto result = std::get<plugins::Reloaded>(host.manager().reload("good"));
    CHECK(result.generation == 2);
    CHECK(result.plugin_version == "2.0.0");
    if (!KEEP_MAPPED) CHECK(result.remark == "");
    CHECK(result.former_unloaded == !KEEP_MAPPED);
    CHECK(host.get("/webhooks/good/version").body == "2.0.0");
    CHECK(host.published == std::vector<std::string>{"good", "good"});
}

TEST_CASE("A failing new file leaves the live generation as it is") {
    const auto fixture =
        GENERATE(as<std::string>{}, "create-fails", "start-fails", "crashes-on-load", "wrong-major");
    test::PluginHost host({{"good", "good", true, true}});
    host.install_fixture("good", "good");
    host.manager().start();
    host.install_fixture(fixture, "good");
    CHECK_THAT(std::get<std::string>(host.manager().reload("good")),
               Catch::Contains("good.so") || Catch::Contains("variant"));
    CHECK(host.get("/webhooks/good/version").body == "1.0.0");
    const auto report = host.report("good");
    CHECK(report.ready);
    CHECK(report.generation == 1);
    CHECK_FALSE(report.error.empty());
    host.install_fixture("good-2", "good");
    CHECK(std::holds_alternative<plugins::Reloaded>(host.manager().reload("good")));
    CHECK(host.report("good").error.empty());
}

TEST_CASE("A channel that could not be loaded at the start is brought by a reload") {
    test::PluginHost host({{"good", "good", true, false}});
    host.manager().start();
    CHECK(host.get("/webhooks/good/version").status == 503);
    host.install_fixture("good", "good");
    CHECK(std::holds_alternative<plugins::Reloaded>(host.manager().reload("good")));
    CHECK(host.get("/webhooks/good/version").status == 200);
    CHECK(host.get("/webhooks/unknown").status == 404);
}

TEST_CASE("Unknown and disabled channels can't be reloaded") {
    test::PluginHost host({{"off", "off", false, false}});
    host.manager().start();
    CHECK_THAT(std::get<std::string>(host.manager().reload("sms")), Catch::Contains("no channel 'sms'"));
    CHECK_THAT(std::get<std::string>(host.manager().reload("off")), Catch::Contains("not enabled"));
}

TEST_CASE("A call in flight finishes on the generation that it began with") {
    test::PluginHost host({{"good", "good", true, true}});
    host.install_fixture("good", "good");
    host.manager().start();
    Gate gate(host.folder);
    auto call = std::async(std::launch::async, [&] { return host.get("/webhooks/good/wait", gate.path()); });
    gate.wait_for_call();
    host.install_fixture("good-2", "good");
    auto reload = std::async(std::launch::async, [&] { return host.manager().reload("good"); });
    REQUIRE(test::eventually([&] { return host.get("/webhooks/good/version").body == "2.0.0"; }));
    gate.let_go();
    CHECK(call.get().body == "1.0.0");
    const auto result = std::get<plugins::Reloaded>(reload.get());
    CHECK(result.former_unloaded == !KEEP_MAPPED);
}

TEST_CASE("A call that does not come back leaves a stuck generation, which ends when it does") {
    test::PluginHost host({{"good", "good", true, true}}, std::chrono::milliseconds{50});
    host.install_fixture("good", "good");
    host.manager().start();
    Gate gate(host.folder);
    auto call = std::async(std::launch::async, [&] { return host.get("/webhooks/good/wait", gate.path()); });
    gate.wait_for_call();
    const auto result = std::get<plugins::Reloaded>(host.manager().reload("good"));
    CHECK_FALSE(result.former_unloaded);
    CHECK_THAT(result.remark, Catch::Contains("stuck"));
    const auto retiring = host.report("good").retiring;
    REQUIRE(retiring.size() == 1);
    CHECK(retiring[0] == std::pair<std::uint64_t, int>{1, 1});
    gate.let_go();
    CHECK(call.get().body == "1.0.0");
    CHECK(test::eventually([&] { return host.report("good").retiring.empty(); }));
    const auto report = host.report("good");
    CHECK(report.unloaded + report.still_mapped == 1);
    CHECK(report.still_mapped == (KEEP_MAPPED ? 1 : 0));
}

TEST_CASE("Statics of one generation are not seen by the next") {
    test::PluginHost host({{"count", "inline-statics", true, true}});
    host.install_fixture("inline-statics", "inline-statics");
    host.manager().start();
    CHECK(host.get("/webhooks/count").body == "1 1");
    CHECK(host.get("/webhooks/count").body == "2 2");
    REQUIRE(std::holds_alternative<plugins::Reloaded>(host.manager().reload("count")));
    CHECK(host.get("/webhooks/count").body == "1 1");
}

TEST_CASE("Many reloads under load: every call is answered, every former generation is gone") {
    test::PluginHost host({{"good", "good", true, true}});
    host.install_fixture("good", "good");
    host.manager().start();
    std::atomic<bool> ending{false};
    std::atomic<int> answered{0};
    std::atomic<int> odd{0};
    std::vector<std::thread> callers;
    for (int i = 0; i < 4; ++i)
        callers.emplace_back([&] {
            while (!ending) {
                const http::Response response = host.get("/webhooks/good/version");
                if (response.status != 200 || response.body != "1.0.0") ++odd;
                ++answered;
            }
        });
    constexpr int reloads = 20;
    int unloaded = 0;
    for (int i = 0; i < reloads; ++i) {
        const auto result = host.manager().reload("good");
        REQUIRE(std::holds_alternative<plugins::Reloaded>(result));
        unloaded += std::get<plugins::Reloaded>(result).former_unloaded ? 1 : 0;
    }
    ending = true;
    for (std::thread& caller : callers) caller.join();
    CHECK(odd == 0);
    CHECK(answered > reloads);
    CHECK(unloaded == (KEEP_MAPPED ? 0 : reloads));
    CHECK(host.report("good").generation == reloads + 1);
}

TEST_CASE("After the stop paths answer 503") {
    test::PluginHost host({{"good", "good", true, true}});
    host.install_fixture("good", "good");
    host.manager().start();
    CHECK(host.manager().stop());
    CHECK(host.get("/webhooks/good/version").status == 503);
    CHECK_FALSE(host.manager().sender("good"));
}
