// A failed message is sent anew once at a time, by a person or by the gateway, and not where it has arrived
// after all.

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

StatusUpdate undelivered(const StoreTest& test, const std::string& provider_id = "SM1", int limit = 0,
                         std::chrono::microseconds after = 10min) {
    StatusUpdate update = test.status("failed", provider_id);
    update.report.error_code = "UNREACHABLE";
    update.report.provider_error_code = 30003;
    update.report.error_message = "unreachable";
    update.report.retryable = true;
    update.resend = {.limit = limit, .after = after};
    return update;
}

/// A message that the provider has taken, and then failed.
Message failed(StoreTest& test, const std::string& provider_id = "SM1", int resends = 0) {
    const Message message = test.answer("Welcome");
    test.accept(*test.claim(), provider_id);
    test.store->apply_status(undelivered(test, provider_id, resends));
    return message;
}

EnqueueResult try_retry(StoreTest& test, const Message& of) {
    OutboundMessage wish = test.outbound(of.content);
    wish.retry_of = of.id;
    return test.store->enqueue(wish);
}

Message retry(StoreTest& test, const Message& of) {
    const EnqueueResult result = try_retry(test, of);
    REQUIRE(std::holds_alternative<Enqueued>(result));
    return std::get<Enqueued>(result).messages.front();
}

Retried refused(StoreTest& test, const Message& of) {
    const EnqueueResult result = try_retry(test, of);
    REQUIRE(std::holds_alternative<Retried>(result));
    return std::get<Retried>(result);
}

DeliveryState state(StoreTest& test, const Message& message) {
    return test.message(message.id).delivery.state;
}

std::size_t count(StoreTest& test, const Message& of_conversation) {
    return test.store->messages(of_conversation.conversation_id, {}, 100).items.size();
}

}  // namespace

TEST_CASE("A message is retried once, however often that is asked for") {
    StoreTest test;
    const Message original = failed(test);
    const Message second = retry(test, original);
    CHECK(refused(test, original).by == second.id);
    CHECK(refused(test, original).state == DeliveryState::pending);
    test.accept(*test.claim(), "SM2");
    CHECK(refused(test, original).by == second.id);
    test.store->apply_status(test.status("delivered", "SM2"));
    CHECK(refused(test, original).state == DeliveryState::delivered);
    CHECK(count(test, original) == 2);
    CHECK(test.store->outbox().depth == 0);
}

TEST_CASE("Where the retry has failed, too, that one is retried, and the chain's end is named") {
    StoreTest test;
    const Message first = failed(test);
    const Message second = retry(test, first);
    test.accept(*test.claim(), "SM2");
    test.store->apply_status(undelivered(test, "SM2"));
    CHECK(refused(test, first).by == second.id);
    CHECK(refused(test, first).state == DeliveryState::failed);
    const Message third = retry(test, second);
    CHECK(refused(test, first).by == third.id);
    CHECK(refused(test, second).by == third.id);
    CHECK(count(test, first) == 3);
}

TEST_CASE("A retry that was canceled makes way for another") {
    StoreTest test;
    const Message first = failed(test);
    const Message second = retry(test, first);
    CHECK(test.store->cancel(second.id));
    const Message third = retry(test, first);
    CHECK(test.message(first.id).retried_by == third.id);
    CHECK(refused(test, first).by == third.id);
}

TEST_CASE("Only what has failed is retried") {
    StoreTest test;
    Message message = test.answer("Welcome");
    const auto is_refused = [&] {
        const EnqueueResult result = try_retry(test, message);
        REQUIRE(std::holds_alternative<EnqueueRefusal>(result));
        CHECK(std::get<EnqueueRefusal>(result) == EnqueueRefusal::not_failed);
    };
    SECTION("it waits") {}
    SECTION("it is canceled") {
        test.store->cancel(message.id);
    }
    SECTION("it is delivered") {
        test.accept(*test.claim());
        test.store->apply_status(test.status("delivered"));
    }
    SECTION("its fate is unknown") {
        test.lose(*test.claim(), 5min);
    }
    SECTION("it is the guest's") {
        message.id = test.text("Hello").message_id;
    }
    SECTION("it isn't there") {
        message.id = test.ids.next();
    }
    is_refused();
    CHECK(test.store->guests("", 10).size() == 1);
}

