#include <algorithm>

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

/// A message that the provider has taken as SM1.
Message sent_message(StoreTest& test) {
    const Message message = test.answer("Welcome");
    const auto claim = test.claim();
    REQUIRE(claim);
    test.accept(*claim, "SM1");
    return message;
}

}  // namespace

TEST_CASE("Reports in any order, each twice, end in the same state") {
    std::vector<std::string> words{"delivered", "pending", "sending", "sent"};
    do {
        StoreTest test;
        const Message message = sent_message(test);
        for (const std::string& word : words) {
            CHECK(test.store->apply_status(test.status(word)) != StatusResult::duplicate);
            CHECK(test.store->apply_status(test.status(word)) == StatusResult::duplicate);
        }
        CHECK(test.message(message.id).delivery.state == DeliveryState::delivered);
        const auto events = test.store->message_events(message.id);
        CHECK(std::ranges::count(events, "message.report", &Event::type) == 4);
    } while (std::ranges::next_permutation(words).found);
}

TEST_CASE("A report is applied, noted or a duplicate") {
    StoreTest test;
    const Message message = sent_message(test);
    CHECK(test.store->apply_status(test.status("sent")) == StatusResult::applied);
    CHECK(test.store->apply_status(test.status("sent")) == StatusResult::duplicate);
    CHECK(test.store->apply_status(test.status("sending")) == StatusResult::noted);
    StatusUpdate failed = test.status("failed");
    failed.report.error_code = "UNREACHABLE";
    failed.report.provider_error_code = 30003;
    failed.report.error_message = "unreachable";
    failed.report.retryable = true;
    CHECK(test.store->apply_status(failed) == StatusResult::applied);
    CHECK(test.store->apply_status(test.status("queued")) == StatusResult::noted);
    const Delivery delivery = test.message(message.id).delivery;
    CHECK(delivery.state == DeliveryState::failed);
    CHECK(delivery.error_code == "UNREACHABLE");
    CHECK(delivery.provider_error_code == 30003);
    CHECK(delivery.retryable);
    CHECK(test.store->apply_status(test.status("delivered")) == StatusResult::applied);
    CHECK(test.store->apply_status(test.status("delivered")) == StatusResult::duplicate);
    CHECK(test.message(message.id).delivery.state == DeliveryState::delivered);
    CHECK(test.message(message.id).delivery.error_code.empty());
}

TEST_CASE("Reports that differ in their error alone are different") {
    StoreTest test;
    const Message message = sent_message(test);
    CHECK(test.store->apply_status(test.status("failed")) == StatusResult::applied);
    StatusUpdate with_error = test.status("failed");
    with_error.report.error_code = "UNREACHABLE";
    with_error.report.provider_error_code = 30003;
    CHECK(test.store->apply_status(with_error) == StatusResult::applied);
    CHECK(test.message(message.id).delivery.error_code == "UNREACHABLE");
}

TEST_CASE("A report with an error never sends a message again") {
    StoreTest test;
    sent_message(test);
    StatusUpdate failed = test.status("failed");
    failed.report.error_code = "UNREACHABLE";
    failed.report.retryable = true;
    test.store->apply_status(failed);
    test.pass(1h);
    CHECK(test.claimed() == "-");
    CHECK(test.store->outbox().depth == 0);
}

TEST_CASE("A report that overtakes the answer is found by the attempt's id") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    const auto claim = test.claim();
    CHECK(test.store->apply_status(test.status("delivered", "SM1", claim->attempt_id)) ==
          StatusResult::applied);
    CHECK(test.message(message.id).provider_message_id == "SM1");
    test.accept(*claim, "SM1");
    CHECK(test.message(message.id).delivery.state == DeliveryState::delivered);
    CHECK(test.store->outbox().depth == 0);
}

TEST_CASE("A report that overtakes the answer and names no attempt is applied when the answer comes") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    const auto claim = test.claim();
    CHECK(test.store->apply_status(test.status("delivered")) == StatusResult::no_message);
    CHECK(test.store->apply_status(test.status("sent")) == StatusResult::no_message);
    CHECK(test.message(message.id).delivery.state == DeliveryState::pending);
    test.accept(*claim, "SM1");
    CHECK(test.message(message.id).delivery.state == DeliveryState::delivered);
}

