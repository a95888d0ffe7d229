#include <algorithm>

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

const LookUpWaits waits{12h, 24h, 48h};

/// A message that the provider has taken under this id.
Message sent_message(StoreTest& test, const std::string& provider_id, const std::string& to = guest_number) {
    const Message message = test.answer("Welcome", to);
    const auto claim = test.claim();
    REQUIRE(claim);
    test.accept(*claim, provider_id);
    return message;
}

/// The provider ids of what is overdue, with a blank between them.
std::string overdue(StoreTest& test, std::size_t limit = 100, const std::string& channel = "sms") {
    std::string ids;
    for (const auto& item : test.store->overdue_deliveries(channel, waits, limit).items)
        ids += (ids.empty() ? "" : " ") + item.provider_message_id;
    return ids;
}

std::optional<Timestamp> next_due(StoreTest& test) {
    const auto due_in = test.store->overdue_deliveries("sms", waits, 100).next_due_in;
    return due_in ? std::optional{test.now() + *due_in} : std::nullopt;
}

}  // namespace

TEST_CASE("An accepted message without a final state becomes overdue after its wait") {
    StoreTest test;
    const Message message = sent_message(test, "SM1");
    const Timestamp accepted = test.now();
    CHECK(overdue(test).empty());
    CHECK(next_due(test) == accepted + 12h);
    test.pass(12h - 1us);
    CHECK(overdue(test).empty());
    test.pass(1us);
    const auto found = test.store->overdue_deliveries("sms", waits, 100);
    REQUIRE(found.items.size() == 1);
    CHECK(found.items[0].message_id == message.id);
    CHECK(found.items[0].provider_message_id == "SM1");
    CHECK(found.items[0].lane == hotel_lane);
    CHECK(found.items[0].to == guest_number);
    CHECK(found.items[0].look_ups == 0);
    CHECK(found.items[0].age == test.now() - accepted);
}

TEST_CASE("A state that isn't final leaves a message awaited, a final one does not") {
    const auto [word, awaited] = GENERATE(table<std::string, bool>({{"pending", true},
                                                                    {"sending", true},
                                                                    {"sent", true},
                                                                    {"delivered", false},
                                                                    {"failed", false},
                                                                    {"canceled", false},
                                                                    {"read", false}}));
    CAPTURE(word);
    StoreTest test;
    sent_message(test, "SM1");
    test.pass(1h);
    test.store->apply_status(test.status(word));
    test.pass(11h);
    CHECK(overdue(test) == (awaited ? "SM1" : ""));
    CHECK(next_due(test).has_value() == awaited);
}

TEST_CASE("What the provider never took is not awaited") {
    StoreTest test;
    test.text("Hello");
    test.answer("not sent yet");
    const auto claim = test.claim();
    test.pass(100h);
    CHECK(overdue(test).empty());
    SECTION("rejected") {
        test.store->finish_attempt(finish_of(*claim, outcome(OutcomeKind::rejected, "X")));
    }
    SECTION("unknown") {
        test.lose(*claim, 2min);
    }
    test.pass(100h);
    CHECK(overdue(test).empty());
}

TEST_CASE("A message whose unknown attempt a report has proven is awaited from then on") {
    StoreTest test;
    test.answer("Welcome");
    const auto claim = test.claim();
    test.lose(*claim, 2min);
    test.pass(1h);
    test.store->apply_status(test.status("sent", "SM1", claim->attempt_id));
    test.pass(12h);
    CHECK(overdue(test) == "SM1");
}

TEST_CASE("A message whose final report came before the answer is not awaited") {
    StoreTest test;
    test.answer("Welcome");
    const auto claim = test.claim();
    test.store->apply_status(test.status("delivered", "SM1"));
    test.accept(*claim, "SM1");
    test.pass(100h);
    CHECK(overdue(test).empty());
}

