#include <catch2/catch.hpp>

#include "echo_server.h"
#include "raw_client.h"

using namespace jackgw;
using namespace jackgw::test;

TEST_CASE("Requests on one connection are answered one after the other") {
    EchoServer server;
    RawClient client(server->port());
    for (int i = 0; i < 3; ++i) {
        client.send(post("/p?q=1", "body " + std::to_string(i)));
        const auto answer = client.read_answer();
        REQUIRE(answer);
        CHECK(answer->status == 200);
        CHECK(answer->body == "POST /p?q=1 body " + std::to_string(i));
        CHECK(answer->headers.count("date") == 1);
        CHECK(answer->headers.at("x-peer") == "127.0.0.1");
    }
    CHECK(server->counters().requests == 3);
}

TEST_CASE("Pipelined requests are answered in order, whatever their bodies are") {
    EchoServer server;
    RawClient client(server->port());
    client.send(
        post("/1", "one") + get("/2") +
        "POST /3 HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nthr\r\n2\r\nee\r\n0\r\n\r\n" +
        "\r\n" + post("/4", std::string(50'000, 'x')) + get("/5", "Connection: close\r\n") + get("/6"));
    CHECK(client.read_answer()->body == "POST /1 one");
    CHECK(client.read_answer()->body == "GET /2 ");
    CHECK(client.read_answer()->body == "POST /3 three");
    CHECK(client.read_answer()->body.size() == 50'008);
    const auto last = client.read_answer();
    CHECK(last->body == "GET /5 ");
    CHECK(last->headers.at("connection") == "close");
    CHECK(client.wait_for_close());
    CHECK(server->counters().requests == 5);
}

TEST_CASE("A request may come byte by byte") {
    EchoServer server;
    RawClient client(server->port());
    for (const char c : post("/slow", "body")) REQUIRE(client.send({&c, 1}));
    CHECK(client.read_answer()->body == "POST /slow body");
}

TEST_CASE("A body that the handler doesn't look at never becomes the next request") {
    EchoServer server;
    RawClient client(server->port());
    client.send(post("/throw/exception", get("/smuggled")) + get("/next"));
    CHECK(client.read_answer()->status == 500);
    CHECK(client.read_answer()->body == "GET /next ");
    CHECK(server->counters().requests == 2);
}

TEST_CASE("Whatever a handler throws is answered, and the connection goes on") {
    std::mutex mutex;
    std::vector<std::string> failures;
    http::ServerHooks hooks;
    hooks.failure = [&](const http::Request&, std::string_view what) {
        const std::lock_guard lock(mutex);
        failures.emplace_back(what);
    };
    EchoServer server({}, hooks);
    RawClient client(server->port());
    for (const auto* path : {"/throw/exception", "/throw/number", "/bad/header", "/bad/status"}) {
        CAPTURE(path);
        client.send(get(path));
        const auto answer = client.read_answer();
        REQUIRE(answer);
        CHECK(answer->status == 500);
        CHECK(answer->body.empty());
        CHECK(answer->headers.count("content-type") == 0);
        CHECK(answer->headers.count("x-b") == 0);
    }
    client.send(get("/throw/unavailable"));
    const auto unavailable = client.read_answer();
    CHECK(unavailable->status == 503);
    CHECK(unavailable->body.empty());
    CHECK(unavailable->headers.count("retry-after") == 1);

    client.send(get("/api/exception"));
    const auto api = client.read_answer();
    CHECK(api->status == 500);
    CHECK(api->headers.at("content-type") == "application/json");
    CHECK(api->body.find("\"INTERNAL\"") != std::string::npos);
    CHECK(api->body.find("secret") == std::string::npos);
    client.send(get("/api/unavailable"));
    CHECK(client.read_answer()->body.find("\"UNAVAILABLE\"") != std::string::npos);

    client.send(get("/still-here"));
    CHECK(client.read_answer()->status == 200);
    const std::lock_guard lock(mutex);
    REQUIRE(failures.size() == 5);
    CHECK(failures.front() == "secret detail");
    CHECK(server->counters().handler_failures == 5);
}

TEST_CASE(
    "An outcome that nobody knows is 503 in words of its own, which don't say that nothing was changed") {
    std::mutex mutex;
    std::vector<std::string> failures;
    http::ServerHooks hooks;
    hooks.failure = [&](const http::Request&, std::string_view what) {
        const std::lock_guard lock(mutex);
        failures.emplace_back(what);
    };
    EchoServer server({}, hooks);
    RawClient client(server->port());
    client.send(get("/throw/unknown"));
    const auto provider = client.read_answer();
    CHECK(provider->status == 503);
    CHECK(provider->body.empty());
    CHECK(provider->headers.count("retry-after") == 1);
    client.send(get("/api/unknown"));
    const auto api = client.read_answer();
    CHECK(api->status == 503);
    CHECK_THAT(api->body, Catch::Contains("\"OUTCOME_UNKNOWN\"") && Catch::Contains("Idempotency-Key"));
    CHECK_THAT(api->body, !Catch::Contains("nothing was changed"));
    const std::lock_guard lock(mutex);
    CHECK(failures == std::vector<std::string>{"the disk failed", "the disk failed"});
}

TEST_CASE("HEAD is answered with the length of a body that isn't sent") {
    EchoServer server;
    RawClient client(server->port());
    client.send("HEAD /x HTTP/1.1\r\nHost: t\r\n\r\n" + get("/y"));
    const auto head = client.read_answer(true);
    CHECK(head->status == 200);
    CHECK(head->headers.at("content-length") == "8");
    CHECK(client.read_answer()->body == "GET /y ");
}

TEST_CASE("Requests without a clear end or meaning are refused and the connection closed") {
    EchoServer server;
    const auto [head, status] = GENERATE(table<std::string, int>({
        {"POST /x HTTP/1.1\r\nHost: t\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n", 400},
        {"POST /x HTTP/1.1\r\nHost: t\r\nContent-Length: -5\r\n\r\n", 400},
        {"POST /x HTTP/1.1\r\nHost: t\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", 400},
        {"POST /x HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: chunked\r\n\r\nhello\r\n", 400},
        {"GET /x HTTP/1.1\r\n\r\n", 400},
        {"GET /x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"nonsense\r\n\r\n", 400},
        {"POST /x HTTP/1.1\r\nHost: t\r\n\r\n", 411},
        {"POST /x HTTP/1.1\r\nHost: t\r\nTransfer-Encoding: gzip\r\n\r\n", 501},
        {"GET /x HTTP/3.0\r\nHost: t\r\n\r\n", 505},
    }));
    CAPTURE(head);
    RawClient client(server->port());
    client.send(head + get("/smuggled"));
    const auto answer = client.read_answer();
    REQUIRE(answer);
    CHECK(answer->status == status);
    CHECK(answer->body.empty());
    CHECK(answer->headers.at("connection") == "close");
    CHECK_FALSE(client.read_answer());
    CHECK(server->counters().requests == 0);
    CHECK(server->counters().rejected == 1);
}

TEST_CASE("Below /api the edge's refusals are JSON") {
    EchoServer server;
    RawClient client(server->port());
    client.send("POST /api/v1/messages HTTP/1.1\r\nHost: t\r\n\r\n");
    const auto answer = client.read_answer();
    CHECK(answer->status == 411);
    CHECK(answer->headers.at("content-type") == "application/json");
    CHECK(answer->body.find(R"("code":"LENGTH_REQUIRED")") != std::string::npos);
}

TEST_CASE("A client that expects 100 Continue gets it once the length is accepted") {
    http::ServerOptions options;
    options.max_body = 100;
    EchoServer server(options);
    RawClient client(server->port());
    client.send("POST /x HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
    CHECK(client.read_answer()->status == 100);
    client.send("hello");
    CHECK(client.read_answer()->body == "POST /x hello");
    client.send("POST /x HTTP/1.1\r\nHost: t\r\nExpect: 100-continue\r\nContent-Length: 101\r\n\r\n");
    CHECK(client.read_answer()->status == 413);
}

TEST_CASE("HTTP/1.0 clients are served and may keep their connection") {
    EchoServer server;
    RawClient client(server->port());
    client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    CHECK(client.read_answer()->headers.at("connection") == "keep-alive");
    client.send("GET /b HTTP/1.0\r\n\r\n");
    CHECK(client.read_answer()->headers.at("connection") == "close");
    CHECK(client.wait_for_close());
}

TEST_CASE("A client that has finished sending still gets its answer") {
    EchoServer server;
    RawClient client(server->port());
    client.send(get("/x"));
    client.finish_sending();
    CHECK(client.read_answer()->status == 200);
    CHECK(client.wait_for_close());
}

TEST_CASE("The client's address is taken from trusted proxies only") {
    http::ServerOptions options;
    const bool trusted = GENERATE(true, false);
    if (trusted) options.trusted_proxies = {"127.0.0.0/8"};
    EchoServer server(options);
    RawClient client(server->port());
    client.send(get("/", "X-Forwarded-For: 6.6.6.6, 198.51.100.7\r\n"));
    CHECK(client.read_answer()->headers.at("x-peer") == (trusted ? "198.51.100.7" : "127.0.0.1"));
}

TEST_CASE("The observer has seen an answer before the client has it") {
    std::mutex mutex;
    std::string last;
    http::ServerHooks hooks;
    hooks.observer = [&](const http::Request* request, int status, std::chrono::microseconds took) {
        const std::lock_guard lock(mutex);
        last = took.count() < 0 ? "negative time" : "";
        last += (request != nullptr ? request->path : std::string("-")) + " " + std::to_string(status);
    };
    EchoServer server({}, hooks);
    const auto observed = [&](const std::string& request) {
        RawClient client(server->port());
        client.send(request);
        client.read_answer();
        const std::lock_guard lock(mutex);
        return last;
    };
    CHECK(observed(get("/x?secret")) == "/x 200");
    CHECK(observed(get("/throw/number")) == "/throw/number 500");
    CHECK(observed("POST /y HTTP/1.1\r\nHost: t\r\n\r\n") == "/y 411");
    CHECK(observed("nonsense\r\n\r\n") == "- 400");
}
