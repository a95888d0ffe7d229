#include <catch2/catch.hpp>

#include "base/errors.h"
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

http::ClientRequest get_from(const std::string& host, std::uint16_t port) {
    http::ClientRequest request;
    request.url = "https://" + host + ":" + std::to_string(port) + "/";
    request.total_timeout = 10s;
    return request;
}

}  // namespace

TEST_CASE("Certificates must be valid for the host that was asked for, on loopback too") {
    struct Row {
        std::string name;
        Identity identity;
        std::string host;
        bool accepted;
        std::string reason;
    };
    const auto& ca = authority();
    const std::vector<Row> rows{
        {"right name", ca.issue("DNS:provider.test"), "provider.test", true, ""},
        {"wildcard", ca.issue("DNS:*.provider.test"), "eu.provider.test", true, ""},
        {"wildcard of a top-level domain", ca.issue("DNS:*.test"), "provider.test", false,
         "hostname mismatch"},
        {"localhost by name", ca.issue("DNS:localhost"), "localhost", true, ""},
        {"right address", ca.issue("IP:127.0.0.1"), "127.0.0.1", true, ""},
        {"wrong name", ca.issue("DNS:other.test"), "provider.test", false, "hostname mismatch"},
        {"name for localhost", ca.issue("DNS:provider.test"), "localhost", false, "hostname mismatch"},
        {"name for an address", ca.issue("DNS:127.0.0.1"), "127.0.0.1", false, "IP address mismatch"},
        {"wrong address", ca.issue("IP:127.0.0.2"), "127.0.0.1", false, "IP address mismatch"},
        {"expired", ca.issue("DNS:provider.test", -7200, -3600), "provider.test", false, "expired"},
        {"not yet valid", ca.issue("DNS:provider.test", 3600, 7200), "provider.test", false, "not yet valid"},
        {"self-signed", self_signed("DNS:provider.test"), "provider.test", false, "self-signed"},
        {"another authority", TestAuthority().issue("DNS:provider.test"), "provider.test", false,
         "signature failure"},
    };
    const SystemClock clock;
    for (const auto& row : rows) {
        CAPTURE(row.name);
        FaultServer server(answer, row.identity);
        http::Client client(test_options(), clock);
        const auto result = client.perform(get_from(row.host, server.port()));
        INFO(result.error);
        CHECK((result.kind == Kind::complete) == row.accepted);
        CHECK(server.requests() == (row.accepted ? 1 : 0));
        CHECK(result.written == row.accepted);
        if (!row.accepted) {
            CHECK(result.kind == Kind::failed);
            CHECK(result.error.find(row.reason) != std::string::npos);
        }
    }
}

TEST_CASE("The system's authorities don't know the tests' one") {
    FaultServer server(answer, authority().issue("DNS:provider.test"));
    auto options = test_options();
    options.ca_file.clear();
    const SystemClock clock;
    http::Client client(options, clock);
    const auto result = client.perform(get_from("provider.test", server.port()));
    CHECK(result.kind == Kind::failed);
    CHECK_FALSE(result.written);
    CHECK(server.requests() == 0);
}

TEST_CASE("TLS before 1.2 is refused, 1.2 is taken") {
    const auto [version, accepted] =
        GENERATE(table<int, bool>({{TLS1_1_VERSION, false}, {TLS1_2_VERSION, true}}));
    CAPTURE(version);
    FaultServer server(answer, authority().issue("DNS:provider.test"), version);
    const SystemClock clock;
    http::Client client(test_options(), clock);
    const auto result = client.perform(get_from("provider.test", server.port()));
    INFO(result.error);
    CHECK((result.kind == Kind::complete) == accepted);
    CHECK(result.written == accepted);
}

TEST_CASE("Where no connection comes about, nothing was written") {
    const SystemClock clock;
    http::Client client(test_options(), clock);
    SECTION("nobody listens") {
        std::uint16_t port = 0;
        {
            FaultServer gone(answer);
            port = gone.port();
        }
        const auto result = client.perform(get_from("127.0.0.1", port));
        CHECK(result.kind == Kind::failed);
        CHECK_FALSE(result.written);
        CHECK(result.error.find("refused") != std::string::npos);
    }
    SECTION("the name has no address") {
        const auto result = client.perform(get_from("nowhere.test", 443));
        CHECK(result.kind == Kind::failed);
        CHECK_FALSE(result.written);
        CHECK(result.error.find("nowhere.test") != std::string::npos);
    }
    SECTION("the server doesn't speak TLS") {
        FaultServer server([](Peer& peer) { peer.write("HTTP/1.1 400 Bad Request\r\n\r\n"); });
        const auto result = client.perform(get_from("provider.test", server.port()));
        CHECK(result.kind == Kind::failed);
        CHECK_FALSE(result.written);
    }
    SECTION("the handshake hangs: the connection's time-out counts, not the total") {
        FaultServer server([](Peer& peer) { peer.hang(); });
        auto request = get_from("provider.test", server.port());
        request.connect_timeout = 100ms;
        const auto start = std::chrono::steady_clock::now();
        const auto result = client.perform(request);
        CHECK(std::chrono::steady_clock::now() - start < 5s);
        CHECK(result.kind == Kind::timed_out);
        CHECK_FALSE(result.written);
    }
}

TEST_CASE("A slow name lookup ends with the connection's time-out, and the next call shares it") {
    std::mutex mutex;
    std::condition_variable changed;
    bool answered = false;
    int lookups = 0;
    auto options = test_options();
    options.lookup = [&](const std::string&) {
        std::unique_lock lock(mutex);
        ++lookups;
        changed.wait(lock, [&] { return answered; });
        return std::vector<std::string>{};
    };
    const SystemClock clock;
    http::Client client(options, clock);
    auto request = get_from("provider.test", 443);
    request.connect_timeout = 50ms;
    for (int i = 0; i < 2; ++i) {
        const auto result = client.perform(request);
        CHECK(result.kind == Kind::timed_out);
        CHECK_FALSE(result.written);
    }
    const std::lock_guard lock(mutex);
    CHECK(lookups == 1);
    answered = true;
    changed.notify_all();
}

TEST_CASE("A dead address leaves time for the next one") {
    FaultServer server(answer, authority().issue("DNS:provider.test"));
    auto options = test_options();
    options.lookup = [](const std::string&) { return std::vector<std::string>{"127.0.0.2", "127.0.0.1"}; };
    const SystemClock clock;
    http::Client client(options, clock);
    CHECK(client.perform(get_from("provider.test", server.port())).kind == Kind::complete);
}

TEST_CASE("Authorities that can't be read are an error at once") {
    auto options = test_options();
    options.ca_file = "/nonexistent/ca.pem";
    const SystemClock clock;
    CHECK_THROWS_WITH(http::Client(options, clock), Catch::Contains("/nonexistent/ca.pem"));
}
