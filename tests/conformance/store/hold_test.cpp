// What stops a sender, an account or a channel, how it is probed, and when it goes on.

#include <set>

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

/// Guests whose messages wait, each another recipient.
std::string guest(int number) {
    return "+155500000" + std::to_string(10 + number);
}

class HoldTest : public StoreTest {
  public:
    FinishResult finish(const Claim& claim, OutcomeKind kind, Concern concern, std::int32_t code = 0) {
        Outcome result = outcome(kind, "SEND_FAILED");
        result.concern = concern;
        result.provider_error_code = code;
        AttemptFinish finish = finish_of(claim, result);
        finish.account = claim.account;
        if (kind == OutcomeKind::refused_for_now) finish.retry_after = 5s;
        if (kind == OutcomeKind::unknown) finish.settle_for = 2min;
        return store->finish_attempt(finish);
    }

    std::optional<Claim> claim_as(const std::string& account, const Lane& lane = hotel_lane) {
        store->promote_due();
        return claim_one(*store, lane, StoreTest::lease, account);
    }

    /// The contents of all that may be claimed now, each accepted at once.
    std::set<std::string> drain() {
        std::set<std::string> contents;
        while (const auto next = claim()) {
            contents.insert(next->content);
            accept(*next, "SM" + next->attempt_id);
        }
        return contents;
    }

    DeliveryState state_of(const Message& sent) { return message(sent.id).delivery.state; }
};

}  // namespace

TEST_CASE("A country that isn't enabled fails its own message, and nobody waits for it") {
    HoldTest test;
    const Message stranger = test.answer("to a stranger", guest(0));
    for (int i = 1; i <= 3; ++i) test.answer("to guest " + std::to_string(i), guest(i));
    const auto result = test.finish(*test.claim(), OutcomeKind::rejected, Concern::recipient, 21408);
    CHECK(result.changes.empty());
    CHECK_FALSE(result.stays_due);
    CHECK(test.state_of(stranger) == DeliveryState::failed);
    CHECK(test.drain().size() == 3);
}

TEST_CASE("A misconfiguration of one message only fails it") {
    HoldTest test;
    const Message message = test.answer("odd", guest(0));
    CHECK(test.finish(*test.claim(), OutcomeKind::misconfigured, Concern::message).changes.empty());
    CHECK(test.state_of(message) == DeliveryState::failed);
}

TEST_CASE("A held sender is probed with a message to another recipient, and an acceptance lets all go on") {
    HoldTest test;
    test.answer("the cause", guest(0));
    test.answer("other one", guest(1));
    test.answer("other two", guest(2));
    const auto first = test.claim();
    REQUIRE(first->content == "the cause");
    const auto result = test.finish(*first, OutcomeKind::misconfigured, Concern::sender, 21212);
    CHECK(result.stays_due);
    REQUIRE(result.changes.size() == 1);
    CHECK_FALSE(result.changes[0].lifted);
    CHECK(result.changes[0].hold.scope == HoldScope::sender);
    CHECK(result.changes[0].hold.name == hotel_number);
    CHECK(test.claimed() == "-");
    CHECK(test.store->promote_due().next_due_in == 5s);

    test.pass(5s);
    const auto probe = test.claim();
    REQUIRE(probe);
    CHECK(probe->content == "other one");
    CHECK(probe->probe);
    CHECK(test.claimed() == "-");  // one probe at a time
    test.accept(*probe, "SM1");
    CHECK(test.store->outbox().holds.at(0).recovering);
    const auto next = test.claim();
    REQUIRE(next);
    CHECK(next->content == "other two");  // the cause's turn is behind those that waited then
    test.accept(*next, "SM2");
    CHECK(test.claimed() == "the cause");
    CHECK(test.event_types().find("outbox.held") != std::string::npos);
    CHECK(test.event_types().find("outbox.released") != std::string::npos);
}

TEST_CASE("Where only the cause's recipient waits, it is the probe") {
    HoldTest test;
    test.answer("the cause", guest(0));
    test.finish(*test.claim(), OutcomeKind::misconfigured, Concern::sender);
    test.pass(5s);
    CHECK(test.claimed() == "the cause");
}

