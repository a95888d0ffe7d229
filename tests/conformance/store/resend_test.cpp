// A message that the provider failed and surely didn't deliver is sent again as a new one, if the report
// allows it.

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

StatusUpdate undelivered(const StoreTest& test, const std::string& provider_id = "SM1", int limit = 1,
                         std::chrono::microseconds after = 10min) {
    StatusUpdate update = test.status("failed", provider_id);
    update.report.error_code = "UNREACHABLE";
    update.report.provider_error_code = 30003;
    update.report.retryable = true;
    update.resend = {.limit = limit, .after = after};
    return update;
}

/// A message that the provider has taken.
Message sent(StoreTest& test, const std::string& provider_id = "SM1",
             const std::string& content = "Welcome") {
    const Message message = test.answer(content);
    test.accept(*test.claim(), provider_id);
    return message;
}

std::vector<Message> all_messages(StoreTest& test, const Message& of_conversation) {
    return test.store->messages(of_conversation.conversation_id, {}, 100).items;
}

}  // namespace

TEST_CASE("An undelivered message is sent again as a new one, which tells whose it is") {
    StoreTest test;
    OutboundMessage wish = test.outbound("Welcome", guest_number, Priority::high);
    wish.media_urls = {"https://hotel.example/map.png"};
    wish.metadata = R"({"room":"312"})";
    wish.role = Role::ai;
    const Message original = test.enqueue(wish);
    test.accept(*test.claim());
    test.pass(1min);
    CHECK(test.store->apply_status(undelivered(test)) == StatusResult::applied);

    const Message failed = test.message(original.id);
    CHECK(failed.delivery.state == DeliveryState::failed);
    CHECK(failed.delivery.error_code == "UNREACHABLE");
    CHECK(failed.delivery.retryable);
    REQUIRE_FALSE(failed.retried_by.empty());
    const Message again = test.message(failed.retried_by);
    CHECK(again.retry_of == original.id);
    CHECK(again.retried_by.empty());
    CHECK(again.resends == 1);
    CHECK(again.content == "Welcome");
    REQUIRE(again.media.size() == 1);
    CHECK(again.media[0].url == "https://hotel.example/map.png");
    CHECK(again.metadata == original.metadata);
    CHECK(again.role == Role::ai);
    CHECK(again.priority == Priority::high);
    CHECK(again.from == original.from);
    CHECK(again.to == original.to);
    CHECK(again.segments == original.segments);
    CHECK(again.encoding == original.encoding);
    CHECK(again.conversation_id == original.conversation_id);
    CHECK(again.guest_id == original.guest_id);
    CHECK(again.delivery == Delivery{});
    CHECK(again.provider_message_id.empty());
    CHECK(again.send_at == test.now() + 10min);
    CHECK(again.expires_at == original.expires_at);
    CHECK(again.created_at == test.now());

    const auto events = test.store->message_events(again.id);
    REQUIRE(events.size() == 1);
    CHECK(events[0].type == "conversation.message");
    CHECK_THAT(events[0].data, Catch::Contains("\"retryOf\":\"" + original.id + "\""));

    CHECK(test.claimed() == "-");
    test.pass(10min);
    const auto claim = test.claim();
    REQUIRE(claim);
    CHECK(claim->message_id == again.id);
    CHECK(claim->media_urls == wish.media_urls);
    CHECK(claim->expires_at == original.expires_at);
}

TEST_CASE("However often and in whatever words the report comes, one new message is made") {
    StoreTest test;
    const Message original = sent(test);
    CHECK(test.store->apply_status(undelivered(test)) == StatusResult::applied);
    CHECK(test.store->apply_status(undelivered(test)) == StatusResult::duplicate);
    StatusUpdate other_word = undelivered(test);
    other_word.report.provider_status = "undelivered";
    CHECK(test.store->apply_status(other_word) == StatusResult::noted);
    StatusUpdate other_code = undelivered(test);
    other_code.report.provider_error_code = 30008;
    CHECK(test.store->apply_status(other_code) == StatusResult::noted);
    test.reopen();
    CHECK(test.store->apply_status(undelivered(test)) == StatusResult::duplicate);
    CHECK(all_messages(test, original).size() == 2);
    CHECK(test.store->outbox().depth == 1);
}

