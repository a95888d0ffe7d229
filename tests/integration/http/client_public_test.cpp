// Requests that may go to the public internet only.
#include <catch2/catch.hpp>

#include "client_fixture.h"

using namespace jackgw;
using namespace jackgw::test;
using namespace std::chrono_literals;
using Kind = http::ClientResult::Kind;

namespace {

void answer(Peer& peer) {
    while (peer.read_request() && peer.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")) {
    }
}

http::ClientRequest public_request(const std::string& url) {
    http::ClientRequest request;
    request.url = url;
    request.total_timeout = 10s;
    request.connect_timeout = 10s;
    request.public_only = true;
    return request;
}

/// Answers look-ups one after the other; the last answer stays.
struct ChangingLookup {
    std::vector<std::vector<std::string>> answers;
    std::shared_ptr<std::atomic<int>> count = std::make_shared<std::atomic<int>>(0);

    std::vector<std::string> operator()(const std::string&) const {
        const auto index = static_cast<std::size_t>((*count)++);
        return answers[std::min(index, answers.size() - 1)];
    }
};

}  // namespace

TEST_CASE("A name that leads to a special address is refused before anything is sent") {
    const auto address = GENERATE("127.0.0.1", "10.0.0.5", "192.168.1.1", "169.254.169.254", "100.64.0.1",
                                  "0.0.0.0", "224.0.0.1", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1",
                                  "fd00::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1", "::127.0.0.1",
                                  "64:ff9b::10.0.0.1", "2002:7f00:1::", "not an address");
    CAPTURE(address);
    Provider provider(true, answer);
    const SystemClock clock;
    auto options = test_options();
    options.lookup = [&](const std::string&) { return std::vector<std::string>{address}; };
    http::Client client(options, clock);
    const auto result = client.perform(public_request(provider.base + "/"));
    CHECK(result.kind == Kind::not_allowed);
    CHECK_FALSE(result.written);
    CHECK(result.error.find("provider.test") != std::string::npos);
    CHECK(result.error.find("public internet") != std::string::npos);
    CHECK(provider.server.connections() == 0);
}

TEST_CASE("Addresses in figures and localhost are judged alike, without a look-up") {
    const auto host = GENERATE("127.0.0.1", "localhost", "[::1]", "10.1.2.3", "169.254.169.254",
                               "[::ffff:127.0.0.1]", "[fd00::1]", "[64:ff9b::7f00:1]");
    CAPTURE(host);
    const SystemClock clock;
    auto options = test_options();
    options.lookup = [](const std::string&) -> std::vector<std::string> { throw std::logic_error("asked"); };
    http::Client client(options, clock);
    const auto result = client.perform(public_request("https://" + std::string(host) + ":1/"));
    CHECK(result.kind == Kind::not_allowed);
}

TEST_CASE("One special address among a name's addresses is enough to refuse it") {
    const SystemClock clock;
    auto options = test_options();
    options.lookup = [](const std::string&) { return std::vector<std::string>{"3ffe::1", "10.0.0.1"}; };
    http::Client client(options, clock);
    CHECK(client.perform(public_request("https://provider.test:1/")).kind == Kind::not_allowed);
}

TEST_CASE("The address that was checked is the one that is connected to, whatever the name means later") {
    // 127.0.0.1, where the server is, plays the public address; 127.0.0.2 the private one.
    Provider provider(true, answer);
    const SystemClock clock;
    auto options = test_options();
    options.is_public = [](const std::string& address) { return address == "127.0.0.1"; };

    SECTION("public when it is checked: one look-up, and the certificate is the name's") {
        const ChangingLookup lookup{{{"127.0.0.1"}, {"127.0.0.2"}}};
        options.lookup = lookup;
        http::Client client(options, clock);
        const auto result = client.perform(public_request(provider.base + "/"));
        INFO(result.error);
        CHECK(result.kind == Kind::complete);
        CHECK(*lookup.count == 1);
        CHECK(provider.server.connections() == 1);
    }
    SECTION("private when it is checked: no second look-up could save it") {
        const ChangingLookup lookup{{{"127.0.0.2"}, {"127.0.0.1"}}};
        options.lookup = lookup;
        http::Client client(options, clock);
        CHECK(client.perform(public_request(provider.base + "/")).kind == Kind::not_allowed);
        CHECK(*lookup.count == 1);
        CHECK(provider.server.connections() == 0);
    }
}

TEST_CASE("A kept connection is not shared between requests with and without the rule") {
    Provider provider(true, answer);
    const SystemClock clock;
    auto options = test_options();
    bool is_public = false;
    options.is_public = [&](const std::string&) { return is_public; };
    http::Client client(options, clock);
    auto anywhere = public_request(provider.base + "/");
    anywhere.public_only = false;
    REQUIRE(client.perform(anywhere).kind == Kind::complete);
    CHECK(client.perform(public_request(provider.base + "/")).kind == Kind::not_allowed);
    is_public = true;
    const auto checked = client.perform(public_request(provider.base + "/"));
    CHECK(checked.kind == Kind::complete);
    CHECK_FALSE(checked.reused);
    CHECK(client.perform(public_request(provider.base + "/")).reused);
    CHECK(client.perform(anywhere).reused);
    CHECK(provider.server.connections() == 2);
}
