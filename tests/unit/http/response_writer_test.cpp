#include "http/edge/response_writer.h"

#include <catch2/catch.hpp>

using namespace jackgw;
using namespace jackgw::http;

namespace {

std::string written(const Response& response, const Framing& framing) {
    std::string out = "left over";
    write_response_head(response, response.body.size(), framing, *parse_iso8601("2026-11-22T16:38:04.9Z"),
                        out);
    return out;
}

}  // namespace

TEST_CASE("A head is written with date and length, the handler's own framing left out") {
    const Response response{
        202, {{"X-A", "1"}, {"content-length", "99"}, {"Connection", "x"}, {"Date", "never"}}, "hello"};
    CHECK(written(response, {}) ==
          "HTTP/1.1 202 Accepted\r\nDate: Sun, 22 Nov 2026 16:38:04 GMT\r\nX-A: 1\r\nContent-Length: "
          "5\r\n\r\n");
    CHECK(written({200, {}, ""}, {.close = true}) ==
          "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 16:38:04 GMT\r\nContent-Length: 0\r\nConnection: "
          "close\r\n\r\n");
    CHECK(written({200, {}, ""}, {.http_1_0 = true}).find("Connection: keep-alive\r\n") != std::string::npos);
}

TEST_CASE("Answers without content have no length") {
    for (const int status : {204, 304}) {
        CHECK(written({status, {}, "x"}, {}).find("Content-Length") == std::string::npos);
        CHECK_FALSE(sends_body({status, {}, "x"}, {}));
    }
    CHECK(written({200, {}, "abc"}, {.head_request = true}).find("Content-Length: 3") != std::string::npos);
    CHECK_FALSE(sends_body({200, {}, "abc"}, {.head_request = true}));
    CHECK(sends_body({200, {}, "abc"}, {}));
}

TEST_CASE("A body of unknown length is told as chunked, but not to HTTP/1.0") {
    const std::string head = written({200, {}, ""}, {.chunked = true});
    CHECK(head.find("Transfer-Encoding: chunked\r\n") != std::string::npos);
    CHECK(head.find("Content-Length") == std::string::npos);
    const std::string old = written({200, {}, ""}, {.close = true, .http_1_0 = true, .chunked = true});
    CHECK(old.find("Transfer-Encoding") == std::string::npos);
    CHECK(old.find("Content-Length") == std::string::npos);
    CHECK(old.find("Connection: close\r\n") != std::string::npos);
}

TEST_CASE("Answers that would break out of their lines aren't sendable") {
    CHECK(is_sendable({200, {{"X-A", "fine \xc3\xa4"}}, ""}));
    CHECK_FALSE(is_sendable({200, {{"X-A", "a\r\nSet-Cookie: b"}}, ""}));
    CHECK_FALSE(is_sendable({200, {{"X A", "a"}}, ""}));
    CHECK_FALSE(is_sendable({200, {{"", "a"}}, ""}));
    CHECK_FALSE(is_sendable({0, {}, ""}));
    CHECK_FALSE(is_sendable({100, {}, ""}));
    CHECK_FALSE(is_sendable({600, {}, ""}));
}
