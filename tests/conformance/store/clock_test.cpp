// The store has one clock that nobody sets. What somebody named a time for is compared with the wall clock as
// it then stands; everything else takes as long as it takes.

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

/// An answer for which nobody named an expiry.
OutboundMessage unnamed(const StoreTest& test, const std::string& content) {
    OutboundMessage message = test.outbound(content);
    message.expires_at.reset();
    message.lifetime = 10h;
    return message;
}

/// What may happen to the wall clock, and around it.
struct Turn {
    std::string name;
    void (*happen)(StoreTest& test);
};

auto any_turn() {
    return GENERATE(values<Turn>({
        {"nothing", [](StoreTest&) {}},
        {"the clock is set two hours ahead", [](StoreTest& test) { test.clock.set_wall_by(2h); }},
        {"the clock is set two hours back", [](StoreTest& test) { test.clock.set_wall_by(-2h); }},
        {"a restart", [](StoreTest& test) { test.reopen(); }},
        {"a restart, the clock set ahead meanwhile",
         [](StoreTest& test) {
             test.clock.set_wall_by(2h);
             test.reopen();
         }},
        {"a restart, the clock set back meanwhile",
         [](StoreTest& test) {
             test.clock.set_wall_by(-2h);
             test.reopen();
         }},
        {"the machine starts anew",
         [](StoreTest& test) {
             test.clock.reboot("another boot");
             test.reopen();
         }},
    }));
}

}  // namespace

TEST_CASE("A retry waits as long as it should, whatever happens to the clock") {
    const Turn event = any_turn();
    CAPTURE(event.name);
    StoreTest test;
    test.answer("again");
    test.answer("behind it");
    test.refuse(*test.claim(), 5s);
    event.happen(test);
    CHECK(test.store->promote_due().next_due_in == 5s);
    test.pass(5s - 1us);
    CHECK(test.claimed() == "-");
    test.pass(1us);
    CHECK(test.claimed() == "again");
}

TEST_CASE("An unknown outcome holds its queue as long as it should, whatever happens to the clock") {
    const Turn event = any_turn();
    CAPTURE(event.name);
    StoreTest test;
    test.answer("unknown");
    test.answer("behind it");
    test.lose(*test.claim(), 2min);
    event.happen(test);
    test.pass(2min - 1us);
    CHECK(test.claimed() == "-");
    test.pass(1us);
    CHECK(test.claimed() == "behind it");
}

TEST_CASE("A lifetime that nobody named is what it is, whatever happens to the clock") {
    const Turn event = any_turn();
    const bool in_time = GENERATE(true, false);
    CAPTURE(event.name, in_time);
    StoreTest test;
    const Message message = test.enqueue(unnamed(test, "good for ten hours"));
    CHECK(message.expires_at == test.now() + 10h);
    event.happen(test);
    test.pass(in_time ? 10h - 1us : 10h);
    CHECK(test.claimed() == (in_time ? "good for ten hours" : "-"));
    CHECK(test.message(message.id).delivery.error_code == (in_time ? "" : "EXPIRED"));
}

TEST_CASE("What somebody named a time for goes by the wall clock as it stands then") {
    StoreTest test;
    SECTION("an expiry that the clock is set beyond has come") {
        const Message message = test.answer("named");  // in ten hours
        test.clock.set_wall_by(10h);
        CHECK(test.claimed() == "-");
        CHECK(test.message(message.id).delivery.error_code == "EXPIRED");
        CHECK(test.message(message.id).expires_at == message.expires_at);
    }
    SECTION("one from which the clock is set back has not") {
        test.answer("named");
        test.clock.set_wall_by(-1h);
        test.pass(10h);
        CHECK(test.claimed() == "named");
    }
    SECTION("so is the time to send") {
        OutboundMessage later = unnamed(test, "at two");
        later.send_at = test.now() + 2h;
        const Message message = test.enqueue(later);
        test.clock.set_wall_by(1h);
        CHECK(test.store->promote_due().next_due_in == 1h);
        test.pass(1h - 1us);
        CHECK(test.claimed() == "-");
        test.pass(1us);
        CHECK(test.claimed() == "at two");
        CHECK(test.message(message.id).send_at == later.send_at);
    }
}

TEST_CASE("The lifetime of a scheduled message counts from its time to send, noticed or not") {
    StoreTest test;
    OutboundMessage later = unnamed(test, "good for ten hours");
    later.send_at = test.now() + 24h;
    const Message message = test.enqueue(later);
    CHECK(message.expires_at == test.now() + 34h);
    const bool in_time = GENERATE(true, false);
    test.pass(24h);
    if (GENERATE(true, false)) {  // noticed at once, or after the program was down
        test.store->promote_due();
    } else {
        test.reopen();
    }
    test.pass(in_time ? 10h - 1us : 10h);
    CHECK(test.claimed() == (in_time ? "good for ten hours" : "-"));
}

TEST_CASE("Time that the machine was off counts in full") {
    StoreTest test;
    test.enqueue(unnamed(test, "good for ten hours"));
    test.refuse(*test.claim(), 30min);
    test.pass(9h);
    test.clock.reboot("another boot");
    test.reopen();
    CHECK(test.store->promote_due().lanes.size() == 1);
    test.pass(1h);
    CHECK(test.claimed() == "-");
}

TEST_CASE("Messages of one priority keep their order over restarts and settings of the clock") {
    StoreTest test;
    test.answer("first", "+15550000001");
    test.clock.set_wall_by(-5h);
    test.answer("second", "+15550000002");
    test.clock.set_wall_by(8h);
    test.reopen();
    test.answer("third", "+15550000003");
    test.clock.set_wall_by(-3h);
    test.clock.reboot("another boot");
    test.reopen();
    test.answer("fourth", "+15550000004");
    for (const char* content : {"first", "second", "third", "fourth"}) CHECK(test.claimed() == content);
}

TEST_CASE(
    "A wall clock that is set past a message's time doesn't make its lifetime begin before it was there") {
    StoreTest test;
    OutboundMessage later = test.outbound("later");
    later.expires_at.reset();
    later.lifetime = 1h;
    later.send_at = test.now() + 1h;
    const Message message = test.enqueue(later);
    test.clock.set_wall_by(24h);
    CHECK(test.claimed() == "later");
    CHECK(test.message(message.id).delivery.state == DeliveryState::pending);
}
