// Attempts whose outcome is unknown, and what the provider's answers make of them.

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

class DoubtTest : public StoreTest {
  public:
    static constexpr auto settling = 2min;

    /// A message whose attempt has been in doubt for its settling delay.
    Message in_doubt(const std::string& content) {
        const Message sent = answer(content);
        attempt = claim().value();
        lose(attempt, settling);
        CHECK(store->due_doubts("sms", 10).items.empty());
        pass(settling);
        store->promote_due();
        return sent;
    }

    DoubtChange tell(Reconciliation kind, std::optional<std::chrono::microseconds> again = settling,
                     const std::string& provider_id = "SM7") {
        DoubtAnswer answer{attempt.attempt_id, {kind, {}, {}}, again};
        if (kind == Reconciliation::taken) {
            answer.result.outcome = outcome(OutcomeKind::accepted);
            answer.result.outcome.error_code.clear();
            answer.result.outcome.error_message.clear();
            answer.result.outcome.provider_message_id = provider_id;
            answer.result.outcome.provider_status = "delivered";
            answer.result.outcome.state = DeliveryState::delivered;
        }
        return store->note_doubt(answer);
    }

    Claim attempt;
};

}  // namespace

TEST_CASE("A doubtful attempt is asked about when its settling delay is over") {
    DoubtTest test;
    OutboundMessage message = test.outbound("Where are you?");
    message.media_urls = {"https://media.example/map"};
    const Timestamp begun = test.now();
    const Message sent = test.enqueue(message);
    const auto claim = test.claim();
    test.pass(15s);
    test.lose(*claim, 2min);
    CHECK(test.store->due_doubts("sms", 10).next_due_in == 2min);
    test.pass(2min);
    const DueDoubts due = test.store->due_doubts("sms", 10);
    REQUIRE(due.items.size() == 1);
    const DoubtfulAttempt& attempt = due.items[0].attempt;
    CHECK(attempt.message_id == sent.id);
    CHECK(attempt.attempt_id == claim->attempt_id);
    CHECK(attempt.from == hotel_number);
    CHECK(attempt.to == guest_number);
    CHECK(attempt.content == "Where are you?");
    CHECK(attempt.media_urls == std::vector<std::string>{"https://media.example/map"});
    CHECK(attempt.started_at == begun);
    CHECK(attempt.ended_at == begun + 15s);
    CHECK(test.store->due_doubts("mail", 10).items.empty());
}

TEST_CASE("What the provider has taken ends as if it had answered") {
    DoubtTest test;
    const Message sent = test.in_doubt("Welcome");
    CHECK(test.tell(Reconciliation::taken) == DoubtChange::taken);
    const Message found = test.message(sent.id);
    CHECK(found.provider_message_id == "SM7");
    CHECK(found.delivery.state == DeliveryState::delivered);
    CHECK(found.delivery.error_code.empty());
    CHECK(test.store->outbox().unknown == 0);
    CHECK(test.store->due_doubts("sms", 10).items.empty());
    CHECK(test.store->attempts(sent.id).at(0).outcome->kind == OutcomeKind::accepted);
    CHECK(test.tell(Reconciliation::taken) == DoubtChange::none);
}

TEST_CASE("Absent counts when it is said twice, a settling delay apart; then it is the same message again") {
    DoubtTest test;
    const Message sent = test.in_doubt("Welcome");
    CHECK(test.tell(Reconciliation::absent) == DoubtChange::noted);
    test.pass(1min);
    CHECK(test.tell(Reconciliation::absent) == DoubtChange::noted);  // too soon
    CHECK(test.claimed() == "-");
    test.pass(1min);
    CHECK(test.tell(Reconciliation::absent) == DoubtChange::due_again);
    CHECK(test.message(sent.id).delivery.state == DeliveryState::pending);
    const auto again = test.claim();
    REQUIRE(again);
    CHECK(again->message_id == sent.id);
    CHECK(again->attempt_number == 1);
    CHECK(test.store->outbox().unknown == 0);
}