TEST_CASE("Of one message no more are made than the report allows") {
    StoreTest test;
    const int limit = GENERATE(0, 1, 3);
    CAPTURE(limit);
    Message last = sent(test, "SM0");
    const Message original = last;
    for (int made = 0; made <= limit; ++made) {
        CHECK(test.message(last.id).resends == made);
        test.store->apply_status(undelivered(test, "SM" + std::to_string(made), limit, 0s));
        const std::string next = test.message(last.id).retried_by;
        REQUIRE(next.empty() == (made == limit));
        if (next.empty()) break;
        last = test.message(next);
        CHECK_FALSE(last.send_at);
        test.accept(*test.claim(), "SM" + std::to_string(made + 1));
    }
    CHECK(all_messages(test, original).size() == static_cast<std::size_t>(limit) + 1);
    CHECK(test.claimed() == "-");
}

TEST_CASE("A retry that somebody asked for begins to count anew, and both messages tell of it") {
    StoreTest test;
    const Message original = sent(test);
    test.store->apply_status(undelivered(test, "SM1", 0));
    OutboundMessage wish = test.outbound("Welcome");
    wish.retry_of = original.id;
    wish.idempotency_key = "k";
    wish.idempotency_owner = "desk";
    const Message retry = test.enqueue(wish);
    CHECK(retry.retry_of == original.id);
    CHECK(retry.resends == 0);
    CHECK(test.message(original.id).retried_by == retry.id);
    CHECK(test.message(retry.id).retry_of == original.id);
    CHECK(test.enqueue(wish).id == retry.id);  // repeated under its key
    CHECK(test.message(original.id).retried_by == retry.id);

    test.accept(*test.claim(), "SM2");
    test.store->apply_status(undelivered(test, "SM2", 1, 0s));
    CHECK(test.message(test.message(retry.id).retried_by).resends == 1);
}

TEST_CASE("What somebody has sent again by hand isn't sent a third time by a late report") {
    StoreTest test;
    const Message original = test.answer("Welcome");
    const Claim claim = *test.claim();
    test.refuse(claim, std::nullopt);  // no attempts are left: failed, by our own conclusion
    OutboundMessage wish = test.outbound("Welcome");
    wish.retry_of = original.id;
    const Message retry = test.enqueue(wish);
    StatusUpdate late = undelivered(test);
    late.attempt_id = claim.attempt_id;
    CHECK(test.store->apply_status(late) == StatusResult::applied);
    CHECK(test.message(original.id).retried_by == retry.id);
    CHECK(all_messages(test, original).size() == 2);
}

TEST_CASE("Only a report that fails the message makes another") {
    StoreTest test;
    const Message original = sent(test);
    SECTION("it was delivered") {
        test.store->apply_status(test.status("delivered"));
        CHECK(test.store->apply_status(undelivered(test)) == StatusResult::noted);
    }
    SECTION("the report has no state") {
        StatusUpdate update = undelivered(test);
        update.report.state.reset();
        test.store->apply_status(update);
    }
    SECTION("the report is about another of the provider's messages") {
        StatusUpdate update = undelivered(test, "SM7");
        update.attempt_id = test.store->attempts(original.id).at(0).id;
        CHECK(test.store->apply_status(update) == StatusResult::noted);
    }
    CHECK(test.message(original.id).retried_by.empty());
    CHECK(all_messages(test, original).size() == 1);
    CHECK(test.store->outbox().depth == 0);
}

TEST_CASE("Nothing is sent again to a guest who has opted out") {
    StoreTest test;
    const Message original = sent(test);
    SECTION("before") {
        test.store->record_consent(consent_report(ConsentKind::opt_out, hotel_number, test.now()));
        test.store->apply_status(undelivered(test));
    }
    SECTION("by the report itself") {
        StatusUpdate update = undelivered(test);
        update.opted_out = true;
        test.store->apply_status(update);
    }
    CHECK(test.message(original.id).delivery.state == DeliveryState::failed);
    CHECK(test.message(original.id).delivery.retryable);
    CHECK(test.message(original.id).retried_by.empty());
}

