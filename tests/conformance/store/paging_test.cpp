#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

/// The ids of all conversations that pass the filter, two to a page.
std::vector<std::string> listed(StoreTest& test, const ConversationFilter& filter) {
    std::vector<std::string> ids;
    std::optional<std::int64_t> after;
    do {
        const auto page = test.store->conversations(filter, after, 2);
        CHECK(page.items.size() <= 2);
        for (const Conversation& conversation : page.items) ids.push_back(conversation.id);
        after = page.next;
    } while (after);
    return ids;
}

}  // namespace

TEST_CASE("A conversation's messages come oldest first, page by page") {
    StoreTest test;
    std::string id;
    for (int i = 0; i < 5; ++i) id = test.text(std::to_string(i)).conversation_id;
    test.text("not this one", "+15550000001");
    const auto first = test.store->messages(id, std::nullopt, 2);
    REQUIRE(first.items.size() == 2);
    CHECK(first.items[0].content == "0");
    REQUIRE(first.next);
    const auto second = test.store->messages(id, first.next, 2);
    CHECK(second.items.at(0).content == "2");
    const auto third = test.store->messages(id, second.next, 2);
    REQUIRE(third.items.size() == 1);
    CHECK(third.items[0].content == "4");
    CHECK_FALSE(third.next);
    CHECK_FALSE(test.store->messages(id, std::nullopt, 5).next);
    CHECK(test.store->messages(test.ids.next(), std::nullopt, 5).items.empty());
}

TEST_CASE("Conversations come by their latest activity") {
    StoreTest test;
    std::vector<std::string> ids;
    for (int i = 0; i < 5; ++i)
        ids.push_back(test.text("Hello", "+1555000000" + std::to_string(i)).conversation_id);
    CHECK(listed(test, {}) == std::vector<std::string>{ids[4], ids[3], ids[2], ids[1], ids[0]});
    test.text("again", "+15550000001");
    test.answer("answered", "+15550000003");
    CHECK(listed(test, {}) == std::vector<std::string>{ids[3], ids[1], ids[4], ids[2], ids[0]});
}

TEST_CASE("Conversations are found by state, channel, guest, and part of name or address") {
    StoreTest test;
    const ReceiveResult ada = test.text("Hello", "+15550000001");
    const ReceiveResult zoe = test.text("Hello", "+15550000002");
    InboundMessage mail = test.inbound("Hello", "Zoe@Example.com");
    mail.channel = "email";
    const ReceiveResult other = test.store->receive(mail);
    test.store->update_guest(ada.guest_id, "Ada Lovelace", std::nullopt);
    test.store->update_guest(zoe.guest_id, "ZOË_100%", std::nullopt);
    test.store->change_conversation(ada.conversation_id, ConversationEvent::escalate);

    using Ids = std::vector<std::string>;
    const auto by_text = [&](const std::string& text) {
        ConversationFilter filter;
        filter.text = text;
        return listed(test, filter);
    };
    ConversationFilter filter;
    filter.state = ConversationState::escalated;
    CHECK(listed(test, filter) == Ids{ada.conversation_id});
    filter.state = ConversationState::fresh;
    CHECK(listed(test, filter) == Ids{other.conversation_id, zoe.conversation_id});
    filter.channel = "sms";
    CHECK(listed(test, filter) == Ids{zoe.conversation_id});
    filter.guest_id = ada.guest_id;
    CHECK(listed(test, filter).empty());
    CHECK(by_text("lovel") == Ids{ada.conversation_id});
    CHECK(by_text("0000002") == Ids{zoe.conversation_id});
    CHECK(by_text("zoë") == Ids{zoe.conversation_id});
    CHECK(by_text("zoe@") == Ids{other.conversation_id});
    CHECK(by_text("_100%") == Ids{zoe.conversation_id});
    CHECK(by_text("%").size() == 1);
    CHECK(by_text("nobody").empty());
}

TEST_CASE("Failed messages come latest first, page by page") {
    StoreTest test;
    for (int i = 0; i < 3; ++i) {
        test.answer(std::to_string(i));
        test.store->finish_attempt(
            finish_of(*test.claim(), outcome(OutcomeKind::rejected, "INVALID_NUMBER")));
    }
    test.answer("not failed");
    test.text("not ours");
    const auto first = test.store->failed_messages({}, std::nullopt, 2);
    REQUIRE(first.items.size() == 2);
    CHECK(first.items[0].content == "2");
    CHECK(first.items[1].content == "1");
    REQUIRE(first.next);
    const auto second = test.store->failed_messages({}, first.next, 2);
    REQUIRE(second.items.size() == 1);
    CHECK(second.items[0].content == "0");
    CHECK_FALSE(second.next);
}
