// What a plugin does in a call stays in that call; the template does its work.

#include <catch2/catch.hpp>

#include "plugin_host.h"

using namespace jackgw;

namespace {

http::Request echo_request(const std::string& query, const std::string& body) {
    http::Request request;
    request.method = "POST";
    request.path = "/webhooks/echo/message";
    request.query = query;
    request.target = request.path + "?" + query;
    request.body = body;
    request.received_at = from_micros(1'795'365'494'000'000);
    return request;
}

}  // namespace

TEST_CASE("The template plugin answers what it gets and stores it once") {
    test::PluginHost host({{"echo", "jackgw-echo", true, true}});
    host.install(test::plugin_file("jackgw-echo"), "jackgw-echo");
    host.options = {{"prefix", "You said: "}};
    const auto report = host.started("echo");
    CHECK(report.plugin_id == "jackgw-echo");
    CHECK(report.healthy);
    CHECK(report.can_send);
    CHECK(report.capabilities == JACKGW_CAPABILITY_TEXT);

    const auto& webhooks = host.manager().webhooks();
    for (int i = 0; i < 2; ++i) {
        const http::Response response = webhooks.handle(echo_request("from=Ada&id=42", "Towels, please"));
        CHECK(response.status == 200);
        CHECK(response.body == "You said: Towels, please");
    }
    const auto guest = host.store->guest_by_address("echo", "ada");
    REQUIRE(guest);
    const auto conversations = host.store->conversations({}, {}, 10).items;
    REQUIRE(conversations.size() == 1);
    const auto messages = host.store->messages(conversations[0].id, {}, 10).items;
    REQUIRE(messages.size() == 1);
    CHECK(messages[0].content == "Towels, please");
    CHECK(messages[0].provider_message_id == "42");
    CHECK(webhooks.handle(echo_request("from=A!&id=1", "x")).status == 400);
    CHECK(host.get("/webhooks/echo/message").status == 405);
}

TEST_CASE("Sender and mapper of the template work over the contract") {
    test::PluginHost host({{"echo", "jackgw-echo", true, true}});
    host.install(test::plugin_file("jackgw-echo"), "jackgw-echo");
    host.manager().start();
    const auto mapper = host.manager().mapper("echo");
    REQUIRE(mapper);
    const auto mapped = std::get<Mapped>(mapper->map({"ADA", "", "Hello", {}, false}));
    CHECK(mapped.to == "ada");
    CHECK(mapped.from == "echo");
    CHECK(mapped.units == 5);
    CHECK(mapped.parts == std::vector<std::string>{"Hello"});
    CHECK(std::get<Problem>(mapper->map({"A!", "", "Hello", {}, false})).field == "to");
    CHECK(std::get<Problem>(mapper->map({"ada", "", "", {}, false})).code == "EMPTY_MESSAGE");
    CHECK(std::get<Mapped>(mapper->map({"", "", "Hello", {}, true})).to.empty());
    CHECK(std::get<std::string>(mapper->normalize_address("Ada.L")) == "ada.l");
    CHECK_THAT(std::get<Problem>(mapper->normalize_address("")).message, Catch::Contains("1 to 64"));

    const auto sender = host.manager().sender("echo");
    REQUIRE(sender);
    const Outcome outcome = sender->send({"m", "a", "echo", "ada", "Hello", {}, {}});
    CHECK(outcome.kind == OutcomeKind::accepted);
    CHECK(outcome.provider_message_id == "echo-1");
    CHECK(outcome.state == DeliveryState::delivered);
    CHECK_FALSE(host.manager().sender("unknown"));
}

TEST_CASE("A handler that fails or throws is a 500 without a body; unavailable is a 503") {
    test::PluginHost host({{"good", "good", true, true}, {"handler_only", "throws", true, true}});
    host.install_fixture("good", "good");
    host.install_fixture("throws", "throws");
    host.manager().start();
    const http::Response failed = host.get("/webhooks/good/fail");
    CHECK(failed.status == 500);
    CHECK(failed.body.empty());
    const http::Response later = host.get("/webhooks/good/fail", "later");
    CHECK(later.status == 503);
    CHECK(later.body.empty());
    CHECK(later.headers.at(0).name == "Retry-After");
    CHECK(host.get("/webhooks/throws").status == 500);
    CHECK(host.get("/webhooks/good/version").status == 200);
}
