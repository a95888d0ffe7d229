#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

OutboundMessage later(StoreTest& test, const std::string& content, std::chrono::microseconds delay,
                      Priority priority = Priority::standard) {
    OutboundMessage message = test.outbound(content, guest_number, priority);
    message.send_at = test.now() + delay;
    message.expires_at = *message.send_at + 10h;
    return message;
}

}  // namespace

TEST_CASE("A scheduled message goes when its time has come") {
    StoreTest test;
    const Message message = test.enqueue(later(test, "checkout is at noon", 1h));
    CHECK(test.message(message.id).send_at == test.now() + 1h);
    const DueSummary due = test.store->promote_due();
    CHECK(due.lanes.empty());
    CHECK(due.next_due_in == 1h);
    CHECK(test.claimed() == "-");
    test.pass(1h);
    CHECK(test.claimed() == "checkout is at noon");
}

TEST_CASE("A scheduled message holds nothing back before its time") {
    StoreTest test;
    test.enqueue(later(test, "later", 1h));
    test.answer("now");
    CHECK(test.claimed() == "now");
}

TEST_CASE("Scheduled messages go in the order of their times, not of their making") {
    StoreTest test;
    test.enqueue(later(test, "second", 2h));
    test.enqueue(later(test, "first", 1h));
    test.pass(3h);
    const auto first = test.claim();
    REQUIRE(first);
    CHECK(first->content == "first");
    test.accept(*first);
    CHECK(test.claimed() == "second");
}

TEST_CASE("A time that has passed is now") {
    StoreTest test;
    test.enqueue(later(test, "late", -1h));
    CHECK(test.claimed() == "late");
}

TEST_CASE("A scheduled message of a higher priority overtakes when it joins") {
    StoreTest test;
    test.enqueue(later(test, "urgent", 1s, Priority::urgent));
    test.answer("standard");
    test.pass(1s);
    CHECK(test.claimed() == "urgent");
}

TEST_CASE("Any number of scheduled messages becomes due") {
    StoreTest test;
    constexpr int count = 600;  // more than one call makes due
    for (int i = 0; i < count; ++i) {
        OutboundMessage message = later(test, "later", 1h);
        message.to = "+1555" + std::to_string(100000 + i);
        test.enqueue(message);
    }
    test.pass(1h);
    DueSummary due = test.store->promote_due();
    for (int round = 0; round < 10 && due.next_due_in; ++round) due = test.store->promote_due();
    CHECK(due.next_due_in > 1h);  // what waits for now is its expiry
    REQUIRE(due.lanes.size() == 1);
    CHECK(due.lanes[0].ready == count);
}