TEST_CASE("A channel's probe isn't the cause's recipient while another lane has somebody else") {
    HoldTest test;
    const Lane other{"sms", "+15551230000"};
    test.answer("the cause", guest(0));
    OutboundMessage elsewhere = test.outbound("elsewhere", guest(1));
    elsewhere.from = other.sender;
    test.finish(*test.claim(), OutcomeKind::refused_for_now, Concern::channel);
    test.enqueue(elsewhere);
    test.pass(5s);
    CHECK_FALSE(test.claim(hotel_lane));
    const auto probe = test.claim(other);
    REQUIRE(probe);
    CHECK(probe->content == "elsewhere");
}

TEST_CASE("Pauses between probes double to a minute, and the reason stays up to date") {
    HoldTest test;
    for (int i = 0; i < 3; ++i) test.answer("message " + std::to_string(i), guest(i));
    test.finish(*test.claim(), OutcomeKind::refused_for_now, Concern::account);
    int probes = 0;
    for (const auto pause : {5s, 10s, 20s, 40s, 60s, 60s}) {
        test.pass(pause - 1s);
        CHECK(test.claimed() == "-");
        test.pass(1s);
        const auto probe = test.claim();
        REQUIRE(probe);
        CHECK(test.store->outbox().holds.at(0).probes == probes++);
        CHECK(test.finish(*probe, OutcomeKind::refused_for_now, Concern::account).stays_due);
    }
    CHECK(test.store->outbox().depth == 3);
}

TEST_CASE("A cause outside of a message costs it no attempt, until it expires") {
    HoldTest test;
    const Message message = test.answer("patient", guest(0));
    for (int i = 0; i < 50; ++i) {
        const auto claim = test.claim();
        REQUIRE(claim);
        CHECK(claim->attempt_number == 1);
        CHECK(test.finish(*claim, OutcomeKind::refused_for_now, Concern::channel).stays_due);
        test.pass(60s);
    }
    test.pass(10h);
    test.store->promote_due();
    CHECK(test.message(message.id).delivery.error_code == "EXPIRED");
}

TEST_CASE("A hold recovers step by step") {
    HoldTest test;
    for (int i = 0; i < 20; ++i) test.answer("message " + std::to_string(i), guest(i));
    test.finish(*test.claim(), OutcomeKind::refused_for_now, Concern::channel);
    test.pass(5s);
    test.accept(*test.claim(), "SM0");
    std::vector<Claim> flying;
    while (const auto next = test.claim()) flying.push_back(*next);
    CHECK(flying.size() == 2);
    test.accept(flying[0], "SM1");  // four may be in flight, one still is
    std::size_t more = 0;
    while (test.claim()) ++more;
    CHECK(more == 3);
}

TEST_CASE("An account's hold stops its senders and no other account's") {
    HoldTest test;
    const Lane second{"sms", "+15551230002"};
    const Lane third{"sms", "+15551230003"};
    test.answer("from the first", guest(0));
    for (const Lane& lane : {second, third}) {
        OutboundMessage message = test.outbound("from " + lane.sender, guest(1));
        message.from = lane.sender;
        test.enqueue(message);
    }
    const auto claim = test.claim_as("AC1");
    CHECK(claim->account == "AC1");
    test.finish(*claim, OutcomeKind::misconfigured, Concern::account);
    CHECK_FALSE(test.claim_as("AC1", second));
    CHECK(test.claim_as("AC2", third));
    CHECK(test.store->outbox().lanes.at(0).held_reason == "SEND_FAILED: as the provider said");
}

TEST_CASE("An outcome of an attempt that began before a reload holds nothing") {
    HoldTest test;
    for (int i = 0; i < 3; ++i) test.answer("message " + std::to_string(i), guest(i));
    const auto slow = test.claim();
    const auto quick = test.claim();
    test.finish(*quick, OutcomeKind::misconfigured, Concern::account);
    CHECK(test.store->release_lanes("sms").size() == 1);
    const auto late = test.finish(*slow, OutcomeKind::misconfigured, Concern::account);
    CHECK(late.changes.empty());
    CHECK(late.stays_due);
    CHECK(test.drain().size() == 3);
}

