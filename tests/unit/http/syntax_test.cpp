#include "http/wire/syntax.h"

#include <catch2/catch.hpp>

#include "http/answers.h"
#include "http/message.h"

using namespace jackgw::http;

TEST_CASE("Header names are found without regard to case, the first of several wins") {
    Request request;
    request.headers = {{"X-One", "1"}, {"x-one", "2"}, {"Empty", ""}};
    CHECK(request.header("x-ONE") == "1");
    CHECK(request.header("empty") == "");
    CHECK_FALSE(request.header("X-On"));
}

TEST_CASE("Tokens and values keep to their characters") {
    CHECK(is_token("Content-Length"));
    CHECK(is_token("!#$%&'*+-.^_`|~09azAZ"));
    for (const auto* text : {"", "a b", "a:", "a\t", "a\r", "(a)", "\xc3\xa4", "a\x7f"}) {
        CAPTURE(text);
        CHECK_FALSE(is_token(text));
    }
    CHECK(is_field_value("a b\tc \xc3\xa4"));
    CHECK(is_field_value(""));
    for (const std::string& text :
         {std::string("a\r"), std::string("a\nb"), std::string("a\0b", 3), std::string("\x7f")}) {
        CHECK_FALSE(is_field_value(text));
    }
}

TEST_CASE("Lists name tokens between commas") {
    CHECK(list_contains("close", "close"));
    CHECK(list_contains("Upgrade , CLOSE", "close"));
    CHECK_FALSE(list_contains("closed", "close"));
    CHECK_FALSE(list_contains("", "close"));
}

TEST_CASE("Lengths are digits only") {
    CHECK(parse_decimal("0") == 0U);
    CHECK(parse_decimal("000123") == 123U);
    CHECK(parse_decimal("999999999999999999") == 999'999'999'999'999'999U);
    for (const auto* text : {"", "-1", "+1", " 1", "1 ", "0x10", "1,1", "1e3", "1000000000000000000"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_decimal(text));
    }
}

TEST_CASE("Percent escapes are decoded, or the text is refused") {
    CHECK(percent_decode("a%20b+c%2Fd%c3%A4") == "a b+c/d\xc3\xa4");
    for (const auto* text : {"%", "%2", "a%2", "%g0", "%0g"}) {
        CAPTURE(text);
        CHECK_FALSE(percent_decode(text));
    }
}

TEST_CASE("The edge answers JSON below /api and nothing elsewhere") {
    const auto provider = edge_answer(500, "/webhooks/x");
    CHECK(provider.body.empty());
    CHECK_FALSE(find_header(provider.headers, "Content-Type"));
    const auto api = edge_answer(413, "/api/v1/messages");
    CHECK(find_header(api.headers, "content-type") == "application/json");
    CHECK(api.body ==
          R"({"error":{"code":"PAYLOAD_TOO_LARGE","message":"The body is larger than this server takes."}})");
    CHECK(edge_answer(404, "/apis").body.empty());
    CHECK_FALSE(edge_answer(404, "/api").body.empty());
    CHECK(find_header(edge_answer(503, "/webhooks/x").headers, "Retry-After"));
}