TEST_CASE("A retry under its key is answered as taken, whatever became of the failed one") {
    StoreTest test;
    const Message original = failed(test);
    OutboundMessage wish = test.outbound("Welcome");
    wish.retry_of = original.id;
    wish.idempotency_key = "k";
    wish.request_hash = "h";
    const Message second = test.enqueue(wish);
    CHECK(test.enqueue(wish).id == second.id);
    test.store->apply_status(test.status("delivered"));
    CHECK(test.enqueue(wish).id == second.id);
    CHECK(count(test, original) == 2);
}

TEST_CASE("Nobody retries by hand what the gateway sends again by itself, nor the other way round") {
    StoreTest test;
    SECTION("the gateway was faster") {
        const Message original = failed(test, "SM1", 1);
        const std::string resent = test.message(original.id).retried_by;
        REQUIRE_FALSE(resent.empty());
        CHECK(refused(test, original).by == resent);
        CHECK(count(test, original) == 2);
    }
    SECTION("somebody was faster, and the report comes late") {
        const Message original = test.answer("Welcome");
        const Claim claim = *test.claim();
        test.refuse(claim, std::nullopt);
        const Message by_hand = retry(test, original);
        StatusUpdate late = undelivered(test, "SM1", 1);
        late.attempt_id = claim.attempt_id;
        const bool canceled = GENERATE(false, true);
        if (canceled) test.store->cancel(by_hand.id);  // then nobody wants it
        test.store->apply_status(late);
        CHECK(test.message(original.id).retried_by == by_hand.id);
        CHECK(count(test, original) == 2);
    }
}

TEST_CASE("What reached the guest after all is not sent again, and its error is gone") {
    StoreTest test;
    const std::string word = GENERATE("delivered", "read");
    const bool by_itself = GENERATE(true, false);
    CAPTURE(word, by_itself);
    const Message original = failed(test, "SM1", by_itself ? 1 : 0);
    if (!by_itself) retry(test, original);
    const std::string repeat = test.message(original.id).retried_by;
    CHECK(test.store->apply_status(test.status(word)) == StatusResult::applied);

    Delivery expected;
    expected.state = parse_delivery_state(word).value();
    expected.provider_status = word;
    CHECK(test.message(original.id).delivery == expected);
    const Delivery canceled = test.message(repeat).delivery;
    CHECK(canceled.state == DeliveryState::canceled);
    CHECK(canceled.error_code == "NOT_NEEDED");
    CHECK_THAT(canceled.error_message, Catch::Contains("reached its recipient"));
    CHECK(test.store->message_events(repeat).back().type == "message.status");
    test.pass(10min);
    CHECK(test.claimed() == "-");
    CHECK(test.store->outbox().depth == 0);

    // Both reports are kept as they came, and it can't be retried any more.
    int reports = 0;
    for (const Event& event : test.store->message_events(original.id))
        reports += event.type == "message.report";
    CHECK(reports == 2);
    const EnqueueResult again = try_retry(test, original);
    REQUIRE(std::holds_alternative<EnqueueRefusal>(again));
    CHECK(std::get<EnqueueRefusal>(again) == EnqueueRefusal::not_failed);
}

TEST_CASE("What is in flight or gone when the better report comes stays as it is") {
    StoreTest test;
    const Message original = failed(test);
    const Message repeat = retry(test, original);
    const Claim claim = *test.claim();
    const bool gone = GENERATE(false, true);
    if (gone) test.accept(claim, "SM2");
    test.store->apply_status(test.status("delivered"));
    CHECK(state(test, original) == DeliveryState::delivered);
    CHECK(state(test, repeat) == DeliveryState::pending);
    if (!gone) test.accept(claim, "SM2");
    test.store->apply_status(test.status("delivered", "SM2"));
    CHECK(state(test, repeat) == DeliveryState::delivered);
}

TEST_CASE("What was in flight when the better report came is not tried again") {
    StoreTest test;
    const Message first = failed(test);
    const Message second = retry(test, first);
    test.accept(*test.claim(), "SM2");
    test.store->apply_status(undelivered(test, "SM2"));
    const Message third = retry(test, second);
    const Claim claim = *test.claim();
    test.store->apply_status(test.status(GENERATE("delivered", "read"), GENERATE("SM1", "SM2")));
    test.refuse(claim, 5s);
    CHECK(state(test, third) == DeliveryState::pending);
    test.answer("next");
    test.pass(5s);
    CHECK(test.claimed() == "next");
    CHECK(state(test, third) == DeliveryState::canceled);
    CHECK(test.message(third.id).delivery.error_code == "NOT_NEEDED");
    CHECK(test.store->outbox().depth == 1);
}

