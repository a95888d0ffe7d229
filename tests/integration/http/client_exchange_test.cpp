#include <atomic>
#include <catch2/catch.hpp>
#include <thread>

#include "../../support/fake_clock.h"
#include "client_fixture.h"

using namespace jackgw;
using namespace jackgw::test;
using namespace std::chrono_literals;
using Kind = http::ClientResult::Kind;

namespace {

const std::string ok = "HTTP/1.1 201 Created\r\nX-A: b\r\nContent-Length: 4\r\n\r\ndone";

// Answers every request of a connection alike.
FaultServer::Script always(const std::string& answer) {
    return [answer](Peer& peer) {
        while (peer.read_request() && peer.write(answer)) {
        }
    };
}

}  // namespace

TEST_CASE("Nothing is written of a request that might end too late") {
    const bool tls = GENERATE(false, true);
    const bool reused = GENERATE(false, true);
    CAPTURE(tls, reused);
    std::atomic<int> requests = 0;
    Provider provider(tls, [&](Peer& peer) {
        while (peer.read_request()) {
            ++requests;
            peer.write(ok);
        }
    });
    const SystemClock clock;
    http::Client client(test_options(), clock);
    if (reused) REQUIRE(client.perform(provider.request()).kind == Kind::complete);
    http::ClientRequest request = provider.request(10s);
    request.ends_before = clock.boot_now() + 9s;
    const auto result = client.perform(request);
    CHECK(result.kind == Kind::timed_out);
    CHECK_FALSE(result.written);
    CHECK_THAT(result.error, Catch::Contains("nothing was sent"));
    CHECK(requests == (reused ? 1 : 0));
    request.ends_before = clock.boot_now() + 1min;
    CHECK(client.perform(request).kind == Kind::complete);
}

TEST_CASE("An answer comes back whole, and the next request uses the same connection") {
    const bool tls = GENERATE(false, true);
    CAPTURE(tls);
    std::mutex mutex;
    std::string seen;
    Provider provider(tls, [&](Peer& peer) {
        while (auto request = peer.read_request()) {
            const std::lock_guard lock(mutex);
            seen = *request;
            peer.write(ok);
        }
    });
    const SystemClock clock;
    http::Client client(test_options(), clock);
    auto request = provider.request();
    request.headers = {{"Authorization", "Basic abc"}};
    for (int i = 0; i < 3; ++i) {
        const auto result = client.perform(request);
        INFO(result.error);
        REQUIRE(result.kind == Kind::complete);
        CHECK(result.written);
        CHECK(result.reused == (i > 0));
        CHECK(result.status == 201);
        CHECK(http::find_header(result.headers, "x-a") == "b");
        CHECK(result.body == "done");
        CHECK(result.error.empty());
    }
    CHECK(provider.server.connections() == 1);
    CHECK(provider.server.requests() == 3);
    const std::lock_guard lock(mutex);
    CHECK(seen.find("POST /Messages.json?secret HTTP/1.1\r\nHost: ") == 0);
    CHECK(seen.find("Authorization: Basic abc\r\n") != std::string::npos);
    CHECK(seen.find("\r\n\r\nTo=%2B15551234567") != std::string::npos);
}

