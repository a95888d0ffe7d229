// A text that is too long for one message, from the request to the guest's phone.
#include <catch2/catch.hpp>

#include <algorithm>

#include "stack.h"

using namespace jackgw::test;

namespace {

StackOptions splitting() {
    StackOptions options;
    options.channel_options = "long_text = \"split\"\n";
    return options;
}

/// Some 4,000 characters: three messages.
std::string long_text() {
    std::string text;
    for (int line = 1; text.size() < 4000; ++line) text += "This is line " + std::to_string(line) + ". ";
    text.pop_back();
    return text;
}

std::vector<std::string> contents(const Json& messages) {
    std::vector<std::string> all;
    for (const Json& message : messages) all.push_back(message.at("content"));
    return all;
}

/// What the guest's phone has got, oldest first.
std::vector<std::string> received(Stack& stack) {
    std::vector<std::string> all;
    for (const Json& message : stack.provider().messages_with(guest_number))
        all.push_back(message.at("body"));
    return all;
}

void await_all(Stack& stack, const Json& parts) {
    for (const Json& part : parts)
        CHECK(stack.await_delivery(part.at("id"), "delivered").at("deliveryStatus") == "delivered");
}

std::vector<std::string> states(Stack& stack, const std::string& id) {
    std::vector<std::string> all;
    const Json message = stack.message(id);
    for (const Json& part : message.at("parts")) all.push_back(part.at("deliveryStatus"));
    return all;
}

}  // namespace

TEST_CASE("13 a long text is one request, one answer, and messages in their order on the phone") {
    Stack stack(splitting());
    const Json preview =
        stack.api("POST", "/messages/preview", {{"channel", "sms"}, {"content", long_text()}}).data();
    const Json wish{{"channel", "sms"}, {"to", guest_number}, {"content", long_text()}};
    const Answer answer = stack.api("POST", "/messages", wish, "long-1");
    REQUIRE(answer.status == 202);
    const Json first = answer.data();
    const Json parts = first.at("parts");
    REQUIRE(parts.size() == 3);
    CHECK(contents(parts) == contents(preview.at("messages")));
    CHECK(parts[0].at("content").get<std::string>().starts_with("(1/3) This is line 1."));
    CHECK(first.at("group") == Json{{"id", first.at("id")}, {"part", 1}, {"parts", 3}});
    await_all(stack, parts);
    CHECK(received(stack) == contents(parts));
    CHECK(stack.message(parts[1].at("id")).at("group").at("part") == 2);
    CHECK(states(stack, parts[2].at("id")) == std::vector<std::string>(3, "delivered"));

    const Answer again = stack.api("POST", "/messages", wish, "long-1");
    CHECK(again.header("Idempotency-Replayed") == "true");
    CHECK(contents(again.data().at("parts")) == contents(parts));
    CHECK(stack.provider().create_requests() == 3);
    CHECK(stack.list("/conversations").at(0).at("messageCount") == 3);
}

TEST_CASE("13 a part that the provider refuses for now holds back those after it") {
    Stack stack(splitting());
    stack.provider().add_fault("429", 0, 2);
    const Json parts = stack.send(guest_number, long_text()).at("parts");
    REQUIRE(parts.size() == 3);
    await_all(stack, parts);
    CHECK(received(stack) == contents(parts));
    CHECK(stack.message(parts[0].at("id")).at("attempts").size() == 3);
    CHECK(stack.message(parts[1].at("id")).at("attempts").size() == 1);
}

TEST_CASE("13 a long text that waits outlives the gateway's death, and is canceled as a whole") {
    Stack stack(splitting());
    stack.api("POST", "/outbox/pause");
    const Json kept = stack.send(guest_number, long_text()).at("parts");
    const Json canceled = stack.send(guest_number, "Never mind. " + long_text()).at("parts");
    REQUIRE(canceled.size() == 3);
    stack.kill_gateway();
    stack.start_gateway();

    const std::string second = canceled[1].at("id");
    const Answer answer = stack.api("POST", "/messages/" + second + "/cancel");
    CHECK(answer.status == 200);
    CHECK(answer.data().at("parts").size() == 3);
    CHECK(states(stack, second) == std::vector<std::string>(3, "canceled"));
    CHECK(stack.api("POST", "/messages/" + second + "/cancel").status == 409);

    stack.api("POST", "/outbox/resume");
    await_all(stack, kept);
    CHECK(received(stack) == contents(kept));
}

TEST_CASE("13 a part that failed is retried alone") {
    Stack stack(splitting());
    stack.provider().set_outcome(guest_number, "undelivered:30003");
    const Json parts = stack.send(guest_number, long_text()).at("parts");
    const std::string second = parts.at(1).at("id");
    CHECK(stack.await_delivery(second, "failed").at("deliveryStatus") == "failed");
    CHECK(stack.await_delivery(parts.at(2).at("id"), "failed").at("deliveryStatus") == "failed");
    stack.provider().set_outcome(guest_number, "delivered");
    const Json retried = stack.api("POST", "/messages/" + second + "/retry").data();
    CHECK(retried.at("content") == parts[1].at("content"));
    CHECK(retried.at("group").is_null());
    CHECK(stack.await_delivery(retried.at("id"), "delivered").at("deliveryStatus") == "delivered");
    CHECK(stack.provider().create_requests() == 4);
}
