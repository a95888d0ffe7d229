// `jack-gateway plugin test` against the provider's account.

#include <catch2/catch.hpp>

#include "support/stack.h"

using namespace jackgw::test;
using Catch::Matchers::Contains;

namespace {

std::string webhook_url(const Stack& stack) {
    return stack.public_url() + "/webhooks/twilio/sms#rc=3&rp=all";
}

Finished self_test(Stack& stack) {
    return stack.command({"plugin", "test", "sms", "--url", stack.url()});
}

}  // namespace

TEST_CASE("A channel that is set up well passes, and no message is sent") {
    Stack stack;
    stack.provider().set_up_number(hotel_number, {{"smsUrl", webhook_url(stack)}});
    const Finished test = self_test(stack);
    CHECK(test.exit_code == 0);
    CHECK_THAT(test.output, Contains("accepts the auth_token") && Contains("calls this gateway, and again"));
    // Nothing but the plain HTTP of a test's gateway is warned of.
    CHECK_THAT(test.output, Contains("public_url   -") && !Contains("failed") && !Contains("skipped"));
    CHECK(stack.provider().create_requests() == 0);

    const Answer answer = stack.api("POST", "/plugins/sms/test");
    CHECK(answer.status == 200);
    CHECK(answer.data().at("ok") == true);
}

TEST_CASE("What is wrong at the provider is named with what to do") {
    Stack stack;
    SECTION("no webhook") {
        stack.provider().set_up_number(hotel_number, {{"smsUrl", ""}});
        CHECK_THAT(self_test(stack).output, Contains("has no URL") && Contains(webhook_url(stack)));
    }
    SECTION("another webhook") {
        stack.provider().set_up_number(hotel_number, {{"smsUrl", "https://old.example/sms"}});
        CHECK_THAT(self_test(stack).output, Contains("calls https://old.example/sms, not this gateway"));
    }
    SECTION("an application overrides it") {
        stack.provider().set_up_number(
            hotel_number,
            {{"smsUrl", webhook_url(stack)}, {"smsApplicationSid", "AP0123456789abcdef0123456789abcdef"}});
        CHECK_THAT(self_test(stack).output, Contains("Application AP0123456789abcdef0123456789abcdef"));
    }
    SECTION("a service overrides it") {
        stack.provider().set_up_number(hotel_number, {{"smsUrl", webhook_url(stack)}});
        stack.provider().set_up_service("MG0123456789abcdef0123456789abcdef", {{"numbers", {hotel_number}}});
        CHECK_THAT(self_test(stack).output, Contains("messaging service MG0123456789abcdef0123456789abcdef"));
    }
    SECTION("the number can't send") {
        stack.provider().set_up_number(hotel_number, {{"smsUrl", webhook_url(stack)}, {"sms", false}});
        CHECK_THAT(self_test(stack).output, Contains("can't send SMS"));
    }
    SECTION("the account is suspended") {
        stack.provider().set_up_number(hotel_number, {{"smsUrl", webhook_url(stack)}});
        stack.provider().set_up_account({{"status", "suspended"}});
        CHECK_THAT(self_test(stack).output, Contains("suspended"));
    }
    CHECK(self_test(stack).exit_code == 1);
    CHECK(stack.provider().create_requests() == 0);
}

TEST_CASE("Wrong credentials are named") {
    StackOptions options;
    options.token = "00000000000000000000000000000000";
    Stack stack(options);
    const Finished test = self_test(stack);
    CHECK(test.exit_code == 1);
    CHECK_THAT(test.output, Contains("Twilio refuses the auth_token (HTTP 401, error 20003"));
    CHECK_THAT(stack.log(), !Contains("00000000000000000000000000000000"));
}