TEST_CASE("A reload counts for senders that were never held, too") {
    HoldTest test;
    test.answer("message", guest(0));
    const auto slow = test.claim();
    CHECK(test.store->release_lanes("sms").empty());
    CHECK(test.finish(*slow, OutcomeKind::misconfigured, Concern::sender).changes.empty());
    CHECK(test.claimed() == "message");
}

TEST_CASE("An acceptance of an attempt that began before the hold doesn't lift it") {
    HoldTest test;
    for (int i = 0; i < 2; ++i) test.answer("message " + std::to_string(i), guest(i));
    const auto early = test.claim();
    test.finish(*test.claim(), OutcomeKind::misconfigured, Concern::sender);
    test.accept(*early, "SM1");
    CHECK(test.claimed() == "-");
}

TEST_CASE("What had begun before a hold was lifted doesn't hold again") {
    HoldTest test;
    for (int i = 0; i < 4; ++i) test.answer("message " + std::to_string(i), guest(i));
    const auto slow = test.claim();
    test.finish(*test.claim(), OutcomeKind::refused_for_now, Concern::channel);
    test.pass(5s);
    test.accept(*test.claim(), "SM1");
    CHECK(test.finish(*slow, OutcomeKind::refused_for_now, Concern::channel).changes.empty());
    CHECK(test.claim());
}

TEST_CASE("An unclear refusal is the message's, until a second recipient meets the same code in a row") {
    HoldTest test;
    const Message first = test.answer("first", guest(0));
    const Message second = test.answer("second", guest(1));
    const OutcomeKind kind = GENERATE(OutcomeKind::rejected, OutcomeKind::refused_for_now);
    const auto one = test.claim();
    const auto two = test.claim();
    const auto accepted_between = GENERATE(false, true);
    CHECK(test.finish(*one, kind, Concern::unclear, 99999).changes.empty());
    if (accepted_between) {
        test.answer("between", guest(2));
        test.accept(*test.claim(), "SM1");
    }
    const auto result = test.finish(*two, kind, Concern::unclear, 99999);
    CHECK(result.changes.empty() == accepted_between);
    CHECK(result.concern == (accepted_between ? Concern::message : Concern::sender));
    if (!accepted_between) {
        CHECK(result.stays_due);
        CHECK(result.changes[0].hold.scope == HoldScope::sender);
    }
    CHECK((test.state_of(first) == DeliveryState::failed) == (kind == OutcomeKind::rejected));
}

TEST_CASE("Two unclear refusals of one recipient, or of two codes, hold nothing") {
    HoldTest test;
    test.answer("one", guest(0));
    test.answer("two", guest(1));
    const auto one = test.claim();
    const auto two = test.claim();
    CHECK(test.finish(*one, OutcomeKind::refused_for_now, Concern::unclear, 1).changes.empty());
    CHECK(test.finish(*two, OutcomeKind::refused_for_now, Concern::unclear, 2).changes.empty());
    test.pass(6s);
    const auto again = test.claim();
    REQUIRE(again->to == one->to);
    CHECK(again->attempt_number == 2);
    CHECK(test.finish(*again, OutcomeKind::refused_for_now, Concern::unclear, 1).changes.empty());
}

TEST_CASE("The second unknown outcome in a row stops the others; each stays unknown itself") {
    HoldTest test;
    const Message first = test.answer("first", guest(0));
    for (int i = 1; i < 4; ++i) test.answer("message " + std::to_string(i), guest(i));
    const auto one = test.claim();
    const auto two = test.claim();
    CHECK(test.finish(*one, OutcomeKind::unknown, Concern::channel).changes.empty());
    const auto result = test.finish(*two, OutcomeKind::unknown, Concern::channel);
    REQUIRE(result.changes.size() == 1);
    CHECK(result.changes[0].hold.cause == OutcomeKind::unknown);
    CHECK(test.state_of(first) == DeliveryState::unknown);
    CHECK(test.claimed() == "-");
    test.pass(5s);
    CHECK(test.claim()->probe);
}