TEST_CASE("A guest who opts out while it waits gets no second message") {
    StoreTest test;
    const Message original = sent(test);
    test.store->apply_status(undelivered(test));
    test.store->record_consent(consent_report(ConsentKind::opt_out, hotel_number, test.now()));
    test.pass(10min);
    CHECK(test.claimed() == "-");
    CHECK(test.message(test.message(original.id).retried_by).delivery.error_code == "UNSUBSCRIBED");
}

TEST_CASE("What would be expired by then isn't sent again") {
    StoreTest test;
    const Message original = sent(test);
    const auto [wait, made] = GENERATE(table<std::chrono::microseconds, bool>({
        {std::chrono::microseconds{10h} - 10min, false},
        {std::chrono::microseconds{10h} - 10min - 1us, true},
    }));
    test.pass(wait);
    test.store->apply_status(undelivered(test));
    CHECK(test.message(original.id).delivery.state == DeliveryState::failed);
    CHECK(test.message(original.id).retried_by.empty() == !made);
}

TEST_CASE("A resent message changes nothing of its conversation's state, and a closed one gets none") {
    StoreTest test;
    const auto [event, state, made] = GENERATE(table<ConversationEvent, ConversationState, bool>({
        {ConversationEvent::resolve, ConversationState::resolved, true},
        {ConversationEvent::escalate, ConversationState::escalated, true},
        {ConversationEvent::close, ConversationState::closed, false},
    }));
    const Message original = sent(test);
    REQUIRE(test.store->change_conversation(original.conversation_id, event) == Change::done);
    test.store->apply_status(undelivered(test));
    CHECK(test.message(original.id).retried_by.empty() == !made);
    CHECK(test.store->conversation(original.conversation_id)->state == state);
    CHECK(all_messages(test, original).size() == (made ? 2 : 1));
}

TEST_CASE("A report that is faster than the answer makes the new message when the answer tells whose it is") {
    StoreTest test;
    const Message original = test.answer("Welcome");
    const Claim claim = *test.claim();
    CHECK(test.store->apply_status(undelivered(test)) == StatusResult::no_message);
    test.accept(claim);
    const Message failed = test.message(original.id);
    CHECK(failed.delivery.state == DeliveryState::failed);
    REQUIRE_FALSE(failed.retried_by.empty());
    CHECK(test.message(failed.retried_by).send_at == test.now() + 10min);
    CHECK(all_messages(test, original).size() == 2);
}

TEST_CASE("A report that names its attempt while that is in flight makes the new message behind it") {
    StoreTest test;
    const Message original = test.answer("Welcome");
    const Claim claim = *test.claim();
    StatusUpdate update = undelivered(test, "SM1", 1, 0s);
    update.attempt_id = claim.attempt_id;
    CHECK(test.store->apply_status(update) == StatusResult::applied);
    CHECK(test.claimed() == "-");
    test.accept(claim);
    const auto next = test.claim();
    REQUIRE(next);
    CHECK(next->message_id == test.message(original.id).retried_by);
}

TEST_CASE("A resent message keeps its place behind what waits for the same guest") {
    StoreTest test;
    sent(test);
    test.answer("second");
    test.store->apply_status(undelivered(test, "SM1", 1, 0s));
    CHECK(test.claimed() == "second");
}

TEST_CASE("A part of a long text is sent again alone") {
    StoreTest test;
    OutboundMessage wish = test.outbound("onetwo");
    wish.pieces = {{"one", "GSM-7", 1}, {"two", "GSM-7", 1}};
    const Message first = test.enqueue(wish);
    test.accept(*test.claim(), "SM1");
    test.accept(*test.claim(), "SM2");
    test.store->apply_status(undelivered(test, "SM1", 1, 0s));
    const Message again = test.message(test.message(first.id).retried_by);
    CHECK(again.content == "one");
    CHECK_FALSE(again.group);
    CHECK(test.claimed() == "one");
    CHECK(test.claimed() == "-");
}
