#include <sys/resource.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <thread>

#include "echo_server.h"
#include "raw_client.h"

using namespace jackgw;
using namespace jackgw::test;
using namespace std::chrono_literals;

namespace {

using SteadyClock = std::chrono::steady_clock;

// Both ends of many connections live in this process.
void allow_many_descriptors() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, 4096);
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

// Calls `step` every few milliseconds while it returns true, at most for ten seconds.
template <typename Step>
void repeat_while(Step step) {
    const auto end = SteadyClock::now() + 10s;
    while (step() && SteadyClock::now() < end) std::this_thread::sleep_for(5ms);
}

}  // namespace

TEST_CASE("Five hundred idle connections don't hold up a fresh request") {
    allow_many_descriptors();
    http::ServerOptions options;
    options.keep_alive = 60s;
    EchoServer server(options);
    std::vector<RawClient> idle;
    for (int i = 0; i < 500; ++i) {
        idle.emplace_back(server->port());
        idle.back().send(get("/"));
        REQUIRE(idle.back().read_answer());
    }
    CHECK(server->counters().open_connections == 500);

    std::vector<SteadyClock::duration> times;
    for (int i = 0; i < 21; ++i) {
        const auto start = SteadyClock::now();
        RawClient fresh(server->port());
        fresh.send(get("/fresh", "Connection: close\r\n"));
        REQUIRE(fresh.read_answer()->status == 200);
        times.push_back(SteadyClock::now() - start);
    }
    std::sort(times.begin(), times.end());
    CHECK(times[10] < 100ms);  // the median, since the machine may be busy; a starved server takes seconds
    idle.front().send(get("/"));
    CHECK(idle.front().read_answer());
}

TEST_CASE("An idle connection is closed after its time without a word") {
    http::ServerOptions options;
    options.keep_alive = 50ms;
    EchoServer server(options);
    RawClient client(server->port());
    client.send(get("/"));
    REQUIRE(client.read_answer());
    CHECK_FALSE(client.read_answer());
    CHECK(server->counters().rejected == 0);
}

TEST_CASE("A connection that never says anything is closed in time") {
    http::ServerOptions options;
    options.header_deadline = 50ms;
    EchoServer server(options);
    const RawClient client(server->port());
    CHECK(client.wait_for_close());
}

TEST_CASE("A hundred clients that drip their headers are cut off in time") {
    http::ServerOptions options;
    options.header_deadline = 200ms;
    EchoServer server(options);
    std::vector<RawClient> slow;
    const auto start = SteadyClock::now();
    for (int i = 0; i < 100; ++i) {
        slow.emplace_back(server->port());
        slow.back().send("GET / HTTP/1.1\r\nX: ");
    }
    // Each sends a byte every few milliseconds: none is ever silent for long.
    repeat_while([&] {
        for (const auto& client : slow) client.send("x");
        return server->counters().timed_out < 100;
    });
    CHECK(server->counters().timed_out == 100);
    CHECK(SteadyClock::now() - start < 5s);
    RawClient fresh(server->port());
    fresh.send(get("/"));
    CHECK(fresh.read_answer()->status == 200);
}

TEST_CASE("A dripped body is cut off in time, chunked or not") {
    http::ServerOptions options;
    options.body_deadline = 200ms;
    EchoServer server(options);
    const auto [framing, drop] = GENERATE(table<std::string, std::string>({
        {"Content-Length: 100000", "x"},
        {"Transfer-Encoding: chunked", "1\r\nx\r\n"},
    }));
    CAPTURE(framing);
    RawClient client(server->port());
    client.send("POST /slow HTTP/1.1\r\nHost: t\r\n" + framing + "\r\n\r\n");
    repeat_while([&] {
        client.send(drop);
        return server->counters().timed_out == 0;
    });
    const auto answer = client.read_answer();
    REQUIRE(answer);
    CHECK(answer->status == 408);
    CHECK(client.wait_for_close());
    CHECK(server->counters().requests == 0);
}

TEST_CASE("A client that doesn't take its answer is let go") {
    http::ServerOptions options;
    options.send_deadline = 100ms;
    options.max_body = 64 * 1024 * 1024;
    EchoServer server(options);
    const RawClient client(server->port());
    client.send(post("/", std::string(32 * 1024 * 1024, 'x')));
    repeat_while([&] { return server->counters().open_connections > 0; });
    CHECK(server->counters().open_connections == 0);
    CHECK(server->counters().requests == 1);
}

TEST_CASE("Bodies over the limit are refused: announced ones before they are read, chunked ones on the way") {
    http::ServerOptions options;
    options.max_body = 1000;
    EchoServer server(options);
    {
        RawClient client(server->port());
        client.send("POST /x HTTP/1.1\r\nHost: t\r\nContent-Length: 1001\r\n\r\n");
        CHECK(client.read_answer()->status == 413);
        CHECK(client.wait_for_close());
    }
    {
        RawClient client(server->port());
        client.send("POST /x HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 10; ++i) client.send("64\r\n" + std::string(100, 'x') + "\r\n");
        client.send("1\r\nx\r\n");
        CHECK(client.read_answer()->status == 413);
        CHECK(client.wait_for_close());
    }
    {
        // A client that first sends everything must still find the answer: the socket isn't reset under it.
        RawClient client(server->port());
        client.send(post("/x", std::string(300'000, 'x')));
        const auto answer = client.read_answer();
        REQUIRE(answer);
        CHECK(answer->status == 413);
    }
    RawClient client(server->port());
    client.send(post("/x", std::string(1000, 'x')));
    CHECK(client.read_answer()->status == 200);
    CHECK(server->counters().requests == 1);
}

TEST_CASE("Headers over the limit are refused") {
    http::ServerOptions options;
    options.max_header = 1000;
    EchoServer server(options);
    {
        RawClient client(server->port());
        client.send("GET /api/x HTTP/1.1\r\nHost: t\r\nX: " + std::string(5000, 'x'));
        const auto answer = client.read_answer();
        REQUIRE(answer);
        CHECK(answer->status == 431);
        CHECK(answer->body.find("HEADERS_TOO_LARGE") != std::string::npos);
    }
    {
        RawClient client(server->port());
        client.send(get("/", "X: " + std::string(1000, 'x') + "\r\n"));
        CHECK(client.read_answer()->status == 431);
    }
    RawClient client(server->port());
    client.send(get("/", "X: " + std::string(900, 'x') + "\r\n") + post("/", std::string(5000, 'x')));
    CHECK(client.read_answer()->status == 200);
    CHECK(client.read_answer()->status == 200);
}

TEST_CASE("One connection too many is told so at once, the others are served") {
    http::ServerOptions options;
    options.max_connections = 2;
    EchoServer server(options);
    RawClient first(server->port());
    first.send(get("/1"));
    REQUIRE(first.read_answer());
    {
        RawClient second(server->port());
        second.send(get("/2"));
        REQUIRE(second.read_answer());
        std::vector<RawClient> refused;  // more than there are spare threads
        for (int i = 0; i < 40; ++i) {
            refused.emplace_back(server->port());
            const auto answer = refused.back().read_answer();
            REQUIRE(answer);
            CHECK(answer->status == 503);
            CHECK(answer->body.empty());
            CHECK(answer->headers.at("connection") == "close");
            CHECK(answer->headers.count("retry-after") == 1);
        }
        CHECK(server->counters().refused_connections == 40);
        first.send(get("/1"));
        CHECK(first.read_answer()->status == 200);
    }
    repeat_while([&] { return server->counters().open_connections > 1; });
    RawClient next(server->port());
    next.send(get("/next"));
    CHECK(next.read_answer()->status == 200);
}
