#include <catch2/catch.hpp>
#include <future>

#include "base/errors.h"
#include "echo_server.h"
#include "raw_client.h"

using namespace jackgw;
using namespace jackgw::test;
using namespace std::chrono_literals;

TEST_CASE("A graceful stop lets the request in flight finish and ends idle connections") {
    http::ServerOptions options;
    options.keep_alive = 60s;
    EchoServer server(options);
    const auto port = server->port();
    RawClient idle(port);
    idle.send(get("/"));
    REQUIRE(idle.read_answer());
    RawClient busy(port);
    busy.send(get("/wait"));
    server.wait_for_waiter();

    auto stopped = std::async(std::launch::async, [&] { return server->stop(10s); });
    CHECK(idle.wait_for_close(5s));
    CHECK(stopped.wait_for(0ms) == std::future_status::timeout);
    server.release();
    const auto answer = busy.read_answer();
    REQUIRE(answer);
    CHECK(answer->status == 200);
    CHECK(answer->headers.at("connection") == "close");
    CHECK(stopped.get());
    CHECK_THROWS(RawClient(port));
    CHECK(server->counters().open_connections == 0);
}

TEST_CASE("A half-received request is still served while the server stops") {
    EchoServer server;
    RawClient client(server->port());
    client.send("POST /half HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n");
    REQUIRE(client.read_answer()->status == 100);  // so the server is reading the body
    auto stopped = std::async(std::launch::async, [&] { return server->stop(10s); });
    CHECK(stopped.wait_for(100ms) == std::future_status::timeout);
    client.send("body");
    const auto answer = client.read_answer();
    REQUIRE(answer);
    CHECK(answer->body == "POST /half body");
    CHECK(answer->headers.at("connection") == "close");
    CHECK(stopped.get());
}

TEST_CASE("A stop says so when a request outlasts the grace") {
    EchoServer server;
    RawClient client(server->port());
    client.send(get("/wait"));
    server.wait_for_waiter();
    CHECK_FALSE(server->stop(50ms));
    CHECK(client.wait_for_close());
    server.release();
}

TEST_CASE("A stop without connections is done at once and may be repeated") {
    EchoServer server;
    CHECK(server->stop(10s));
    CHECK(server->stop(0ms));
}

TEST_CASE("An address in use is refused by name") {
    EchoServer server;
    http::ServerOptions options;
    options.port = server->port();
    const SystemClock clock;
    http::Server second(options, clock, [](const http::Request&) { return http::Response{}; });
    CHECK_THROWS_WITH(second.start(), Catch::Contains("127.0.0.1:" + std::to_string(options.port)));
}
