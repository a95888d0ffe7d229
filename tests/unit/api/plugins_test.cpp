#include <catch2/catch.hpp>

#include "house.h"

using namespace jackgw;
using test::Answer;
using test::House;

namespace {

api::PluginInfo sms() {
    api::PluginInfo info;
    info.channel = "sms";
    info.property = "main";
    info.plugin = "jackgw-sms";
    info.required = true;
    info.state = api::ChannelState::ready;
    info.live = {3, "1.2.0", "1.0", "live", "/plugins/jackgw-sms.so", 2};
    info.retiring = {{2, "1.1.0", "1.0", "draining", "/plugins/jackgw-sms.so", 1}};
    info.capabilities = {"text", "media"};
    info.healthy = false;
    info.health_reason = "no token";
    return info;
}

}  // namespace

TEST_CASE("Plugins are shown with their generations") {
    House house;
    api::PluginInfo down;
    down.channel = "whatsapp";
    down.property = "lakeside";
    down.plugin = "jackgw-whatsapp";
    down.error = "no such file";
    api::PluginInfo off = down;
    off.channel = "z-mail";
    off.enabled = false;
    off.state = api::ChannelState::disabled;
    house.plugins.infos = {sms(), down, off};

    CHECK(
        house.get("/plugins").response.body ==
        R"({"data":[{"channel":"sms","property":"main","plugin":"jackgw-sms","enabled":true,"required":true,"state":"ready",)"
        R"("error":null,"generation":3,"version":"1.2.0","abi":"1.0","file":"/plugins/jackgw-sms.so",)"
        R"("inFlight":2,"capabilities":["text","media"],"healthy":false,"healthReason":"no token",)"
        R"("retiring":[{"generation":2,"version":"1.1.0","abi":"1.0","state":"draining",)"
        R"("file":"/plugins/jackgw-sms.so","inFlight":1}]},)"
        R"({"channel":"whatsapp","property":"lakeside","plugin":"jackgw-whatsapp","enabled":true,"required":false,"state":"down",)"
        R"("error":"no such file","generation":null,"version":null,"abi":null,"file":null,"inFlight":null,)"
        R"("capabilities":[],"healthy":true,"healthReason":null,"retiring":[]},)"
        R"({"channel":"z-mail","property":"lakeside","plugin":"jackgw-whatsapp","enabled":false,"required":false,)"
        R"("state":"disabled","error":"no such file","generation":null,"version":null,"abi":null,)"
        R"("file":null,"inFlight":null,"capabilities":[],"healthy":true,"healthReason":null,)"
        R"("retiring":[]}],"nextCursor":null})");
}

TEST_CASE("A channel's plugin is reloaded") {
    House house;
    house.plugins.infos = {sms()};
    house.plugins.reload_result = api::GenerationInfo{4, "1.2.1", "1.0", "live", "/plugins/jackgw-sms.so", 0};
    const Answer answer = house.post("/plugins/sms/reload");
    CHECK(answer.status == 200);
    CHECK(answer.text("data.generation") == "4");
    CHECK(answer.text("data.version") == "1.2.1");
    CHECK(house.plugins.reloaded == std::vector<std::string>{"sms"});
}

TEST_CASE("A reload that can't be done says why") {
    House house;
    api::PluginInfo off;
    off.channel = "mail";
    off.state = api::ChannelState::disabled;
    house.plugins.infos = {sms(), off};
    house.plugins.reload_result = std::string("jackgw-sms.so: not an ELF file");

    const Answer failed = house.post("/plugins/sms/reload");
    CHECK(failed.status == 409);
    CHECK(failed.code() == "RELOAD_FAILED");
    CHECK(failed.text("error.message") == "jackgw-sms.so: not an ELF file");

    CHECK(house.post("/plugins/mail/reload").code() == "CHANNEL_DISABLED");
    CHECK(house.post("/plugins/fax/reload").status == 404);
    CHECK(house.plugins.reloaded == std::vector<std::string>{"sms"});
}

TEST_CASE("A channel's self-test is shown check by check") {
    House house;
    house.plugins.infos = {sms()};
    api::TestReport report;
    report.checks = {{"credentials", "", CheckStatus::ok, "they are right"},
                     {"webhook", "+15551234567", CheckStatus::warning, "set #rc=3"},
                     {"service", "MG1", CheckStatus::skipped, "no answer"}};
    house.plugins.test_result = report;
    CHECK(house.post("/plugins/sms/test").response.body ==
          R"({"data":{"channel":"sms","ok":true,"error":null,"checks":[)"
          R"({"name":"credentials","subject":null,"status":"ok","message":"they are right"},)"
          R"({"name":"webhook","subject":"+15551234567","status":"warning","message":"set #rc=3"},)"
          R"({"name":"service","subject":"MG1","status":"skipped","message":"no answer"}]}})");
    CHECK(house.plugins.tested == std::vector<std::string>{"sms"});

    report.checks.push_back({"number", "+1", CheckStatus::failed, "not yours"});
    house.plugins.test_result = report;
    CHECK(house.post("/plugins/sms/test").text("data.ok") == "false");

    house.plugins.test_result = api::TestReport{{}, "no memory"};
    const Answer broken = house.post("/plugins/sms/test");
    CHECK(broken.text("data.ok") == "false");
    CHECK(broken.text("data.error") == "no memory");
}

TEST_CASE("A self-test that can't be run says why") {
    House house;
    api::PluginInfo off;
    off.channel = "mail";
    off.state = api::ChannelState::disabled;
    house.plugins.infos = {sms(), off};
    const auto [refusal, status, code] = GENERATE(
        table<api::NoTest, int, std::string>({{api::NoTest::not_ready, 503, "CHANNEL_UNAVAILABLE"},
                                              {api::NoTest::not_supported, 501, "TEST_NOT_SUPPORTED"},
                                              {api::NoTest::running, 409, "TEST_RUNNING"}}));
    house.plugins.test_result = refusal;
    const Answer refused = house.post("/plugins/sms/test");
    CHECK(refused.status == status);
    CHECK(refused.code() == code);

    CHECK(house.post("/plugins/mail/test").code() == "CHANNEL_DISABLED");
    CHECK(house.post("/plugins/fax/test").status == 404);
    CHECK(house.call("POST", "/plugins/sms/test", {}, {}, "agent-token").status == 403);
    CHECK(house.plugins.tested == std::vector<std::string>{"sms"});
}