TEST_CASE("An answer about a message shows that account and channel work") {
    HoldTest test;
    for (int i = 0; i < 3; ++i) test.answer("message " + std::to_string(i), guest(i));
    test.finish(*test.claim(), OutcomeKind::refused_for_now, Concern::channel);
    test.pass(5s);
    const auto result = test.finish(*test.claim(), OutcomeKind::rejected, Concern::recipient, 21211);
    REQUIRE(result.changes.size() == 1);
    CHECK(result.changes[0].lifted);
    CHECK(test.claim());
}

TEST_CASE("A probe whose program died begins anew") {
    HoldTest test;
    for (int i = 0; i < 2; ++i) test.answer("message " + std::to_string(i), guest(i));
    test.finish(*test.claim(), OutcomeKind::refused_for_now, Concern::channel);
    test.pass(5s);
    REQUIRE(test.claim()->probe);
    test.reopen();
    CHECK(test.store->recover(2min) == 1);
    test.pass(1min);
    const auto probe = test.claim();
    REQUIRE(probe);
    CHECK(probe->probe);
}

TEST_CASE("One lane is let go by hand, with what else holds it") {
    HoldTest test;
    for (int i = 0; i < 2; ++i) test.answer("message " + std::to_string(i), guest(i));
    test.finish(*test.claim_as("AC1"), OutcomeKind::misconfigured, Concern::account);
    CHECK(test.store->release_lane({"sms", "+15550009999"}).empty());
    CHECK(test.store->release_lane(hotel_lane).size() == 1);
    CHECK(test.claim_as("AC1"));
}

TEST_CASE("Several are claimed in one go, as the rate and the limit allow") {
    HoldTest test;
    for (int i = 0; i < 6; ++i) {
        OutboundMessage message = test.outbound("message " + std::to_string(i), guest(i));
        message.segments = 2;
        test.enqueue(message);
    }
    test.answer("behind the first", guest(0));
    test.store->promote_due();
    CHECK(test.store->claim({{hotel_lane, {}, 3, 100}}, StoreTest::lease).claims.size() == 3);
    CHECK(test.store->claim({{hotel_lane, {}, 9, 1}}, StoreTest::lease).claims.size() == 1);
    CHECK(test.store->claim({{hotel_lane, {}, 9, 100}}, StoreTest::lease).claims.size() == 2);
}

TEST_CASE("What waits expires on time, whatever it waits for") {
    HoldTest test;
    const auto soon = [&](const std::string& content, const std::string& to) {
        OutboundMessage message = test.outbound(content, to);
        message.expires_at = test.now() + 1min;
        return test.enqueue(message);
    };
    const Message unknown = test.answer("unknown", guest(0));
    test.lose(*test.claim(), 10min);
    const Message blocked = soon("blocked by an unknown one", guest(0));
    const Message retried = soon("waits for its retry", guest(1));
    test.refuse(*test.claim(), 30min);
    const Message held = soon("held", guest(2));
    test.finish(*test.claim(), OutcomeKind::misconfigured, Concern::sender);
    const Message ready = soon("ready", guest(3));
    test.store->set_paused({}, true);
    CHECK(test.store->promote_due().next_due_in <= 1min);
    test.pass(1min);
    CHECK(test.store->promote_due().expired == Expired{{"sms", 4}});
    CHECK(test.store->promote_due().expired.empty());
    for (const Message& message : {blocked, retried, held, ready}) {
        CAPTURE(message.content);
        CHECK(test.message(message.id).delivery.error_code == "EXPIRED");
    }
    CHECK(test.state_of(unknown) == DeliveryState::unknown);
    CHECK(test.store->outbox().depth == 0);
}

TEST_CASE("A channel or a lane is paused by itself") {
    HoldTest test;
    const Lane other{"sms", "+15551230000"};
    test.answer("first", guest(0));
    OutboundMessage elsewhere = test.outbound("elsewhere", guest(1));
    elsewhere.from = other.sender;
    test.enqueue(elsewhere);
    test.store->set_paused({"sms", hotel_number}, true);
    CHECK_FALSE(test.claim());
    CHECK_FALSE(test.store->outbox().paused);
    CHECK(test.claim(other));
    test.store->set_paused({"sms", ""}, true);
    test.store->set_paused({"sms", hotel_number}, false);
    CHECK_FALSE(test.claim());
    test.store->set_paused({"sms", ""}, false);
    CHECK(test.claim());
}