TEST_CASE("The better report reaches what waits at the chain's end") {
    StoreTest test;
    const Message first = failed(test);
    const Message second = retry(test, first);
    test.accept(*test.claim(), "SM2");
    test.store->apply_status(undelivered(test, "SM2"));
    const Message third = retry(test, second);
    test.store->apply_status(test.status("delivered", "SM1"));
    CHECK(state(test, second) == DeliveryState::failed);
    CHECK(state(test, third) == DeliveryState::canceled);
}

TEST_CASE("A message that we gave up and the provider has isn't sent a second time, unless it fails there") {
    StoreTest test;
    const Message original = test.answer("Welcome");
    const Claim claim = *test.claim();
    test.refuse(claim, std::nullopt);  // no attempts are left: failed, by our own conclusion
    const Message by_hand = retry(test, original);
    test.store->apply_status(test.status("sent", "SM1", claim.attempt_id));
    CHECK(state(test, original) == DeliveryState::sent);
    CHECK(state(test, by_hand) == DeliveryState::canceled);
    test.store->apply_status(undelivered(test, "SM1", 1, 0s));
    const std::string resent = test.message(original.id).retried_by;
    CHECK(resent != by_hand.id);
    CHECK(test.message(resent).delivery.state == DeliveryState::pending);
    CHECK(test.claimed() == "Welcome");
    CHECK(test.claimed() == "-");
}

TEST_CASE("Reports that came before the answer make no second message where the last one is good") {
    StoreTest test;
    const Message original = test.answer("Welcome");
    const Claim claim = *test.claim();
    test.store->apply_status(undelivered(test, "SM1", 1));
    test.store->apply_status(test.status("delivered"));
    test.accept(claim);
    CHECK(state(test, original) == DeliveryState::delivered);
    CHECK(test.message(test.message(original.id).retried_by).delivery.state == DeliveryState::canceled);
    CHECK(test.store->outbox().depth == 0);
}

TEST_CASE("A retry that became a long text is one retry") {
    StoreTest test;
    const Message original = failed(test);
    OutboundMessage wish = test.outbound("onetwo");
    wish.pieces = {{"one", "GSM-7", 1}, {"two", "GSM-7", 1}};
    wish.retry_of = original.id;
    const Message first = test.enqueue(wish);
    const std::vector<Message> parts = test.store->group(first.group->id);
    CHECK(refused(test, original).by == first.id);
    SECTION("all of it is withdrawn") {
        test.store->apply_status(test.status("delivered"));
        for (const Message& part : parts) CHECK(state(test, part) == DeliveryState::canceled);
        CHECK(test.store->outbox().depth == 0);
    }
    SECTION("a part that goes counts, though the rest is canceled") {
        test.accept(*test.claim(), "SM2");
        test.store->cancel(first.id);
        CHECK(state(test, parts[1]) == DeliveryState::canceled);
        CHECK(refused(test, original).by == first.id);
    }
    SECTION("none counts when all are canceled") {
        test.store->cancel(first.id);
        retry(test, original);
    }
    SECTION("a part of it is retried by itself") {
        test.accept(*test.claim(), "SM2");
        test.accept(*test.claim(), "SM3");
        test.store->apply_status(undelivered(test, "SM3"));
        const Message again = retry(test, parts[1]);
        CHECK(refused(test, parts[1]).by == again.id);
        test.store->apply_status(test.status("delivered"));
        CHECK(state(test, again) == DeliveryState::canceled);
    }
}

TEST_CASE("Parts of a long text are retried each for itself") {
    StoreTest test;
    OutboundMessage text = test.outbound("onetwo");
    text.pieces = {{"one", "GSM-7", 1}, {"two", "GSM-7", 1}};
    const std::vector<Message> parts = test.store->group(test.enqueue(text).group->id);
    test.accept(*test.claim(), "SM1");
    test.accept(*test.claim(), "SM2");
    test.store->apply_status(undelivered(test, "SM1"));
    test.store->apply_status(undelivered(test, "SM2"));
    const Message one = retry(test, parts[0]);
    const Message two = retry(test, parts[1]);
    CHECK(refused(test, parts[0]).by == one.id);
    CHECK(refused(test, parts[1]).by == two.id);
    test.store->apply_status(test.status("delivered", "SM1"));
    CHECK(state(test, one) == DeliveryState::canceled);
    CHECK(state(test, two) == DeliveryState::pending);
}