TEST_CASE("Bodies of every kind are read, and the connection kept where its state is known") {
    struct Row {
        std::string method, answer, body;
        int status;
        bool kept;
    };
    const auto row = GENERATE(values<Row>({
        {"GET",
         "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x\r\nde\r\n0\r\nT: u\r\n\r\n",
         "abcde", 200, true},
        {"GET", "HTTP/1.1 204 None\r\n\r\n", "", 204, true},
        {"HEAD", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n", "", 200, true},
        {"POST", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Hints\r\nX: y\r\n\r\n" + ok, "done", 201, true},
        {"GET", "HTTP/1.1 302 Found\r\nLocation: https://elsewhere.test/\r\nContent-Length: 0\r\n\r\n", "",
         302, true},
        {"GET", "HTTP/1.1 500 Oops\r\nContent-Length: 1\r\n\r\nx", "x", 500, true},
        {"GET", "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nab", "ab", 200, false},
        {"GET", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nab", "ab", 200, false},
        {"GET", ok + "unasked for", "done", 201, false},
        {"GET", "HTTP/1.1 200 OK\r\nKeep-Alive: timeout=1\r\nContent-Length: 2\r\n\r\nab", "ab", 200, false},
    }));
    const bool tls = GENERATE(false, true);
    CAPTURE(tls, row.answer);
    Provider provider(tls, always(row.answer));
    const SystemClock clock;
    http::Client client(test_options(), clock);
    auto request = provider.request();
    request.method = row.method;
    for (int i = 0; i < 2; ++i) {
        const auto result = client.perform(request);
        INFO(result.error);
        REQUIRE(result.kind == Kind::complete);
        CHECK(result.status == row.status);
        CHECK(result.body == row.body);
        CHECK(result.reused == (i == 1 && row.kept));
    }
    CHECK(provider.server.requests() == 2);
}

TEST_CASE("A body that lasts until the connection closes is complete only after an orderly close") {
    const bool tls = GENERATE(false, true);
    const bool orderly = GENERATE(false, true);
    CAPTURE(tls, orderly);
    Provider provider(tls, [&](Peer& peer) {
        peer.read_request();
        peer.write("HTTP/1.1 200 OK\r\n\r\nall of it");
        if (!orderly) peer.reset();
    });
    const SystemClock clock;
    http::Client client(test_options(), clock);
    const auto result = client.perform(provider.request());
    CHECK(result.kind == (orderly ? Kind::complete : Kind::failed));
    if (orderly) CHECK(result.body == "all of it");
    CHECK(provider.server.requests() == 1);
}

TEST_CASE("Connections are kept no longer than the idle limit and the server's own") {
    const auto [header, kept_for] = GENERATE(table<std::string, std::chrono::milliseconds>({
        {"", 4'000ms},
        {"Keep-Alive: timeout=60\r\n", 4'000ms},
        {"Keep-Alive: timeout=3\r\n", 2'000ms},
    }));
    CAPTURE(header);
    Provider provider(false, always("HTTP/1.1 200 OK\r\n" + header + "Content-Length: 0\r\n\r\n"));
    FakeClock clock;
    http::Client client(test_options(), clock);
    CHECK_FALSE(client.perform(provider.request()).reused);
    clock.advance(kept_for - 1ms);
    CHECK(client.perform(provider.request()).reused);
    clock.advance(kept_for);
    CHECK_FALSE(client.perform(provider.request()).reused);
    CHECK(provider.server.connections() == 2);
    client.close_idle();
    CHECK_FALSE(client.perform(provider.request()).reused);
}

TEST_CASE("No more than the allowed number of idle connections is kept") {
    std::atomic<int> waiting{0};
    Provider provider(false, [&](Peer& peer) {
        while (peer.read_request()) {
            ++waiting;
            while (waiting < 3)
                std::this_thread::yield();  // so that the first three calls are under way at once
            peer.write(ok);
        }
    });
    auto options = test_options();
    options.max_idle_per_host = 2;
    const SystemClock clock;
    http::Client client(options, clock);
    std::vector<std::thread> callers;
    for (int i = 0; i < 3; ++i) callers.emplace_back([&] { client.perform(provider.request()); });
    for (auto& caller : callers) caller.join();
    CHECK(provider.server.connections() == 3);
    provider.server.wait_for_closed(1);
}

TEST_CASE("Many threads share one client") {
    const bool tls = GENERATE(false, true);
    Provider provider(tls, always(ok));
    const SystemClock clock;
    http::Client client(test_options(), clock);
    constexpr int threads = 8;
    constexpr int calls = 50;
    std::atomic<int> complete{0};
    std::vector<std::thread> callers;
    for (int t = 0; t < threads; ++t) {
        callers.emplace_back([&] {
            for (int i = 0; i < calls; ++i) {
                if (client.perform(provider.request()).kind == Kind::complete) ++complete;
            }
        });
    }
    for (auto& caller : callers) caller.join();
    CHECK(complete == threads * calls);
    CHECK(provider.server.requests() == threads * calls);
    CHECK(provider.server.connections() <= threads);
}

TEST_CASE("What isn't allowed is refused before anything is done") {
    Provider provider(false, always(ok));
    const SystemClock clock;
    http::Client client(test_options(), clock);
    auto request = provider.request();
    SECTION("plain http to another machine") {
        request.url = "http://provider.test:" + std::to_string(provider.server.port());
    }
    SECTION("credentials") {
        request.url.insert(7, "user:secret@");
    }
    SECTION("a header with a line break") {
        request.headers = {{"X-A", "secret\r\nX-B: c"}};
    }
    SECTION("the host's own header") {
        request.headers = {{"Host", "secret"}};
    }
    SECTION("no time at all") {
        request.total_timeout = 0ms;
    }
    const auto result = client.perform(request);
    CHECK(result.kind == Kind::not_allowed);
    CHECK_FALSE(result.written);
    CHECK_FALSE(result.error.empty());
    CHECK(result.error.find("secret") == std::string::npos);
    CHECK(provider.server.connections() == 0);
}

TEST_CASE("http to localhost reaches this machine without a lookup") {
    Provider provider(false, always(ok));
    const SystemClock clock;
    http::Client client(test_options(), clock);
    auto request = provider.request();
    request.url = "http://localhost:" + std::to_string(provider.server.port()) + "/";
    CHECK(client.perform(request).kind == Kind::complete);
}
