// Which of the hotel's numbers a guest hears from, and what is seen of their opt-out.
#include <catch2/catch.hpp>

#include "spa.h"

using namespace jackgw::test;

namespace {

Json conversation(Stack& stack) {
    const auto all = stack.list("/conversations");
    REQUIRE(all.size() == 1);
    return all[0];
}

/// Answers in the guest's conversation; what the provider was told to send it from.
std::string answered_from(Stack& stack) {
    const std::string id = conversation(stack).at("id");
    const Json queued =
        stack.api("POST", "/conversations/" + id + "/messages", {{"content", "Welcome"}}).data();
    CHECK(stack.await_delivery(queued.at("id"), "delivered").at("deliveryStatus") == "delivered");
    return stack.provider().messages_with(guest_number).back().at("from");
}

}  // namespace

TEST_CASE("13 a message from another number does not move the guest's thread, a guest's text does") {
    Stack stack(with_spa());
    text_to(stack, hotel_number, make_sid(1), "Hello, hotel");
    CHECK(answered_from(stack) == hotel_number);

    const Json by_spa = stack
                            .api("POST", "/messages",
                                 {{"channel", "sms"},
                                  {"to", guest_number},
                                  {"from", spa_number},
                                  {"content", "Your massage is at 4"}})
                            .data();
    CHECK(stack.await_delivery(by_spa.at("id"), "delivered").at("from") == spa_number);
    CHECK(conversation(stack).at("gatewayAddress") == hotel_number);
    CHECK(answered_from(stack) == hotel_number);

    text_to(stack, spa_number, make_sid(2), "Hello, spa");
    CHECK(conversation(stack).at("answersFrom") == spa_number);
    CHECK(answered_from(stack) == spa_number);
    CHECK(stack.send("+1 555 987 6543", "by address").at("from") == spa_number);
}

TEST_CASE("13 a number that was given up is answered from the default sender") {
    Stack stack(with_spa());
    text_to(stack, spa_number, make_sid(1), "Hello, spa");
    CHECK(conversation(stack).at("answersFrom") == spa_number);
    CHECK(stack.stop_gateway() == 0);
    stack.options().channel_options.clear();
    stack.start_gateway();
    CHECK(conversation(stack).at("gatewayAddress") == spa_number);
    CHECK(conversation(stack).at("answersFrom") == hotel_number);
    CHECK(answered_from(stack) == hotel_number);
}

TEST_CASE("13 an opt-out is seen on guest and conversation, for its number alone, until START lifts it") {
    Stack stack(with_spa());
    text_to(stack, hotel_number, make_sid(1), "STOP");
    CHECK(conversation(stack).at("optedOut") == true);

    const auto state = [&](const std::string& scope) -> Json {
        for (const Json& guest : stack.list("/guests"))
            for (const Json& one : guest.at("consentStates"))
                if (one.at("scope") == scope) return one.at("optedOut");
        return nullptr;
    };
    CHECK(state(hotel_number) == true);
    CHECK(state(spa_number) == nullptr);
    text_to(stack, spa_number, make_sid(2), "Hello, spa");
    CHECK(conversation(stack).at("optedOut") == false);

    text_to(stack, spa_number, make_sid(3), "START");
    CHECK(state(hotel_number) == true);
    CHECK(state(spa_number) == false);
    text_to(stack, hotel_number, make_sid(4), "START");
    CHECK(state(hotel_number) == false);
    CHECK(conversation(stack).at("optedOut") == false);

    const Json guest = stack.list("/guests").at(0);
    const Json ledger = guest.at("consents");
    REQUIRE(ledger.size() == 3);
    CHECK(ledger[0].at("kind") == "opt_out");
    CHECK(ledger[0].at("keyword") == "STOP");
    CHECK(ledger[0].at("source") == "keyword");
    CHECK(ledger[0].at("scope") == hotel_number);
    CHECK(ledger[1].at("scope") == spa_number);
    CHECK(ledger[2].at("kind") == "opt_in");
    const Answer lifted =
        stack.api("PATCH", "/guests/" + guest.at("id").get<std::string>(), {{"consents", Json::array()}});
    CHECK(lifted.status == 422);
    CHECK(lifted.json().at("error").at("field") == "consents");
}

TEST_CASE("13 what the channel warns of reaches whoever writes, also on the command line") {
    Stack stack;
    const std::string landline = "+442079460958";
    const Json sent = stack.send(landline, "Your table is ready");
    REQUIRE(sent.at("warnings").size() == 1);
    const std::string warning = sent.at("warnings")[0];
    CHECK_THAT(warning, Catch::Contains("landline"));
    const Finished told = stack.command({"send", "--channel", "sms", "--to", landline, "--text",
                                         std::string(2000, 'x'), "--url", stack.url()});
    CHECK(told.exit_code == 0);
    CHECK_THAT(told.output, Catch::Contains("pending, cut to fit\n"));
    CHECK_THAT(told.output, Catch::Contains("jack-gateway: warning: " + warning + "\n"));
}
