// What the gateway is for: guests text the hotel, the hotel answers.
#include <catch2/catch.hpp>

#include "stack.h"

using namespace jackgw::test;

namespace {

std::vector<Json> conversation_messages(Stack& stack) {
    const auto conversations = stack.list("/conversations");
    REQUIRE(conversations.size() == 1);
    return stack.list("/conversations/" + conversations[0].at("id").get<std::string>() + "/messages");
}

Answer answer_in_conversation(Stack& stack, const std::string& content) {
    const std::string id = stack.list("/conversations").at(0).at("id");
    return stack.api("POST", "/conversations/" + id + "/messages", {{"content", content}, {"role", "ai"}});
}

}  // namespace

TEST_CASE("01 a guest texts, the hotel answers, the answer is delivered") {
    Stack stack;
    const std::string sid =
        stack.provider().text(guest_number, "Two more towels for room 12, please! 🛎️");
    CHECK(stack.list("/conversations").at(0).at("state") == "new");

    const Json queued = answer_in_conversation(stack, "Of course, they are on their way.").data();
    const Json sent = stack.await_delivery(queued.at("id"), "delivered");
    CHECK(sent.at("deliveryStatus") == "delivered");
    CHECK(sent.at("providerStatus") == "delivered");
    CHECK(sent.at("errorCode").is_null());
    CHECK(sent.at("attempts").size() == 1);
    CHECK(sent.at("attempts")[0].at("outcome") == "accepted");

    const auto transcript = conversation_messages(stack);
    REQUIRE(transcript.size() == 2);
    CHECK(transcript[0].at("direction") == "inbound");
    CHECK(transcript[0].at("role") == "guest");
    CHECK(transcript[0].at("content") == "Two more towels for room 12, please! 🛎️");
    CHECK(transcript[0].at("providerMessageId") == sid);
    CHECK(transcript[0].at("encoding") == "UCS-2");
    CHECK(transcript[1].at("direction") == "outbound");
    CHECK(transcript[1].at("role") == "ai");
    CHECK(transcript[1].at("from") == hotel_number);
    CHECK(transcript[1].at("to") == guest_number);
    CHECK(stack.list("/conversations").at(0).at("state") == "active");

    const Json on_the_phone = stack.provider().messages_with(guest_number).back();
    CHECK(on_the_phone.at("sid") == sent.at("providerMessageId"));
    CHECK(on_the_phone.at("body") == "Of course, they are on their way.");
    CHECK(on_the_phone.at("status") == "delivered");
    const Finished inbox = stack.provider().phone({"inbox", guest_number});
    CHECK(inbox.exit_code == 0);
    CHECK_THAT(inbox.output, Catch::Contains("Of course, they are on their way."));
    CHECK(stack.stop_gateway() == 0);
}

TEST_CASE("01 STOP silences the hotel before any request is made, START lifts it") {
    Stack stack;
    stack.provider().text(guest_number, "Hello");
    stack.provider().text(guest_number, "Stop");

    const Answer refused = answer_in_conversation(stack, "One more thing");
    CHECK(refused.status == 422);
    CHECK(refused.json().at("error").at("code") == "UNSUBSCRIBED");
    const Answer to_number = stack.api(
        "POST", "/messages", {{"channel", "sms"}, {"to", guest_number}, {"content", "And another"}});
    CHECK(to_number.status == 422);
    CHECK(to_number.json().at("error").at("code") == "UNSUBSCRIBED");
    CHECK(conversation_messages(stack).size() == 2);
    CHECK(stack.provider().create_requests() == 0);

    stack.provider().text(guest_number, "START");
    const Json welcome = answer_in_conversation(stack, "Welcome back").data();
    CHECK(stack.await_delivery(welcome.at("id"), "delivered").at("deliveryStatus") == "delivered");
    CHECK(stack.provider().create_requests() == 1);

    const Json guest = stack.list("/guests").empty() ? Json{} : stack.list("/guests").at(0);
    const Json ledger =
        stack.api("GET", "/guests/" + guest.at("id").get<std::string>()).data().at("consents");
    REQUIRE(ledger.size() == 2);
    CHECK(ledger[0].at("kind") == "opt_out");
    CHECK(ledger[0].at("scope") == hotel_number);
    CHECK(ledger[1].at("kind") == "opt_in");
}