TEST_CASE("An answer in between makes the search begin anew") {
    DoubtTest test;
    test.in_doubt("Welcome");
    CHECK(test.tell(Reconciliation::absent) == DoubtChange::noted);
    test.pass(2min);
    CHECK(test.tell(Reconciliation::cant_tell) == DoubtChange::noted);
    test.pass(2min);
    CHECK(test.tell(Reconciliation::absent) == DoubtChange::noted);
    CHECK(test.claimed() == "-");
}

TEST_CASE("A question that the provider doesn't take counts for nothing") {
    DoubtTest test;
    test.in_doubt("Welcome");
    CHECK(test.tell(Reconciliation::absent) == DoubtChange::noted);
    test.pass(2min);
    CHECK(test.tell(Reconciliation::unavailable) == DoubtChange::noted);
    test.pass(2min);
    CHECK(test.store->due_doubts("sms", 10).items.at(0).asked == 1);
    CHECK(test.tell(Reconciliation::absent) == DoubtChange::due_again);
}

TEST_CASE("Due again, it waits behind what has overtaken it and is in flight, and before the rest") {
    DoubtTest test;
    const Message sent = test.in_doubt("first");
    test.answer("second");
    test.answer("third");
    const auto second = test.claim();
    REQUIRE(second->content == "second");
    test.tell(Reconciliation::absent);
    test.pass(2min);
    CHECK(test.tell(Reconciliation::absent) == DoubtChange::due_again);
    CHECK(test.claimed() == "-");
    test.accept(*second, "SM2");
    CHECK(test.claimed() == "first");
}

TEST_CASE("Due again after its expiry, it expires") {
    DoubtTest test;
    const Message sent = test.in_doubt("Welcome");
    test.pass(10h);
    test.tell(Reconciliation::absent);
    test.pass(2min);
    CHECK(test.tell(Reconciliation::absent) == DoubtChange::due_again);
    test.store->promote_due();
    CHECK(test.message(sent.id).delivery.error_code == "EXPIRED");
}

TEST_CASE("A report that names the attempt ends the doubt, also after it was due again") {
    DoubtTest test;
    const Message sent = test.in_doubt("Welcome");
    SECTION("before") {}
    SECTION("after") {
        test.tell(Reconciliation::absent);
        test.pass(2min);
        REQUIRE(test.tell(Reconciliation::absent) == DoubtChange::due_again);
    }
    test.store->apply_status(test.status("delivered", "SM9", test.attempt.attempt_id));
    CHECK(test.message(sent.id).provider_message_id == "SM9");
    CHECK(test.store->due_doubts("sms", 10).items.empty());
    CHECK(test.tell(Reconciliation::absent) == DoubtChange::none);
    CHECK(test.claimed() == "-");
}

TEST_CASE("A message that another attempt owns isn't this one's") {
    DoubtTest test;
    test.answer("owned", "+15550000001");
    test.accept(*test.claim(), "SM7");
    CHECK(test.store->provider_message_owner("sms", "SM7"));
    CHECK_FALSE(test.store->provider_message_owner("sms", "SM8"));
    CHECK_FALSE(test.store->provider_message_owner("mail", "SM7"));
    const Message sent = test.in_doubt("Welcome");
    CHECK(test.tell(Reconciliation::taken) == DoubtChange::noted);
    CHECK(test.message(sent.id).delivery.state == DeliveryState::unknown);
    CHECK(test.tell(Reconciliation::taken, 2min, "SM8") == DoubtChange::taken);
}

TEST_CASE("Nobody asks any more: it stays unknown") {
    DoubtTest test;
    const Message sent = test.in_doubt("Welcome");
    CHECK(test.tell(Reconciliation::not_supported, std::nullopt) == DoubtChange::given_up);
    CHECK(test.store->due_doubts("sms", 10).items.empty());
    CHECK(test.message(sent.id).delivery.state == DeliveryState::unknown);
}
