// A report may come before anybody knows whose it is, and twice: from a webhook of the sender that knows no
// attempt, and from the message's own, which names it.

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

TEST_CASE("The same word with and without the attempt settles the message, whichever comes first") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    test.answer("behind it");
    const auto claim = test.claim();
    REQUIRE(claim);
    const bool lost = GENERATE(true, false);
    if (lost) test.lose(*claim, 2min);
    const bool named_first = GENERATE(true, false);
    CAPTURE(lost, named_first);

    const StatusUpdate named = test.status("delivered", "SM1", claim->attempt_id);
    const StatusUpdate unnamed = test.status("delivered", "SM1");
    CHECK(test.store->apply_status(named_first ? named : unnamed) ==
          (named_first ? StatusResult::applied : StatusResult::no_message));
    CHECK(test.store->apply_status(named_first ? unnamed : named) ==
          (named_first ? StatusResult::duplicate : StatusResult::applied));
    CHECK(test.message(message.id).delivery.state == DeliveryState::delivered);
    CHECK(test.message(message.id).provider_message_id == "SM1");
    if (lost) CHECK(test.store->attempts(message.id).at(0).outcome.value().kind == OutcomeKind::accepted);
    if (!lost) test.accept(*claim, "SM1");
    CHECK(test.message(message.id).delivery.state == DeliveryState::delivered);
    CHECK(test.claimed() == "behind it");
    CHECK(test.store->outbox().unknown == 0);

    CHECK(test.store->apply_status(named) == StatusResult::duplicate);
    CHECK(test.store->apply_status(unnamed) == StatusResult::duplicate);
}

TEST_CASE("Words that came early are told of when a repeated one names the attempt") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    const auto claim = test.claim();
    REQUIRE(claim);
    for (const char* word : {"sending", "sent", "delivered"})
        CHECK(test.store->apply_status(test.status(word, "SM1")) == StatusResult::no_message);
    test.lose(*claim, 2min);
    CHECK(test.store->apply_status(test.status("sent", "SM1", claim->attempt_id)) == StatusResult::applied);
    CHECK(test.message(message.id).delivery.state == DeliveryState::delivered);
    CHECK(test.store->outbox().unknown == 0);
}

TEST_CASE("A repeated word that names another channel's attempt changes nothing") {
    StoreTest test;
    test.answer("Welcome");
    const auto claim = test.claim();
    REQUIRE(claim);
    StatusUpdate other = test.status("delivered", "SM1");
    other.channel = "whatsapp";
    CHECK(test.store->apply_status(other) == StatusResult::no_message);
    other.attempt_id = claim->attempt_id;
    CHECK(test.store->apply_status(other) == StatusResult::duplicate);
    CHECK(test.message(claim->message_id).delivery.state == DeliveryState::pending);
}
