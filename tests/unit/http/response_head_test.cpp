#include "http/outgoing/response_head.h"

#include <catch2/catch.hpp>

using namespace jackgw::http;
using Body = ResponseHead::Body;

TEST_CASE("Heads of answers say where the body ends and whether the connection lives on") {
    struct Row {
        std::string head, method;
        int status;
        Body body;
        std::uint64_t length;
        bool keep_alive;
    };
    const auto row = GENERATE(values<Row>({
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n", "GET", 200, Body::sized, 5, true},
        {"HTTP/1.1 200\r\nContent-Length: 5\r\n", "GET", 200, Body::sized, 5, true},
        {"HTTP/1.1 200 \r\nContent-Length: 5\r\nContent-Length: 5\r\n", "GET", 200, Body::sized, 5, true},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: Close\r\n", "GET", 200, Body::sized, 5, false},
        {"HTTP/1.0 200 OK\r\nContent-Length: 5\r\n", "GET", 200, Body::sized, 5, false},
        {"HTTP/1.0 200 OK\r\nContent-Length: 5\r\nConnection: keep-alive\r\n", "GET", 200, Body::sized, 5,
         true},
        {"HTTP/1.1 201 Made\r\nTransfer-Encoding: chunked\r\n", "POST", 201, Body::chunked, 0, true},
        {"HTTP/1.1 201 Made\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n", "POST", 201,
         Body::chunked, 0, false},
        {"HTTP/1.1 200 OK\r\n", "GET", 200, Body::until_close, 0, false},
        {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n", "HEAD", 200, Body::none, 0, true},
        {"HTTP/1.1 204 None\r\n", "GET", 204, Body::none, 0, true},
        {"HTTP/1.1 304 Same\r\nContent-Length: 5\r\n", "GET", 304, Body::none, 0, true},
        {"HTTP/1.1 100 Continue\r\n", "POST", 100, Body::none, 0, true},
        {"HTTP/1.1 302 Found\r\nLocation: /x\r\nContent-Length: 0\r\n", "GET", 302, Body::sized, 0, true},
    }));
    CAPTURE(row.head);
    const auto head = parse_response_head(row.head, row.method);
    REQUIRE(head);
    CHECK(head->status == row.status);
    CHECK(head->body == row.body);
    CHECK(head->length == row.length);
    CHECK(head->keep_alive == row.keep_alive);
}

TEST_CASE("Malformed heads are refused") {
    const auto head = GENERATE(
        as<std::string>{}, "", "\r\n", "HTTP/1.1\r\n", "HTTP/1.1 20\r\n", "HTTP/1.1 2000 OK\r\n",
        "HTTP/1.1 099 Low\r\n", "HTTP/1.1 600 High\r\n", "HTTP/2 200 OK\r\n", "HTTP/1.2 200 OK\r\n",
        "HTTP/1.1  200 OK\r\n", "200 OK\r\n", "HTTP/1.1 101 Switching\r\n", "HTTP/1.1 200 OK\r\nno colon\r\n",
        "HTTP/1.1 200 OK\r\nA: b\nC: d\r\n", "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n");
    CAPTURE(head);
    CHECK_FALSE(parse_response_head(head, "GET"));
}

TEST_CASE("The server's own idle limit is read") {
    const auto limit = [](const std::string& value) {
        return parse_response_head("HTTP/1.1 204 x\r\nKeep-Alive: " + value + "\r\n", "GET")->idle_limit;
    };
    CHECK(limit("timeout=5") == std::chrono::seconds{5});
    CHECK(limit("max=100, timeout=65 , x") == std::chrono::seconds{65});
    CHECK_FALSE(limit("max=100"));
    CHECK_FALSE(limit("timeout=x"));
    CHECK_FALSE(limit("timeout=-5"));
}