TEST_CASE("Each look-up that is noted moves the next one away, the last one ends the waiting") {
    StoreTest test;
    const Message message = sent_message(test, "SM1");
    test.pass(12h);
    CHECK(overdue(test) == "SM1");
    CHECK(test.store->note_look_up(message.id, LookUpNote::counted));
    CHECK(overdue(test).empty());
    test.pass(24h - 1us);
    CHECK(overdue(test).empty());
    test.pass(1us);
    const auto second = test.store->overdue_deliveries("sms", waits, 100);
    REQUIRE(second.items.size() == 1);
    CHECK(second.items[0].look_ups == 1);
    CHECK(test.store->note_look_up(message.id, LookUpNote::counted));
    test.pass(48h);
    CHECK(overdue(test) == "SM1");
    CHECK(test.store->note_look_up(message.id, LookUpNote::last));
    test.pass(1000h);
    CHECK(overdue(test).empty());
    CHECK_FALSE(next_due(test));
    CHECK(test.message(message.id).delivery.state == DeliveryState::pending);
}

TEST_CASE("A question that was not taken begins its wait anew and doesn't count") {
    StoreTest test;
    const Message first = sent_message(test, "SM1");
    test.pass(1h);
    sent_message(test, "SM2", "+15559876544");
    test.pass(12h);
    CHECK(overdue(test) == "SM1 SM2");
    CHECK(test.store->note_look_up(first.id, LookUpNote::unanswered));
    CHECK(overdue(test) == "SM2");
    test.pass(12h);
    CHECK(overdue(test) == "SM2 SM1");
    CHECK(test.store->overdue_deliveries("sms", waits, 100).items[1].look_ups == 0);
}

TEST_CASE("A message is as old as its latest attempt, however long it waited before that") {
    StoreTest test;
    test.answer("Welcome");
    test.pass(9h);
    const auto claim = test.claim();
    test.pass(1min);
    test.accept(*claim, "SM1");
    test.pass(12h);
    const auto found = test.store->overdue_deliveries("sms", waits, 100);
    REQUIRE(found.items.size() == 1);
    CHECK(found.items[0].age == 12h);
}

TEST_CASE("A look-up that brought the final state has nothing left to note") {
    StoreTest test;
    const Message message = sent_message(test, "SM1");
    test.pass(12h);
    test.store->apply_status(test.status("delivered"));
    CHECK_FALSE(test.store->note_look_up(message.id, LookUpNote::counted));
    CHECK_FALSE(test.store->note_look_up(message.id, LookUpNote::last));
    CHECK_FALSE(test.store->note_look_up("nobody's", LookUpNote::last));
}

TEST_CASE("Those that have waited longest come first, no more than asked for") {
    StoreTest test;
    sent_message(test, "SM1");
    test.pass(1h);
    const Message second = sent_message(test, "SM2", "+15559876544");
    test.pass(12h);
    CHECK(overdue(test) == "SM1 SM2");
    test.store->note_look_up(test.store->overdue_deliveries("sms", waits, 1).items[0].message_id,
                             LookUpNote::counted);
    CHECK(overdue(test) == "SM2");
    test.pass(24h);
    // SM2 is due since a day, SM1 since this moment.
    CHECK(overdue(test) == "SM2 SM1");
    CHECK(overdue(test, 1) == "SM2");
}

TEST_CASE("Channels are apart, and other waits hold for what is awaited already") {
    StoreTest test;
    sent_message(test, "SM1");
    test.pass(1h);
    CHECK(test.store->overdue_deliveries("mail", {1min}, 10).items.empty());
    CHECK(test.store->overdue_deliveries("sms", {1min}, 10).items.size() == 1);
    CHECK(test.store->overdue_deliveries("sms", {}, 10).items.empty());
}

TEST_CASE("What is awaited outlives the program") {
    StoreTest test;
    const Message message = sent_message(test, "SM1");
    test.pass(12h);
    test.store->note_look_up(message.id, LookUpNote::counted);
    test.reopen();
    test.pass(24h);
    const auto found = test.store->overdue_deliveries("sms", waits, 100);
    REQUIRE(found.items.size() == 1);
    CHECK(found.items[0].look_ups == 1);
}