TEST_CASE("A report that names no attempt is applied when another one tells whose it is") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    const auto claim = test.claim();
    CHECK(test.store->apply_status(test.status("delivered")) == StatusResult::no_message);
    CHECK(test.store->apply_status(test.status("sent", "SM1", claim->attempt_id)) == StatusResult::applied);
    CHECK(test.message(message.id).delivery.state == DeliveryState::delivered);
}

TEST_CASE("A report about nobody's message is kept as an event, once") {
    StoreTest test;
    CHECK(test.store->apply_status(test.status("sent", "SM404")) == StatusResult::no_message);
    CHECK(test.store->apply_status(test.status("sent", "SM404")) == StatusResult::duplicate);
    const auto events = test.store->events(0, 10);
    REQUIRE(events.size() == 1);
    CHECK(events[0].type == "message.report");
    CHECK(events[0].message_id.empty());
}

TEST_CASE("A report is for a message of its own channel only") {
    StoreTest test;
    const Message message = sent_message(test);
    StatusUpdate elsewhere = test.status("delivered");
    elsewhere.channel = "whatsapp";
    CHECK(test.store->apply_status(elsewhere) == StatusResult::no_message);
    elsewhere = test.status("delivered", "SM2", test.store->attempts(message.id).at(0).id);
    elsewhere.channel = "whatsapp";
    CHECK(test.store->apply_status(elsewhere) == StatusResult::no_message);
    CHECK(test.message(message.id).delivery.state == DeliveryState::pending);
}

TEST_CASE("A report with another provider's id than the message's is noted only") {
    StoreTest test;
    const Message message = sent_message(test);
    const std::string attempt = test.store->attempts(message.id).at(0).id;
    CHECK(test.store->apply_status(test.status("failed", "SM9", attempt)) == StatusResult::noted);
    CHECK(test.message(message.id).delivery.state == DeliveryState::pending);
    CHECK(test.message(message.id).provider_message_id == "SM1");
}

TEST_CASE("A word without a counterpart is kept and moves nothing") {
    StoreTest test;
    const Message message = sent_message(test);
    StatusUpdate odd = test.status("partially_delivered");
    REQUIRE_FALSE(odd.report.state);
    CHECK(test.store->apply_status(odd) == StatusResult::noted);
    CHECK(test.message(message.id).delivery.state == DeliveryState::pending);
    CHECK(test.store->message_events(message.id).back().type == "message.report");
}

TEST_CASE("A report may opt the recipient out of the sender") {
    StoreTest test;
    const Message message = sent_message(test);
    StatusUpdate failed = test.status("failed");
    failed.report.error_code = "UNSUBSCRIBED";
    failed.opted_out = true;
    test.store->apply_status(failed);
    const auto ledger = test.store->consents(message.guest_id);
    REQUIRE(ledger.size() == 1);
    CHECK(ledger[0].scope == hotel_number);
    CHECK(ledger[0].source == "provider");
    const EnqueueResult next = test.store->enqueue(test.outbound("again"));
    REQUIRE(std::holds_alternative<EnqueueRefusal>(next));
    CHECK(std::get<EnqueueRefusal>(next) == EnqueueRefusal::opted_out);
}

TEST_CASE("The raw report is kept readable, whatever its bytes") {
    StoreTest test;
    const Message message = sent_message(test);
    StatusUpdate update = test.status("sent");
    update.report.error_message = "not shown";
    update.raw = {{"A", "x\"y\\z\n"}, {"A", "\xff"}, {"Nul", "\0"s}};
    test.store->apply_status(update);
    const auto events = test.store->message_events(message.id);
    const auto report = std::ranges::find(events, "message.report", &Event::type);
    REQUIRE(report != events.end());
    CHECK(report->data ==
          "{\"channel\":\"sms\",\"providerMessageId\":\"SM1\",\"providerStatus\":\"sent\","
          "\"deliveryStatus\":\"sent\",\"raw\":[[\"A\",\"x\\\"y\\\\z\\n\"],[\"A\",\"\xef\xbf\xbd\"],"
          "[\"Nul\",\"\xef\xbf\xbd\"]]}");
}
