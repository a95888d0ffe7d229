#include "http/edge/request_head.h"

#include <catch2/catch.hpp>

using namespace jackgw::http;

namespace {

int parse(const std::string& head) {
    RequestHead out;
    return parse_request_head(head, out);
}

const std::string host = "Host: hotel.example\r\n";

}  // namespace

TEST_CASE("A head is read into its parts") {
    RequestHead head;
    REQUIRE(parse_request_head("POST /webhooks/x%20y?a=%20b&c HTTP/1.1\r\n" + host +
                                   "Content-Length: 12\r\nX-Empty:\r\nX-Padded: \t value \t\r\n",
                               head) == 0);
    CHECK(head.request.method == "POST");
    CHECK(head.request.target == "/webhooks/x%20y?a=%20b&c");
    CHECK(head.request.path == "/webhooks/x%20y");
    CHECK(head.request.query == "a=%20b&c");
    CHECK(head.request.header("x-empty") == "");
    CHECK(head.request.header("x-padded") == "value");
    CHECK(head.request.headers.size() == 4);
    CHECK(head.length == 12U);
    CHECK(head.keep_alive);
    CHECK_FALSE(head.chunked);
}

TEST_CASE("Requests that must be refused are refused with their status") {
    const auto [head, status] = GENERATE_REF(table<std::string, int>({
        {"GET / HTTP/1.1\r\n" + host, 0},
        {"GET / HTTP/1.0\r\n", 0},
        {"GET http://hotel.example/x HTTP/1.1\r\n" + host, 0},
        {"OPTIONS * HTTP/1.1\r\n" + host, 0},
        {"DELETE /x HTTP/1.1\r\n" + host, 0},
        {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: Chunked\r\n", 0},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 0\r\n", 0},
        // the first line
        {"GET /\r\n" + host, 400},
        {"GET  HTTP/1.1\r\n" + host, 400},
        {"GET / / HTTP/1.1\r\n" + host, 400},
        {"GE(T / HTTP/1.1\r\n" + host, 400},
        {" GET / HTTP/1.1\r\n" + host, 400},
        {"GET / HTPT/1.1\r\n" + host, 400},
        {"GET / HTTP/2.0\r\n" + host, 505},
        {"GET / http/1.1\r\n" + host, 400},
        // the target
        {"GET x HTTP/1.1\r\n" + host, 400},
        {"GET * HTTP/1.1\r\n" + host, 400},
        {"CONNECT hotel.example:443 HTTP/1.1\r\n" + host, 400},
        {"GET /a%2 HTTP/1.1\r\n" + host, 400},
        {"GET /a%zz HTTP/1.1\r\n" + host, 400},
        {"GET /a%00 HTTP/1.1\r\n" + host, 400},
        {"GET /a#b HTTP/1.1\r\n" + host, 400},
        {"GET /\xc3\xa4 HTTP/1.1\r\n" + host, 400},
        {"GET /\x01 HTTP/1.1\r\n" + host, 400},
        // the host
        {"GET / HTTP/1.1\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + host, 400},
        {"GET / HTTP/1.0\r\n" + host + host, 400},
        {"GET / HTTP/1.1\r\nHost: a/b\r\n", 400},
        {"GET / HTTP/1.1\r\nHost: a,b\r\n", 400},
        // lines
        {"GET / HTTP/1.1\r\n" + host + "No colon\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + "Space : before\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + "X: folded\r\n line\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + ": nameless\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + "X: bare\nY: line feed\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + "X: bare\rY: carriage return\r\n", 400},
        {"GET / HTTP/1.1\r\n" + host + std::string("X: a\0b\r\n", 8), 400},
        // where the body ends
        {"POST / HTTP/1.1\r\n" + host, 411},
        {"PUT / HTTP/1.1\r\n" + host, 411},
        {"PATCH / HTTP/1.1\r\n" + host, 411},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", 400},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: -5\r\n", 400},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: +5\r\n", 400},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 5 5\r\n", 400},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 5, 5\r\n", 400},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 0x5\r\n", 400},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length:\r\n", 400},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999\r\n", 400},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nContent-Length: 5\r\n", 400},
        {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n", 501},
        {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: identity\r\n", 501},
        {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", 400},
        {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n", 400},
        {"POST / HTTP/1.1\r\n" + host + "Content-Length: 5\r\nExpect: miracles\r\n", 417},
    }));
    CAPTURE(head);
    CHECK(parse(head) == status);
}

TEST_CASE("More than a hundred headers are too many") {
    std::string head = "GET / HTTP/1.1\r\n" + host;
    for (int i = 0; i < 99; ++i) head += "X: y\r\n";
    CHECK(parse(head) == 0);
    CHECK(parse(head + "X: y\r\n") == 431);
}

TEST_CASE("Connection says whether the connection stays open") {
    const auto [head, keep_alive] = GENERATE_REF(table<std::string, bool>({
        {"GET / HTTP/1.1\r\n" + host, true},
        {"GET / HTTP/1.1\r\n" + host + "Connection: Close\r\n", false},
        {"GET / HTTP/1.1\r\n" + host + "Connection: keep-alive, close\r\n", false},
        {"GET / HTTP/1.0\r\n", false},
        {"GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n", true},
    }));
    CAPTURE(head);
    RequestHead out;
    REQUIRE(parse_request_head(head, out) == 0);
    CHECK(out.keep_alive == keep_alive);
}

TEST_CASE("The absolute form is taken apart") {
    RequestHead out;
    REQUIRE(parse_request_head("GET https://hotel.example:8443/a?b HTTP/1.1\r\n" + host, out) == 0);
    CHECK(out.request.target == "/a?b");
    RequestHead bare;
    REQUIRE(parse_request_head("GET http://hotel.example HTTP/1.1\r\n" + host, bare) == 0);
    CHECK(bare.request.path == "/");
}
