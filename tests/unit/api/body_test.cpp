#include "api/body.h"

#include <catch2/catch.hpp>

#include "house.h"

using namespace jackgw;
using test::Answer;
using test::House;

namespace {

struct Row {
    std::string body;
    int status;
    std::string code;
    std::string field;
};

/// A message with one member replaced or added.
std::string with(const std::string& member) {
    return R"({"channel":"sms","to":"+15559876543",)" + member + "}";
}

}  // namespace

TEST_CASE("A message that isn't right is refused, naming the field") {
    const auto row = GENERATE(values<Row>({
        // not JSON
        {"", 400, "INVALID_JSON", ""},
        {"   ", 400, "INVALID_JSON", ""},
        {"{", 400, "INVALID_JSON", ""},
        {"hello", 400, "INVALID_JSON", ""},
        {R"({"channel":"sms",})", 400, "INVALID_JSON", ""},
        {R"({'channel':'sms'})", 400, "INVALID_JSON", ""},
        {R"({"channel":"sms"} x)", 400, "INVALID_JSON", ""},
        {R"({"channel":"sms"},{})", 400, "INVALID_JSON", ""},
        {R"({"channel":"sms"}],[{})", 400, "INVALID_JSON", ""},
        {"{\"channel\":\"a\nb\"}", 400, "INVALID_JSON", ""},
        {with(R"("metadata":{"n":1e999})"), 400, "INVALID_JSON", ""},
        {with(R"("metadata":)" + std::string(40, '[') + std::string(40, ']')), 400, "INVALID_JSON", ""},
        {std::string(100'000, '['), 400, "INVALID_JSON", ""},
        {"\xff{}", 400, "INVALID_JSON", ""},
        // JSON, but no object
        {"[]", 422, "VALIDATION_FAILED", ""},
        {"null", 422, "VALIDATION_FAILED", ""},
        {"12", 422, "VALIDATION_FAILED", ""},
        {R"("text")", 422, "VALIDATION_FAILED", ""},
        // missing
        {"{}", 422, "VALIDATION_FAILED", "channel"},
        {R"({"channel":"sms","content":"Hello"})", 422, "VALIDATION_FAILED", "to"},
        {R"({"to":"+15559876543","content":"Hello"})", 422, "VALIDATION_FAILED", "channel"},
        {R"({"channel":null,"to":"+15559876543","content":"Hello"})", 422, "VALIDATION_FAILED", "channel"},
        // unknown
        {with(R"("content":"Hello","colour":"red")"), 422, "VALIDATION_FAILED", "colour"},
        {with(R"("content":"Hello","Content":"Hello")"), 422, "VALIDATION_FAILED", "Content"},
        {with(R"("content":"Hello","":1)"), 422, "VALIDATION_FAILED", ""},
        // wrong types
        {with(R"("content":12)"), 422, "VALIDATION_FAILED", "content"},
        {with(R"("content":true)"), 422, "VALIDATION_FAILED", "content"},
        {with(R"("content":["Hello"])"), 422, "VALIDATION_FAILED", "content"},
        {with(R"("content":{"text":"Hello"})"), 422, "VALIDATION_FAILED", "content"},
        {R"({"channel":1,"to":"+15559876543","content":"Hello"})", 422, "VALIDATION_FAILED", "channel"},
        {R"({"channel":"sms","to":15559876543,"content":"Hello"})", 422, "VALIDATION_FAILED", "to"},
        {with(R"("content":"Hello","mediaUrls":"https://x.example")"), 422, "VALIDATION_FAILED", "mediaUrls"},
        {with(R"("content":"Hello","mediaUrls":["https://x.example",3])"), 422, "VALIDATION_FAILED",
         "mediaUrls"},
        {with(R"("content":"Hello","mediaUrls":[null])"), 422, "VALIDATION_FAILED", "mediaUrls"},
        {with(R"("content":"Hello","priority":1)"), 422, "VALIDATION_FAILED", "priority"},
        {with(R"("content":"Hello","priority":"asap")"), 422, "VALIDATION_FAILED", "priority"},
        {with(R"("content":"Hello","role":"guest")"), 422, "VALIDATION_FAILED", "role"},
        {with(R"("content":"Hello","role":"system")"), 422, "VALIDATION_FAILED", "role"},
        {with(R"("content":"Hello","sendAt":"tomorrow")"), 422, "VALIDATION_FAILED", "sendAt"},
        {with(R"("content":"Hello","sendAt":"2026-11-23T10:00:00")"), 422, "VALIDATION_FAILED", "sendAt"},
        {with(R"("content":"Hello","sendAt":1795000000)"), 422, "VALIDATION_FAILED", "sendAt"},
        {with(R"("content":"Hello","sendAt":"2026-02-30T10:00:00Z")"), 422, "VALIDATION_FAILED", "sendAt"},
        {with(R"("content":"Hello","expiresAt":"2020-01-01T00:00:00Z")"), 422, "VALIDATION_FAILED",
         "expiresAt"},
        {with(R"("content":"Hello","metadata":"x")"), 422, "VALIDATION_FAILED", "metadata"},
        {with(R"("content":"Hello","metadata":["x"])"), 422, "VALIDATION_FAILED", "metadata"},
        {with(R"("content":"Hello","metadata":{"x":")" + std::string(17'000, 'x') + "\"}"), 422,
         "VALIDATION_FAILED", "metadata"},
        // empty messages
        {R"({"channel":"sms","to":"+15559876543"})", 422, "VALIDATION_FAILED", "content"},
        {with(R"("content":"")"), 422, "VALIDATION_FAILED", "content"},
        {with(R"("content":" \n\t")"), 422, "VALIDATION_FAILED", "content"},
        {with(R"("content":null)"), 422, "VALIDATION_FAILED", "content"},
        {with(R"("content":"","mediaUrls":[])"), 422, "VALIDATION_FAILED", "content"},
        // text that isn't text
        {with("\"content\":\"caf\xe9\""), 422, "VALIDATION_FAILED", "content"},
        {with("\"content\":\"\xed\xa0\x80\""), 422, "VALIDATION_FAILED", "content"},
        {with("\"content\":\"cut \xf0\x9f\x9b\""), 422, "VALIDATION_FAILED", "content"},
        {with(std::string("\"content\":\"a\0b\"", 15)), 422, "VALIDATION_FAILED", "content"},
        {with(R"("content":"a\u0000b")"), 422, "VALIDATION_FAILED", "content"},
        {with(R"("content":"\ud83d alone")"), 422, "VALIDATION_FAILED", "content"},
        {with(R"("content":"\ude00 alone")"), 422, "VALIDATION_FAILED", "content"},
        {with(R"("content":"\ud83d\ud83d")"), 422, "VALIDATION_FAILED", "content"},
        {with(R"("content":"Hello","from":"\u0000")"), 422, "VALIDATION_FAILED", "from"},
        {with(R"("content":"Hello","mediaUrls":["https://x.example","\u0000"])"), 422, "VALIDATION_FAILED",
         "mediaUrls[1]"},
        {with(R"("content":"Hello","metadata":{"a":{"b":["\u0000"]}})"), 422, "VALIDATION_FAILED",
         "metadata.a.b[0]"},
        {R"({"channel":"sms\u0000","to":"+15559876543","content":"Hello"})", 422, "VALIDATION_FAILED",
         "channel"},
        {with(R"("content\u0000":"Hello")"), 422, "VALIDATION_FAILED", "content\xef\xbf\xbd"},
        // what the channel says
        {R"({"channel":"fax","to":"+15559876543","content":"Hello"})", 422, "VALIDATION_FAILED", "channel"},
        {R"({"channel":"whatsapp","to":"+15559876543","content":"Hello"})", 503, "CHANNEL_UNAVAILABLE",
         "channel"},
        {R"({"channel":"sms","to":"room 12","content":"Hello"})", 422, "INVALID_NUMBER", "to"},
        {with(R"("content":"This one has more than twenty bytes")"), 422, "CONTENT_TOO_LONG", "content"},
    }));
    INFO(row.body.substr(0, 200));
    House house;
    const Answer answer = house.post("/messages", row.body);
    CHECK(answer.status == row.status);
    CHECK(answer.code() == row.code);
    CHECK(answer.field() == row.field);
    CHECK_FALSE(answer.text("error.message").empty());
    CHECK(house.store.enqueued.empty());
}

TEST_CASE("What looks odd but is right is taken as it is") {
    struct Taken {
        std::string written;
        std::string content;
    };
    const auto row = GENERATE(values<Taken>({
        {R"(Gr\u00fc\u00dfe)", "Grüße"},
        {R"(\ud83d\udece\ufe0f)", "🛎️"},
        {"🛎️", "🛎️"},
        {R"(\ufffd)", "\xef\xbf\xbd"},
        {"\xef\xbf\xbd", "\xef\xbf\xbd"},
        {R"(\\u0000)", R"(\u0000)"},
        {R"(\\\\u0000)", R"(\\u0000)"},
        {R"(a\nb \"c\" \/)", "a\nb \"c\" /"},
    }));
    INFO(row.written);
    House house;
    const Answer answer = house.post("/messages", with(R"("content":")" + row.written + "\""));
    REQUIRE(answer.status == 202);
    CHECK(house.store.enqueued[0].content == row.content);
    CHECK(answer.text("data.content") == row.content);
}

TEST_CASE("Only JSON is read") {
    struct Type {
        std::vector<http::Header> headers;
        int status;
    };
    const auto row = GENERATE(values<Type>({
        {{{"Content-Type", "application/json"}}, 202},
        {{{"content-type", "Application/JSON; charset=utf-8"}}, 202},
        {{}, 202},
        {{{"Content-Type", "text/plain"}}, 415},
        {{{"Content-Type", "application/x-www-form-urlencoded"}}, 415},
        {{{"Content-Type", "application/json-patch+json"}}, 415},
        {{{"Content-Type", ""}}, 415},
    }));
    House house;
    auto headers = row.headers;
    headers.push_back({"Authorization", "Bearer agent-token"});
    const Answer answer(
        house.api.handle(House::request("POST", "/api/v1/messages", with(R"("content":"Hello")"), headers)));
    CHECK(answer.status == row.status);
    if (row.status == 415) CHECK(answer.code() == "UNSUPPORTED_MEDIA_TYPE");
}

TEST_CASE("Requests without fields take no body, or an empty object") {
    struct Action {
        std::string body;
        int status;
    };
    const auto row = GENERATE(values<Action>({{"", 200}, {"{}", 200}, {R"({"x":1})", 422}, {"x", 400}}));
    House house;
    house.add_conversation(test::id_a, 1);
    CHECK(house.post("/outbox/pause", row.body).status == row.status);
    CHECK(house.post("/conversations/" + test::id_a + "/close", row.body).status == row.status);
}