TEST_CASE("01 the provider's own refusal of an opted-out guest is recorded as an opt-out") {
    Stack stack;
    stack.provider().add_fault("error", 21610, 1);
    const Json refused = stack.send(guest_number, "Hello?");
    const Json failed = stack.await_delivery(refused.at("id"), "failed");
    CHECK(failed.at("deliveryStatus") == "failed");
    CHECK(failed.at("errorCode") == "UNSUBSCRIBED");
    CHECK(failed.at("providerErrorCode") == 21610);
    CHECK(failed.at("retryable") == false);

    const Answer next =
        stack.api("POST", "/messages", {{"channel", "sms"}, {"to", guest_number}, {"content", "Hello!"}});
    CHECK(next.status == 422);
    CHECK(next.json().at("error").at("code") == "UNSUBSCRIBED");
    CHECK(stack.provider().create_requests() == 1);
}

TEST_CASE("01 ten pictures arrive with one text") {
    Stack stack;
    std::vector<std::string> urls;
    for (int i = 0; i < 10; ++i)
        urls.push_back("https://media.example.com/" + std::to_string(i) + (i % 2 == 0 ? ".jpg" : ".png"));
    stack.provider().text(guest_number, "My holiday", urls);
    const auto messages = conversation_messages(stack);
    REQUIRE(messages.size() == 1);
    const Json media = messages[0].at("media");
    REQUIRE(media.size() == 10);
    for (std::size_t i = 0; i < 10; ++i) {
        CHECK(media[i].at("index") == i);
        CHECK(media[i].at("url") == urls[i]);
        CHECK(media[i].at("contentType") == (i % 2 == 0 ? "image/jpeg" : "image/png"));
    }
}

TEST_CASE("01 a webhook that comes again is stored once and answered alike") {
    Stack stack;
    for (int i = 0; i < 3; ++i) {
        const Answer answer = stack.text(make_sid(7), guest_number, "Hello");
        CHECK(answer.status == 200);
        CHECK(answer.content_type() == "text/xml");
        CHECK(answer.body == empty_twiml);
    }
    CHECK(conversation_messages(stack).size() == 1);
}

TEST_CASE("01 a repeated Idempotency-Key makes one message") {
    Stack stack;
    const Json wish{{"channel", "sms"}, {"to", guest_number}, {"content", "Your taxi is here"}};
    const Answer first = stack.api("POST", "/messages", wish, "taxi-1");
    const Answer again = stack.api("POST", "/messages", wish, "taxi-1");
    CHECK(first.status == 202);
    CHECK(again.status == 202);
    CHECK(first.data().at("id") == again.data().at("id"));
    Json other = wish;
    other["content"] = "Another text";
    CHECK(stack.api("POST", "/messages", other, "taxi-1").status == 409);

    stack.await_delivery(first.data().at("id"), "delivered");
    CHECK(stack.api("POST", "/messages", wish, "taxi-1").data().at("deliveryStatus") == "delivered");
    CHECK(stack.provider().create_requests() == 1);
    CHECK(conversation_messages(stack).size() == 1);
}

TEST_CASE("01 shuffled, repeated and delayed status callbacks end in delivered") {
    StackOptions options;
    options.simulator_arguments = {"--status-order",    "shuffled", "--status-repeat", "3",
                                   "--status-delay-ms", "20",       "--seed",          "4711"};
    Stack stack(options);
    std::vector<std::string> ids;
    for (int i = 0; i < 20; ++i)
        ids.push_back(stack.send("+155598700" + std::to_string(10 + i), "Number " + std::to_string(i))
                          .at("id")
                          .get<std::string>());
    // Each message: queued (told or not), sending, sent, delivered, three times each; all must have come.
    const auto all_told = [&] {
        const Json state = stack.provider().state();
        std::map<std::string, int> told;
        for (const Json& record : state.at("callbacks")) ++told[record.at("status").get<std::string>()];
        return told["delivered"] >= 60 && told["sent"] >= 60;
    };
    CHECK(eventually(all_told, std::chrono::seconds{60}));
    for (const std::string& id : ids) {
        const Json message = stack.message(id);
        CHECK(message.at("deliveryStatus") == "delivered");
        CHECK(message.at("attempts").size() == 1);
    }
    const Json answers = stack.provider().state().at("callbackAnswers");
    CHECK(answers.size() == 1);
    CHECK(answers.contains("200"));
}
