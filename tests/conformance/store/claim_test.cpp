#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

TEST_CASE("A claim is the recorded attempt and holds all that sending needs") {
    StoreTest test;
    OutboundMessage outbound = test.outbound("Your room is ready");
    outbound.media_urls = {"https://media.example/map"};
    outbound.segments = 2;
    const Message message = test.enqueue(outbound);
    test.pass(1s);
    const DueSummary due = test.store->promote_due();
    REQUIRE(due.lanes.size() == 1);
    CHECK(due.lanes[0].lane == hotel_lane);
    CHECK(due.lanes[0].ready == 1);
    CHECK(due.lanes[0].next_segments == 2);
    CHECK(due.next_due_in == 10h - 1s);  // its expiry

    const auto claim = claim_one(*test.store, hotel_lane);
    REQUIRE(claim);
    CHECK(claim->message_id == message.id);
    CHECK(claim->attempt_number == 1);
    CHECK(claim->lane == hotel_lane);
    CHECK(claim->to == guest_number);
    CHECK(claim->content == "Your room is ready");
    CHECK(claim->media_urls == std::vector<std::string>{"https://media.example/map"});
    CHECK(claim->segments == 2);
    CHECK(claim->expires_at == *message.expires_at);

    const auto attempts = test.store->attempts(message.id);
    REQUIRE(attempts.size() == 1);
    CHECK(attempts[0].id == claim->attempt_id);
    CHECK(attempts[0].message_id == message.id);
    CHECK(attempts[0].number == 1);
    CHECK(attempts[0].started_at == test.now());
    CHECK_FALSE(attempts[0].finished_at);
    CHECK_FALSE(attempts[0].outcome);
    CHECK(test.message(message.id).delivery.state == DeliveryState::pending);
}

TEST_CASE("An accepted message has the provider's id and leaves the outbox") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    const auto claim = test.claim();
    test.pass(200ms);
    Outcome accepted = outcome(OutcomeKind::accepted);
    accepted.provider_message_id = "SM7";
    accepted.provider_status = "queued";
    accepted.state = DeliveryState::pending;
    accepted.segments = 4;
    CHECK(test.store->finish_attempt(finish_of(*claim, accepted)));

    const Message sent = test.message(message.id);
    CHECK(sent.provider_message_id == "SM7");
    CHECK(sent.delivery.state == DeliveryState::pending);
    CHECK(sent.delivery.provider_status == "queued");
    CHECK(sent.segments == 4);
    const auto attempt = test.store->attempts(message.id).at(0);
    CHECK(attempt.finished_at == test.now());
    REQUIRE(attempt.outcome);
    CHECK(attempt.outcome->kind == OutcomeKind::accepted);
    CHECK(attempt.outcome->provider_message_id == "SM7");
    CHECK(attempt.outcome->state == DeliveryState::pending);
    CHECK(test.store->outbox().depth == 0);
    CHECK(test.claimed() == "-");
    CHECK_FALSE(test.store->finish_attempt(finish_of(*claim, accepted)));
}

TEST_CASE("A rejected message has failed with the provider's words") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    Outcome rejected = outcome(OutcomeKind::rejected, "INVALID_NUMBER");
    rejected.provider_error_code = 21211;
    CHECK(test.store->finish_attempt(finish_of(*test.claim(), rejected)));
    const Delivery delivery = test.message(message.id).delivery;
    CHECK(delivery.state == DeliveryState::failed);
    CHECK_FALSE(delivery.concluded_by_us);
    CHECK(delivery.error_code == "INVALID_NUMBER");
    CHECK(delivery.provider_error_code == 21211);
    CHECK(delivery.error_message == "as the provider said");
    CHECK(test.store->outbox().depth == 0);
}

TEST_CASE("An outcome that says so opts the recipient out of the sender") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    test.answer("And another thing");
    Outcome rejected = outcome(OutcomeKind::rejected, "UNSUBSCRIBED");
    rejected.opted_out = true;
    CHECK(test.store->finish_attempt(finish_of(*test.claim(), rejected)));
    const auto ledger = test.store->consents(message.guest_id);
    REQUIRE(ledger.size() == 1);
    CHECK(ledger[0].kind == ConsentKind::opt_out);
    CHECK(ledger[0].scope == hotel_number);
    CHECK(ledger[0].source == "provider");
    CHECK(test.claimed() == "-");
}

TEST_CASE("An attempt that isn't known can't be finished") {
    StoreTest test;
    Claim claim;
    claim.attempt_id = test.ids.next();
    CHECK_FALSE(test.store->finish_attempt(finish_of(claim, outcome(OutcomeKind::rejected))));
}

TEST_CASE("Messages of one priority to one recipient go in order, one at a time") {
    StoreTest test;
    test.answer("one");
    test.answer("two");
    test.answer("three");
    const auto first = test.claim();
    REQUIRE(first);
    CHECK(first->content == "one");
    CHECK(test.claimed() == "-");
    test.accept(*first, "SM1");
    const auto second = test.claim();
    REQUIRE(second);
    CHECK(second->content == "two");
    CHECK(test.claimed() == "-");
    test.accept(*second, "SM2");
    CHECK(test.claimed() == "three");
}

TEST_CASE("Messages keep their order when the clock is set back") {
    StoreTest test;
    test.answer("one");
    test.clock.set_wall_by(-1h);
    test.answer("two");
    const auto first = test.claim();
    REQUIRE(first);
    CHECK(first->content == "one");
    test.accept(*first);
    CHECK(test.claimed() == "two");
}

