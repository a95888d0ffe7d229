// Reports of what became of messages don't arrive: the gateway asks.

#include <catch2/catch.hpp>

#include "support/stack.h"

using namespace jackgw::test;

namespace {

/// Status callbacks go to where nobody listens.
StackOptions without_callbacks() {
    StackOptions options;
    options.public_url = "http://127.0.0.1:9";
    options.channel_outbox += "delivery_check_after_s = 1\n";
    return options;
}

std::int64_t reports_of(Stack& stack, const std::string& id, const std::string& word) {
    std::int64_t count = 0;
    const Json message = stack.message(id);
    for (const Json& event : message.at("events"))
        count += event.at("type") == "message.report" && event.at("data").at("providerStatus") == word;
    return count;
}

}  // namespace

TEST_CASE("A final state whose report was lost is looked up") {
    Stack stack(without_callbacks());
    stack.provider().set_outcome("+15559870001", "undelivered:30003");
    const std::string delivered = stack.send(guest_number, "Hello").at("id");
    const std::string failed = stack.send("+15559870001", "Hello").at("id");
    CHECK(stack.await_delivery(delivered, "delivered").at("deliveryStatus") == "delivered");
    const Json message = stack.await_delivery(failed, "failed");
    CHECK(message.at("deliveryStatus") == "failed");
    CHECK(message.at("errorCode") == "UNREACHABLE");
    CHECK(message.at("providerErrorCode") == 30003);
    CHECK(reports_of(stack, delivered, "delivered") == 1);
    CHECK(stack.provider().create_requests() == 2);
}

TEST_CASE("A gateway that is killed asks when it is back, and nothing is doubled") {
    Stack stack(without_callbacks());
    const std::string id = stack.send(guest_number, "Hello").at("id");
    CHECK(eventually([&] { return !stack.message(id).at("providerMessageId").is_null(); }));
    stack.kill_gateway();
    stack.start_gateway();
    CHECK(stack.await_delivery(id, "delivered").at("deliveryStatus") == "delivered");
    CHECK(reports_of(stack, id, "delivered") == 1);
    CHECK(stack.provider().create_requests() == 1);
}

TEST_CASE("A last word that isn't final stays after the last look-up") {
    StackOptions options = without_callbacks();
    options.simulator_arguments = {"--outcome", std::string(guest_number) + "=sent"};
    Stack stack(options);
    const std::string id = stack.send(guest_number, "Hello").at("id");
    CHECK(eventually(
        [&] {
            return stack.http()
                       .get(stack.url() + "/metrics")
                       .body.find("jackgw_deliveries_given_up_total{channel=\"sms\"} 1") != std::string::npos;
        },
        std::chrono::seconds{60}));
    CHECK(stack.message(id).at("deliveryStatus") == "sent");
}
