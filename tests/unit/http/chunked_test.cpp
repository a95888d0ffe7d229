#include "http/wire/chunked.h"

#include <catch2/catch.hpp>

using namespace jackgw::http;
using State = ChunkedDecoder::State;

namespace {

struct Row {
    std::string wire;
    State state;
    std::string body;
    std::string rest;
};

}  // namespace

TEST_CASE("Chunked bodies are decoded alike in one piece and byte by byte") {
    const auto row = GENERATE(values<Row>({
        {"0\r\n\r\n", State::done, "", ""},
        {"5\r\nhello\r\n0\r\n\r\n", State::done, "hello", ""},
        {"5\r\nhello\r\n6\r\n world\r\n0\r\n\r\nGET /", State::done, "hello world", "GET /"},
        {"00A\r\n0123456789\r\n0\r\n\r\n", State::done, "0123456789", ""},
        {"a;name=value\r\n0123456789\r\n0;x\r\n\r\n", State::done, "0123456789", ""},
        {"1\r\n\r\r\n0\r\n\r\n", State::done, "\r", ""},
        {"0\r\nTrailer: one\r\nOther: two\r\n\r\nX", State::done, "", "X"},
        {"5\r\nhel", State::more, "hel", ""},
        {"5\r\nhello\r\n0\r\n", State::more, "hello", ""},
        {"\r\n", State::malformed, "", "\n"},
        {"-1\r\n", State::malformed, "", "1\r\n"},
        {"0x5\r\nhello", State::malformed, "", "5\r\nhello"},
        {"5\nhello", State::malformed, "", "hello"},
        {"5\r\nhelloX\r\n", State::malformed, "hello", "\r\n"},
        {"5\r\nhello\r0", State::malformed, "hello", ""},
        {"15\r\n", State::too_large, "", ""},
        {"14\r\n01234567890123456789\r\n1\r\n", State::too_large, "01234567890123456789", ""},
        {"fffffffffffffffff\r\n", State::too_large, "", "f\r\n"},
    }));
    CAPTURE(row.wire);
    constexpr std::size_t max_body = 20;
    {
        ChunkedDecoder decoder(max_body);
        std::string body;
        std::string_view input = row.wire;
        CHECK(decoder.feed(input, body) == row.state);
        CHECK(body == row.body);
        CHECK(input == row.rest);
    }
    {
        ChunkedDecoder decoder(max_body);
        std::string body;
        std::size_t used = 0;
        State state = State::more;
        while (used < row.wire.size() && state == State::more) {
            std::string_view input(&row.wire[used++], 1);
            state = decoder.feed(input, body);
        }
        CHECK(state == row.state);
        CHECK(body == row.body);
        CHECK(row.wire.substr(used) == row.rest);
    }
}

TEST_CASE("Endless extensions and trailers are cut off") {
    for (const std::string& start : {std::string("5;"), std::string("0\r\nA: ")}) {
        ChunkedDecoder decoder(100);
        std::string body;
        const std::string wire = start + std::string(100'000, 'x');
        std::string_view input = wire;
        CHECK(decoder.feed(input, body) == State::malformed);
    }
}
