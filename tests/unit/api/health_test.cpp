#include "api/health.h"

#include <catch2/catch.hpp>

#include "house.h"

using namespace jackgw;
using test::Answer;

namespace {

struct Clinic {
    test::FakeClock clock;
    test::FakeStore store{clock};
    test::FakePlugins plugins;
    std::vector<api::NotReady> more;
    std::string problem;
    api::Health health{store, plugins, [] { return std::string("up 1\n"); }, [this] { return more; },
                       [this](std::string_view told) { problem = told; }};
    http::RouteTable table{health.routes()};

    Answer get(const std::string& path) const {
        auto response = table.answer(test::House::request("GET", path, "", {}));
        REQUIRE(response);
        return Answer(*response);
    }

    void add(const std::string& channel, api::ChannelState state, bool enabled = true) {
        api::PluginInfo info;
        info.channel = channel;
        info.state = state;
        info.enabled = enabled;
        plugins.infos.push_back(info);
    }
};

}  // namespace

TEST_CASE("Ready when the store answers and every enabled channel has its plugin") {
    Clinic clinic;
    clinic.add("mail", api::ChannelState::disabled, false);
    clinic.add("sms", api::ChannelState::ready);
    const Answer answer = clinic.get("/readyz");
    CHECK(answer.status == 200);
    CHECK(answer.text("status") == "ready");
    CHECK(answer.size("reasons") == 0);
}

TEST_CASE("Not ready says why, all reasons at once") {
    Clinic clinic;
    clinic.store.broken = true;
    clinic.add("sms", api::ChannelState::down);
    clinic.more = {{"outbox", "The dispatcher stands still"}};
    const Answer answer = clinic.get("/readyz");
    CHECK(answer.status == 503);
    CHECK(answer.text("status") == "not ready");
    REQUIRE(answer.size("reasons") == 3);
    CHECK(answer.text("reasons[0].component") == "store");
    CHECK(answer.text("reasons[1].component") == "channel sms");
    CHECK(answer.text("reasons[2].reason") == "The dispatcher stands still");
    CHECK_THAT(answer.response.body, !Catch::Contains("fake store"));
    CHECK_THAT(clinic.problem, Catch::Contains("fake store"));

    clinic.store.broken = false;
    clinic.get("/readyz");
    CHECK(clinic.problem.empty());
}

TEST_CASE("Alive is alive whatever is broken") {
    Clinic clinic;
    clinic.store.broken = true;
    clinic.add("sms", api::ChannelState::down);
    CHECK(clinic.get("/healthz").status == 200);
}

TEST_CASE("Metrics are plain text, and none of these asks for a token") {
    Clinic clinic;
    const Answer answer = clinic.get("/metrics");
    CHECK(answer.status == 200);
    CHECK(answer.response.body == "up 1\n");
    CHECK_THAT(answer.header("Content-Type"), Catch::StartsWith("text/plain; version=0.0.4"));
}
