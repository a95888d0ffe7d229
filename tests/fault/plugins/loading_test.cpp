// What is wrong with a plugin is told, and everything else goes on.

#include <catch2/catch.hpp>

#include "plugin_host.h"
#include "plugins/loading/library.h"

using namespace jackgw;

namespace {

plugins::ChannelSettings channel(const std::string& name, bool required = false) {
    return {name, name, true, required};
}

}  // namespace

TEST_CASE("Each broken plugin disables its channel with file and cause, and the other channel lives") {
    const auto [fixture, cause] = GENERATE(table<std::string, std::string>({
        {"no-symbol", "exports no symbol jackgw_plugin_entry"},
        {"wrong-magic", "magic number"},
        {"wrong-major", "built for plugin ABI 2"},
        {"host-too-old", "needs plugin ABI 1.999"},
        {"short-entry", "16 bytes"},
        {"no-create", "no create"},
        {"create-fails", "the stars are not right"},
        {"create-gives-nothing", "gave no instance"},
        {"start-fails", "no coffee"},
        {"late-route", "inside create only"},
        {"bad-route", "must begin with /webhooks/"},
        {"route-twice", "registered before"},
        {"throws", "threw an exception"},
        {"crashes-on-load", "crashed it: Aborted"},
    }));
    CAPTURE(fixture);
    test::PluginHost host({channel("broken"), channel("good")});
    host.install_fixture(fixture, "broken");
    host.install_fixture("good", "good");
    const auto report = host.started("broken");
    CHECK_FALSE(report.ready);
    CHECK_THAT(report.error, Catch::Contains(cause));
    CHECK(host.report("good").ready);
    CHECK(host.get("/webhooks/good/version").body == "1.0.0");
    CHECK(host.get("/webhooks/broken/version").status == 503);
    CHECK_THAT(host.log_text.str(), Catch::Contains(cause));
    CHECK(host.published == std::vector<std::string>{"good"});
}

TEST_CASE("A file that isn't there, isn't ELF or is cut short is named") {
    test::PluginHost host({channel("missing"), channel("text"), channel("cut")});
    host.install(host.folder.write(
                     "text", "not a plugin at all, but long enough to be read as an ELF header would be"),
                 "text");
    const std::string whole = test::read_file(test::fixture_file("good"));
    host.install(host.folder.write("cut", whole.substr(0, whole.size() / 2)), "cut");
    host.manager().start();
    CHECK_THAT(host.report("missing").error, Catch::Contains("missing.so: No such file"));
    CHECK_THAT(host.report("text").error, Catch::Contains("text.so: it is not an ELF file"));
    CHECK_THAT(host.report("cut").error, Catch::Contains("cut.so: it is truncated"));
}

TEST_CASE("A plugin file is out of memory once it is closed") {
    if (KEEP_MAPPED) return;
    const auto file = GENERATE(test::plugin_file("jackgw-sms"), test::plugin_file("jackgw-echo"),
                               test::fixture_file("asked"), test::fixture_file("checks"),
                               test::fixture_file("good"), test::fixture_file("inline-statics"),
                               test::fixture_file("media"), test::fixture_file("throws"));
    CAPTURE(file);
    plugins::StagingArea staging;
    auto staged = staging.stage(file);
    const auto path = staged.path();
    plugins::Library library(std::move(staged), file, false);
    CHECK(plugins::is_mapped(path));
    CHECK(library.close() == "");
    CHECK_FALSE(plugins::is_mapped(path));
}

TEST_CASE("A required channel that can't be used ends the start") {
    test::PluginHost host({channel("broken", true)});
    host.install_fixture("create-fails", "broken");
    CHECK_THROWS_WITH(host.manager().start(),
                      Catch::Contains("required") && Catch::Contains("the stars are not right"));
}

TEST_CASE("A channel that isn't enabled isn't loaded, and keeps nobody waiting") {
    test::PluginHost host({{"off", "off", false, true}, channel("good")});
    host.install_fixture("good", "good");
    host.manager().start();
    CHECK_FALSE(host.report("off").ready);
    CHECK_FALSE(host.manager().known("off"));
    CHECK(host.get("/webhooks/unknown").status == 404);
}

TEST_CASE("Two channels can't have the same route") {
    test::PluginHost host({{"one", "echo", true, false}, {"two", "echo", true, false}});
    host.install(test::plugin_file("jackgw-echo"), "echo");
    host.manager().start();
    CHECK(host.report("one").ready);
    CHECK_THAT(host.report("two").error, Catch::Contains("belongs to another channel"));
}