TEST_CASE("Recipients do not wait for each other") {
    StoreTest test;
    test.answer("to one", "+15550000001");
    test.answer("to one again", "+15550000001");
    test.answer("to two", "+15550000002");
    CHECK(test.claimed() == "to one");
    CHECK(test.claimed() == "to two");
    CHECK(test.claimed() == "-");
}

TEST_CASE("Lanes are claimed from apart") {
    StoreTest test;
    OutboundMessage other = test.outbound("from the other number");
    other.from = "+15551230000";
    test.answer("from the number");
    test.enqueue(other);
    CHECK(test.store->promote_due().lanes.size() == 2);
    CHECK(test.claimed() == "from the number");
    CHECK(test.claimed() == "-");
    CHECK(test.claim({"sms", "+15551230000"})->content == "from the other number");
    CHECK_FALSE(test.claim({"whatsapp", hotel_number}));
}

TEST_CASE("A higher priority overtakes what waits") {
    StoreTest test;
    const bool same_recipient = GENERATE(true, false);
    const auto to = [&](int i) { return same_recipient ? guest_number : "+1555000000" + std::to_string(i); };
    test.answer("low", to(1), Priority::low);
    test.answer("standard", to(2), Priority::standard);
    test.answer("high", to(3), Priority::high);
    test.answer("urgent", to(4), Priority::urgent);
    std::vector<std::string> order;
    while (const auto claim = test.claim()) {
        order.push_back(claim->content);
        test.accept(*claim, "SM-" + claim->content);
    }
    CHECK(order == std::vector<std::string>{"urgent", "high", "standard", "low"});
}

TEST_CASE("A higher priority does not overtake an attempt in flight") {
    StoreTest test;
    test.answer("standard");
    const auto claim = test.claim();
    REQUIRE(claim);
    test.answer("urgent", guest_number, Priority::urgent);
    CHECK(test.claimed() == "-");
    test.accept(*claim);
    CHECK(test.claimed() == "urgent");
}

TEST_CASE("Nothing starves: what waits long enough goes before what is urgent") {
    StoreTest test;
    test.answer("low", "+15550000001", Priority::low);
    test.pass(10min + 1s);
    test.answer("urgent", "+15550000002", Priority::urgent);
    CHECK(test.claimed() == "low");
    CHECK(test.claimed() == "urgent");
}

TEST_CASE("A message that has expired is failed, and the queue moves on") {
    StoreTest test;
    OutboundMessage brief = test.outbound("brief");
    brief.expires_at = test.now() + 1min;
    const Message message = test.enqueue(brief);
    test.answer("lasting");
    test.pass(1min);
    CHECK(test.claimed() == "lasting");
    const Delivery delivery = test.message(message.id).delivery;
    CHECK(delivery.state == DeliveryState::failed);
    CHECK(delivery.error_code == "EXPIRED");
    CHECK(delivery.concluded_by_us);
    CHECK(test.store->attempts(message.id).empty());
    CHECK(test.store->message_events(message.id).back().type == "message.status");
}

TEST_CASE("A claim that meets expired messages says how many there were") {
    StoreTest test;
    OutboundMessage brief = test.outbound("brief");
    brief.expires_at = test.now() + 1min;
    test.enqueue(brief);
    brief.to = "+15550000001";
    test.enqueue(brief);
    test.answer("lasting");
    test.pass(1min);
    const ClaimRequest request{.lane = hotel_lane, .account = {}, .max_messages = 1, .max_segments = 1};
    const ClaimResult result = test.store->claim({request}, StoreTest::lease);
    CHECK(result.claims.at(0).content == "lasting");
    CHECK(result.expired == Expired{{"sms", 2}});
    CHECK(test.store->promote_due().expired.empty());
}

TEST_CASE("A guest who opts out meanwhile gets nothing that was queued before") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    test.answer("to somebody else", "+15550000001");
    test.store->record_consent(consent_report(ConsentKind::opt_out, hotel_number, test.now()));
    CHECK(test.claimed() == "to somebody else");
    const Delivery delivery = test.message(message.id).delivery;
    CHECK(delivery.state == DeliveryState::failed);
    CHECK(delivery.error_code == "UNSUBSCRIBED");
    CHECK(delivery.concluded_by_us);
}

TEST_CASE("Any number of expired messages is cleared by one claim") {
    StoreTest test;
    OutboundMessage brief = test.outbound("brief");
    brief.expires_at = test.now() + 1s;
    for (int i = 0; i < 200; ++i) {
        brief.to = "+1555000" + std::to_string(1000 + i);
        test.enqueue(brief);
    }
    test.pass(1min);
    test.answer("fresh");
    CHECK(test.claimed() == "fresh");
    CHECK(test.store->outbox().depth == 1);
}

TEST_CASE("A message that comes up behind one that was failed waits for tokens of its own") {
    StoreTest test;
    test.answer("to one who opted out");
    OutboundMessage three = test.outbound("three segments", "+15550000001");
    three.segments = 3;
    test.enqueue(three);
    test.store->record_consent(consent_report(ConsentKind::opt_out, hotel_number, test.now()));
    REQUIRE(test.store->promote_due().lanes.at(0).next_segments == 1);
    const ClaimResult first = test.store->claim({{hotel_lane, {}, 9, 1}}, StoreTest::lease);
    CHECK(first.claims.empty());
    CHECK(first.more);
    // Now it is known what is asked for, and a long message needs no more than a full bucket.
    CHECK(test.store->promote_due().lanes.at(0).next_segments == 3);
    CHECK(test.store->claim({{hotel_lane, {}, 9, 2}}, StoreTest::lease).claims.size() == 1);
}
