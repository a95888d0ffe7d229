// Answers that are made piece by piece.
#include <atomic>
#include <catch2/catch.hpp>

#include "../../support/eventually.h"
#include "http/client.h"
#include "http/server.h"
#include "raw_client.h"

using namespace jackgw;
using namespace jackgw::test;
using Kind = http::ClientResult::Kind;

namespace {

constexpr std::size_t piece_size = 10'000;
constexpr std::size_t pieces = 100;

/// Streams by path: /sized and /chunked a million bytes, …/broken breaks off halfway, …/throws throws there,
/// /instead answers without beginning, /nothing does nothing, /endless goes on until the client goes.
class StreamServer {
  public:
    StreamServer() : server_({}, clock_, [this](const http::Request& request) { return answer(request); }) {
        server_.start();
    }

    std::uint16_t port() const { return server_.port(); }
    std::string url(const std::string& path) const {
        return "http://127.0.0.1:" + std::to_string(port()) + path;
    }
    http::ServerCounters counters() const { return server_.counters(); }
    bool given_up() const { return given_up_; }

  private:
    http::Response answer(const http::Request& request) {
        http::Response response;
        response.stream = [this, path = request.path](http::BodyWriter& writer) {
            return stream(path, writer);
        };
        return response;
    }

    std::optional<http::Response> stream(const std::string& path, http::BodyWriter& writer) {
        if (path == "/instead") return http::Response{404, {}, "not there"};
        if (path == "/nothing") return std::nullopt;
        if (path == "/throws/at/once") throw std::runtime_error("secret detail");
        const bool sized = path.starts_with("/sized");
        const std::size_t count = path == "/endless" ? SIZE_MAX : pieces;
        if (!writer.begin({200, {{"X-A", "b"}, {"Content-Length", "7"}}, ""},
                          sized ? std::optional<std::uint64_t>(piece_size * pieces) : std::nullopt))
            return std::nullopt;
        const std::string piece(piece_size, 'x');
        for (std::size_t i = 0; i < count; ++i) {
            if (i == pieces / 2 && path.ends_with("/broken")) return http::Response{502, {}, "too late"};
            if (i == pieces / 2 && path.ends_with("/throws")) throw std::runtime_error("secret detail");
            if (i == pieces / 2 && path.ends_with("/short")) return std::nullopt;
            if (!writer.write(piece) || !writer.write({})) {
                given_up_ = true;
                return std::nullopt;
            }
        }
        return std::nullopt;
    }

    SystemClock clock_;
    std::atomic<bool> given_up_{false};
    http::Server server_;  // last: its threads use the rest
};

class Client {
  public:
    http::ClientResult get(const std::string& url, const std::string& method = "GET") {
        http::ClientRequest request;
        request.method = method;
        request.url = url;
        request.max_response_body = 2 * piece_size * pieces;
        return client_.perform(request);
    }

  private:
    SystemClock clock_;
    http::Client client_{{}, clock_};
};

}  // namespace

TEST_CASE("A streamed answer arrives whole and leaves the connection open") {
    const std::string path = GENERATE("/sized", "/chunked");
    CAPTURE(path);
    StreamServer server;
    Client client;
    for (int i = 0; i < 3; ++i) {
        const auto result = client.get(server.url(path));
        INFO(result.error);
        REQUIRE(result.kind == Kind::complete);
        CHECK(result.status == 200);
        CHECK(result.reused == (i > 0));
        CHECK(result.body == std::string(piece_size * pieces, 'x'));
        CHECK(http::find_header(result.headers, "X-A") == "b");
        const auto length = http::find_header(result.headers, "Content-Length");
        CHECK(length == (path == "/sized" ? std::optional<std::string_view>("1000000") : std::nullopt));
    }
}

TEST_CASE("HEAD gets the head alone, and the next request its answer") {
    StreamServer server;
    Client client;
    const auto head = client.get(server.url("/sized"), "HEAD");
    REQUIRE(head.kind == Kind::complete);
    CHECK(http::find_header(head.headers, "Content-Length") == "1000000");
    CHECK(client.get(server.url("/chunked"), "HEAD").kind == Kind::complete);
    const auto next = client.get(server.url("/sized"));
    CHECK(next.reused);
    CHECK(next.body.size() == piece_size * pieces);
    CHECK_FALSE(server.given_up());
}

TEST_CASE("To HTTP/1.0 the end of the connection is the end of the body") {
    StreamServer server;
    RawClient client(server.port());
    client.send("GET /chunked HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
    const auto [bytes, orderly] = client.read_to_end();
    CHECK(orderly);
    CHECK(bytes.find("Transfer-Encoding") == std::string::npos);
    CHECK(bytes.size() - bytes.find("\r\n\r\n") - 4 == piece_size * pieces);
}

TEST_CASE("An answer that breaks off is never taken for the whole") {
    const std::string path =
        GENERATE("/sized/broken", "/chunked/broken", "/sized/throws", "/chunked/throws", "/sized/short");
    CAPTURE(path);
    StreamServer server;
    Client client;
    const auto result = client.get(server.url(path));
    CHECK(result.kind == Kind::failed);
    RawClient old(server.port());
    old.send("GET " + path + " HTTP/1.0\r\n\r\n");
    CHECK_FALSE(old.read_to_end().orderly);
    CHECK(client.get(server.url("/sized")).kind == Kind::complete);
}

TEST_CASE("As long as nothing has begun any answer is possible") {
    StreamServer server;
    Client client;
    const auto instead = client.get(server.url("/instead"));
    CHECK(instead.status == 404);
    CHECK(instead.body == "not there");
    CHECK(client.get(server.url("/nothing")).status == 500);
    const auto thrown = client.get(server.url("/throws/at/once"));
    CHECK(thrown.status == 500);
    CHECK(thrown.reused);
    CHECK(thrown.body.find("secret") == std::string::npos);
    CHECK(server.counters().handler_failures == 1);
}

TEST_CASE("A client that goes away ends the making of its answer") {
    StreamServer server;
    {
        RawClient client(server.port());
        client.send(get("/endless"));
        REQUIRE(client.read_answer());
    }
    CHECK(eventually([&] { return server.given_up(); }));
    CHECK(eventually([&] { return server.counters().open_connections == 0; }));
}
