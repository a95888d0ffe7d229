// What is made of a text on its way: cut where it is too long, counted as it is sent.
#include <catch2/catch.hpp>

#include "stack.h"

using namespace jackgw::test;

namespace {

Answer post(Stack& stack, const std::string& path, const std::string& content) {
    Json wish{{"channel", "sms"}, {"content", content}};
    if (path == "/messages") wish["to"] = guest_number;
    return stack.api("POST", path, wish);
}

Stack with_options(const std::string& lines) {
    StackOptions options;
    options.channel_options = lines;
    return Stack(std::move(options));
}

}  // namespace

TEST_CASE("11 a text over the limit is cut before a character, and whoever sends it is told") {
    Stack stack;
    const std::string content = std::string(1596, 'x') + "👨‍👩‍👧 and more";
    const std::string cut = std::string(1596, 'x') + "...";
    const Json seen = post(stack, "/messages/preview", content).data();
    CHECK(seen.at("truncated") == true);
    CHECK(seen.at("encoding") == "GSM-7");
    CHECK(seen.at("segments") == 11);

    const Answer taken = post(stack, "/messages", content);
    REQUIRE(taken.status == 202);
    CHECK(taken.data().at("truncated") == true);
    CHECK(taken.data().at("warnings").size() == 1);
    const Json sent = stack.await_delivery(taken.data().at("id"), "delivered");
    CHECK(sent.at("content") == cut);
    CHECK(sent.at("segments") == 11);
    const Json on_the_phone = stack.provider().messages_with(guest_number).back();
    CHECK(on_the_phone.at("body") == cut);
}

TEST_CASE("11 a text over the limit is refused where the operator wants that") {
    Stack stack = with_options("long_text = \"reject\"\n");
    for (const char* path : {"/messages/preview", "/messages"}) {
        const Answer refused = post(stack, path, std::string(1601, 'x'));
        CHECK(refused.status == 422);
        CHECK(refused.json().at("error").at("code") == "CONTENT_TOO_LONG");
    }
    CHECK(stack.provider().create_requests() == 0);
}

TEST_CASE("11 with smart encoding a text is counted as it is sent, and stored as it was written") {
    Stack stack = with_options("smart_encoding = true\n");
    const std::string content = "“" + std::string(100, 'x') + "”";
    const Json seen = post(stack, "/messages/preview", content).data();
    CHECK(seen.at("encoding") == "GSM-7");
    CHECK(seen.at("segments") == 1);
    CHECK(seen.at("parts") == Json::array({"\"" + std::string(100, 'x') + "\""}));
    CHECK(seen.at("replacements") ==
          Json::array({{{"written", "“"}, {"sent", "\""}}, {{"written", "”"}, {"sent", "\""}}}));

    const Json taken = post(stack, "/messages", content).data();
    CHECK(taken.at("segments") == 1);
    CHECK(taken.at("encoding") == "GSM-7");
    CHECK(stack.await_delivery(taken.at("id"), "delivered").at("content") == content);
    CHECK(stack.provider().messages_with(guest_number).back().at("num_segments") == "1");
}

TEST_CASE("11 without it the same text costs twice as much") {
    Stack stack;
    const Json seen = post(stack, "/messages/preview", "“" + std::string(100, 'x') + "”").data();
    CHECK(seen.at("encoding") == "UCS-2");
    CHECK(seen.at("segments") == 2);
    CHECK(seen.at("replacements").empty());
}
