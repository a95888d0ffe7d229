// Answers that go on to a sink while they come in.
#include <catch2/catch.hpp>

#include "client_fixture.h"

using namespace jackgw;
using namespace jackgw::test;
using namespace std::chrono_literals;
using Kind = http::ClientResult::Kind;

namespace {

constexpr std::size_t mib = 1024 * 1024;

/// Counts what it takes, checks it against the pattern that servers here send, and may have enough.
class CountingSink final : public http::ResponseSink {
  public:
    std::size_t enough = SIZE_MAX;
    int status = 0;
    int heads = 0;
    std::size_t bytes = 0;
    std::size_t longest = 0;
    bool as_sent = true;

    void head(int code, const std::vector<http::Header>&) override {
        status = code;
        ++heads;
    }
    bool body(std::string_view piece) override {
        for (const char byte : piece) as_sent = as_sent && byte == pattern(bytes++);
        longest = std::max(longest, piece.size());
        return bytes < enough;
    }

    static char pattern(std::size_t at) { return static_cast<char>('a' + at % 23); }
};

std::string patterned(std::size_t from, std::size_t size) {
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i) text[i] = CountingSink::pattern(from + i);
    return text;
}

enum class Form { sized, chunked, until_close };

/// Sends that many bytes in pieces of 64 KiB; gives up when the client has gone.
FaultServer::Script sender_of(std::size_t size, Form form) {
    return [=](Peer& peer) {
        constexpr std::size_t step = 64 * 1024;
        while (peer.read_request()) {
            std::string head = "HTTP/1.1 200 OK\r\n";
            if (form == Form::sized) head += "Content-Length: " + std::to_string(size) + "\r\n";
            if (form == Form::chunked) head += "Transfer-Encoding: chunked\r\n";
            if (!peer.write(head + "\r\n")) return;
            for (std::size_t sent = 0; sent < size; sent += step) {
                const std::string piece = patterned(sent, std::min(step, size - sent));
                char chunk[32] = "";
                if (form == Form::chunked) std::snprintf(chunk, sizeof chunk, "%zx\r\n", piece.size());
                if (!peer.write(chunk + piece + (form == Form::chunked ? "\r\n" : ""))) return;
            }
            if (form == Form::until_close) return;
            if (form == Form::chunked && !peer.write("0\r\n\r\n")) return;
        }
    };
}

}  // namespace

TEST_CASE("A long answer arrives whole in small pieces, however its length is told") {
    const bool tls = GENERATE(false, true);
    const auto form = GENERATE(Form::sized, Form::chunked, Form::until_close);
    CAPTURE(tls, static_cast<int>(form));
    Provider provider(tls, sender_of(8 * mib, form));
    const SystemClock clock;
    http::Client client(test_options(), clock);
    auto request = provider.request();
    request.max_response_body = 8 * mib;
    for (int i = 0; i < 2; ++i) {
        CountingSink sink;
        const auto result = client.perform(request, sink);
        INFO(result.error);
        REQUIRE(result.kind == Kind::complete);
        CHECK(result.status == 200);
        CHECK(result.body.empty());
        CHECK(result.reused == (i == 1 && form != Form::until_close));
        CHECK(sink.heads == 1);
        CHECK(sink.status == 200);
        CHECK(sink.bytes == 8 * mib);
        CHECK(sink.as_sent);
        CHECK(sink.longest <= 16 * 1024);
    }
}

TEST_CASE("A sink that has enough ends the request and the connection") {
    Provider provider(false, sender_of(64 * mib, Form::chunked));
    const SystemClock clock;
    http::Client client(test_options(), clock);
    auto request = provider.request();
    request.max_response_body = 64 * mib;
    CountingSink sink;
    sink.enough = 100'000;
    const auto result = client.perform(request, sink);
    CHECK(result.kind == Kind::given_up);
    CHECK(result.written);
    CHECK(sink.bytes < 200'000);
    provider.server.wait_for_closed(1);
    CHECK(provider.server.requests() == 1);
}

TEST_CASE("The limit is told before the head where the length is known, and cuts the answer where it isn't") {
    const auto form = GENERATE(Form::sized, Form::chunked, Form::until_close);
    CAPTURE(static_cast<int>(form));
    Provider provider(false, sender_of(mib, form));
    const SystemClock clock;
    http::Client client(test_options(), clock);
    auto request = provider.request();
    request.max_response_body = mib - 1;
    CountingSink sink;
    const auto result = client.perform(request, sink);
    CHECK(result.kind == Kind::too_large);
    CHECK(sink.heads == (form == Form::sized ? 0 : 1));
    CHECK(sink.bytes < mib);
}

TEST_CASE("An exception of the sink comes out of the call, and the client works on") {
    struct Throwing final : http::ResponseSink {
        void head(int, const std::vector<http::Header>&) override {}
        bool body(std::string_view) override { throw std::runtime_error("no room"); }
    };
    Provider provider(false, sender_of(1000, Form::sized));
    const SystemClock clock;
    http::Client client(test_options(), clock);
    Throwing sink;
    CHECK_THROWS_WITH(client.perform(provider.request(), sink), "no room");
    CountingSink counting;
    const auto result = client.perform(provider.request(), counting);
    CHECK(result.kind == Kind::complete);
    CHECK_FALSE(result.reused);
    CHECK(counting.bytes == 1000);
}
