#include "http/edge/proxy_trust.h"

#include <catch2/catch.hpp>

#include "base/errors.h"

using namespace jackgw::http;

namespace {

struct Row {
    std::string peer;
    std::vector<Header> headers;
    std::string client;
};

}  // namespace

TEST_CASE("The client is the right-most address that no trusted proxy vouches for itself") {
    const ProxyTrust trust({"127.0.0.1", "10.0.0.0/8", "fd00::/8", "192.0.2.128/25"});
    const auto row = GENERATE(values<Row>({
        {"203.0.113.5", {}, "203.0.113.5"},
        {"203.0.113.5", {{"X-Forwarded-For", "1.2.3.4"}}, "203.0.113.5"},
        {"127.0.0.1", {}, "127.0.0.1"},
        {"127.0.0.1", {{"x-forwarded-for", "198.51.100.7"}}, "198.51.100.7"},
        {"127.0.0.1", {{"X-Forwarded-For", "6.6.6.6, 198.51.100.7 ,10.1.2.3"}}, "198.51.100.7"},
        {"127.0.0.1",
         {{"X-Forwarded-For", "6.6.6.6"}, {"X-Forwarded-For", "198.51.100.7, 10.1.2.3"}},
         "198.51.100.7"},
        {"127.0.0.1", {{"X-Forwarded-For", "10.0.0.1, 10.0.0.2"}}, "10.0.0.1"},
        {"127.0.0.1", {{"X-Forwarded-For", "198.51.100.7:5060"}}, "198.51.100.7"},
        {"127.0.0.1", {{"X-Forwarded-For", "[2001:db8::1]:443"}}, "2001:db8::1"},
        {"fd00::7", {{"X-Forwarded-For", "2001:db8::1"}}, "2001:db8::1"},
        {"::ffff:10.1.1.1", {{"X-Forwarded-For", "198.51.100.7"}}, "198.51.100.7"},
        {"192.0.2.200", {{"X-Forwarded-For", "198.51.100.7"}}, "198.51.100.7"},
        {"192.0.2.100", {{"X-Forwarded-For", "198.51.100.7"}}, "192.0.2.100"},
        {"127.0.0.1", {{"X-Forwarded-For", "198.51.100.7, unknown"}}, "127.0.0.1"},
        {"127.0.0.1", {{"X-Forwarded-For", "198.51.100.7, unknown, 10.1.2.3"}}, "10.1.2.3"},
        {"127.0.0.1", {{"X-Forwarded-For", ""}}, "127.0.0.1"},
        {"127.0.0.1", {{"X-Forwarded-For", "198.51.100.7,"}}, "127.0.0.1"},
        {"127.0.0.1", {{"Forwarded", "for=1.2.3.4"}}, "127.0.0.1"},
    }));
    CAPTURE(row.peer, row.headers.empty() ? "" : row.headers.front().value);
    CHECK(trust.client_address(row.peer, row.headers) == row.client);
}

TEST_CASE("Without trusted proxies nobody's word is taken") {
    const ProxyTrust trust({});
    CHECK(trust.client_address("127.0.0.1", {{"X-Forwarded-For", "1.2.3.4"}}) == "127.0.0.1");
}

TEST_CASE("What is neither address nor block is refused by name") {
    const auto text = GENERATE(as<std::string>{}, "", "localhost", "10.0.0.0/33", "10.0.0.0/", "10.0/8",
                               "::1/129", "10.0.0.0/-1", "127.1");
    CAPTURE(text);
    CHECK_THROWS_AS(ProxyTrust({text}), jackgw::Error);
}

TEST_CASE("Loopback addresses are known in every notation") {
    for (const auto* text : {"127.0.0.1", "127.255.0.3", "::1", "::ffff:127.0.0.1", "0:0:0:0:0:0:0:1"}) {
        CAPTURE(text);
        CHECK(IpAddress::parse(text)->is_loopback());
    }
    for (const auto* text : {"128.0.0.1", "0.0.0.0", "::", "::2", "::ffff:1.2.3.4", "fe80::1"}) {
        CAPTURE(text);
        CHECK_FALSE(IpAddress::parse(text)->is_loopback());
    }
}
