#include <functional>
#include <set>

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

using Ids = std::vector<std::string>;

const Scope harbour{{{"harbour"}}};
const Scope airport{{{"airport"}}};
const Scope both{{{"airport", "harbour"}}};
const Scope elsewhere{{{"palace"}}};  // has no channel

/// Two hotels: "sms" and "fax" are the harbour's, "sms2" is the airport's.
struct TwoHotels : StoreTest {
    TwoHotels() { store->place_channels({{"fax", "harbour"}, {"sms", "harbour"}, {"sms2", "airport"}}); }

    ReceiveResult write(const std::string& channel, const std::string& content,
                        const std::string& from = guest_number) {
        InboundMessage message = inbound(content, from);
        message.channel = channel;
        return store->receive(message);
    }
    Message send(const std::string& channel, const std::string& content) {
        OutboundMessage message = outbound(content);
        message.channel = channel;
        return enqueue(message);
    }
    Message fail(const std::string& channel, const std::string& content) {
        const Message message = send(channel, content);
        Outcome refused = outcome(OutcomeKind::rejected, "INVALID_NUMBER");
        store->finish_attempt(finish_of(claim({channel, hotel_number}).value(), refused));
        return message;
    }
};

/// All ids of a list that is read page by page.
template <typename Item, typename List>
Ids all_pages(List list) {
    Ids ids;
    std::optional<std::int64_t> after;
    do {
        const Page<Item> page = list(after);
        for (const Item& item : page.items) ids.push_back(item.id);
        after = page.next;
    } while (after);
    return ids;
}

Ids conversations(TwoHotels& test, const Scope& within, ConversationFilter filter = {}) {
    return all_pages<Conversation>([&](auto after) {
        const auto page = test.store->conversations(filter, after, 2, within);
        CHECK(page.items.size() <= 2);
        if (page.next) CHECK(page.items.size() == 2);  // what isn't seen leaves no hole
        return page;
    });
}

Ids failed(TwoHotels& test, const Scope& within) {
    return all_pages<Message>([&](auto after) { return test.store->failed_messages({}, after, 2, within); });
}

Ids guests(TwoHotels& test, const Scope& within) {
    Ids ids;
    for (std::string after;;) {
        const auto page = test.store->guests(after, 2, within);
        for (const Guest& guest : page) ids.push_back(guest.id);
        if (page.size() < 2) return ids;
        after = ids.back();
    }
}

Ids events(TwoHotels& test, const Scope& within) {
    Ids found;
    for (std::int64_t after = 0;;) {
        const auto page = test.store->events(after, 3, within);
        for (const Event& event : page) found.push_back(event.channel + " " + event.type);
        if (page.size() < 3) return found;
        after = page.back().seq;
    }
}

}  // namespace

TEST_CASE("Guests and conversations belong to the property of their channel") {
    TwoHotels test;
    const ReceiveResult here = test.write("sms", "Hello");
    const ReceiveResult there = test.write("sms2", "Hello");
    CHECK(here.guest_id != there.guest_id);  // one address, two hotels: two guests
    CHECK(test.store->guest(here.guest_id)->property == "harbour");
    CHECK(test.store->guest(there.guest_id)->property == "airport");
    CHECK(test.store->conversation(here.conversation_id)->property == "harbour");
    CHECK(test.store->conversation(there.conversation_id)->property == "airport");
    const Message first = test.send("fax", "Welcome");
    CHECK(test.store->guest(first.guest_id)->property == "harbour");
    CHECK(test.store->open_conversation("fax", guest_number)->property == "harbour");
}

TEST_CASE("Before any channel is placed everything is the property's that there is then") {
    StoreTest test;
    const ReceiveResult received = test.text("Hello");
    CHECK(test.store->guest(received.guest_id)->property == "main");
    CHECK(test.store->conversation(received.conversation_id)->property == "main");
}

TEST_CASE("What another property has is not found") {
    TwoHotels test;
    const ReceiveResult received = test.write("sms", "Hello");
    OutboundMessage text = test.outbound("a long one");
    text.pieces = {{"a long", "GSM-7", 1}, {" one", "GSM-7", 1}};
    const Message sent = test.enqueue(text);
    REQUIRE(sent.group);
    REQUIRE(test.claim());
    test.store->record_consent(consent_report(ConsentKind::opt_out, hotel_number, test.now()));

    const std::vector<std::pair<const char*, std::function<bool(const Scope&)>>> look_ups{
        {"guest",
         [&](const Scope& within) { return test.store->guest(received.guest_id, within).has_value(); }},
        {"guest_by_address",
         [&](const Scope& within) {
             return test.store->guest_by_address("sms", guest_number, within).has_value();
         }},
        {"guests", [&](const Scope& within) { return !test.store->guests("", 10, within).empty(); }},
        {"consents",
         [&](const Scope& within) { return !test.store->consents(received.guest_id, within).empty(); }},
        {"opted_out",
         [&](const Scope& within) {
             return test.store->opted_out("sms", guest_number, hotel_number, within);
         }},
        {"conversation",
         [&](const Scope& within) {
             return test.store->conversation(received.conversation_id, within).has_value();
         }},
        {"open_conversation",
         [&](const Scope& within) {
             return test.store->open_conversation("sms", guest_number, within).has_value();
         }},
        {"conversations",
         [&](const Scope& within) {
             return !test.store->conversations({}, std::nullopt, 10, within).items.empty();
         }},
        {"messages",
         [&](const Scope& within) {
             return !test.store->messages(received.conversation_id, std::nullopt, 10, within).items.empty();
         }},
        {"message", [&](const Scope& within) { return test.store->message(sent.id, within).has_value(); }},
        {"group", [&](const Scope& within) { return !test.store->group(sent.group->id, within).empty(); }},
        {"attempts", [&](const Scope& within) { return !test.store->attempts(sent.id, within).empty(); }},
        {"message_events",
         [&](const Scope& within) { return !test.store->message_events(sent.id, within).empty(); }},
        {"events", [&](const Scope& within) { return !test.store->events(0, 100, within).empty(); }},
        {"outbox", [&](const Scope& within) { return test.store->outbox(within).depth > 0; }},
    };
    for (const auto& [name, found] : look_ups) {
        INFO(name);
        CHECK(found({}));
        CHECK(found(harbour));
        CHECK(found(both));
        CHECK_FALSE(found(airport));
        CHECK_FALSE(found(elsewhere));
    }
}

TEST_CASE("Conversations of some properties come as one list by their latest activity") {
    TwoHotels test;
    Ids harbours;
    Ids airports;
    Ids all;
    for (int i = 0; i < 12; ++i) {
        // Three of four are the airport's; the harbour's alternate between its channels.
        const bool is_harbour = i % 4 == 0;
        const char* channel = !is_harbour ? "sms2" : i % 8 == 0 ? "sms" : "fax";
        const auto id = test.write(channel, "Hello", "+155500000" + std::to_string(10 + i)).conversation_id;
        (is_harbour ? harbours : airports).insert((is_harbour ? harbours : airports).begin(), id);
        all.insert(all.begin(), id);
    }
    CHECK(conversations(test, harbour) == harbours);
    CHECK(conversations(test, airport) == airports);
    CHECK(conversations(test, both) == all);
    CHECK(conversations(test, {}) == all);
    CHECK(conversations(test, elsewhere).empty());

    ConversationFilter filter;
    filter.channel = "sms2";
    CHECK(conversations(test, harbour, filter).empty());
    CHECK(conversations(test, airport, filter) == airports);
    filter.channel = "fax";
    CHECK(conversations(test, both, filter) == Ids{harbours[1]});
    filter = {};
    filter.text = "+1555";
    CHECK(conversations(test, harbour, filter) == harbours);
    filter.state = ConversationState::active;
    CHECK(conversations(test, harbour, filter).empty());
    filter = {};
    filter.guest_id = test.store->conversation(airports[0])->guest_id;
    CHECK(conversations(test, harbour, filter).empty());
    CHECK(conversations(test, both, filter) == Ids{airports[0]});
}

TEST_CASE("Guests of some properties come as one list by id") {
    TwoHotels test;
    Ids harbours;
    Ids all;
    for (int i = 0; i < 9; ++i) {
        const auto id =
            test.write(i % 3 == 0 ? "sms" : "sms2", "Hello", "+155500000" + std::to_string(10 + i));
        if (i % 3 == 0) harbours.push_back(id.guest_id);
        all.push_back(id.guest_id);
    }
    CHECK(guests(test, harbour) == harbours);
    CHECK(guests(test, airport).size() == 6);
    CHECK(guests(test, both) == all);
    CHECK(guests(test, {}) == all);
    CHECK(guests(test, elsewhere).empty());
}

TEST_CASE("Failed messages of some properties come as one list, latest first") {
    TwoHotels test;
    Ids harbours;
    Ids all;
    for (const char* channel : {"sms", "sms2", "sms2", "fax", "sms2", "sms"}) {
        const std::string id = test.fail(channel, "no").id;
        if (channel != "sms2"s) harbours.insert(harbours.begin(), id);
        all.insert(all.begin(), id);
    }
    CHECK(failed(test, harbour) == harbours);
    CHECK(failed(test, both) == all);
    CHECK(failed(test, {}) == all);
    CHECK(failed(test, elsewhere).empty());
}

TEST_CASE("Every event names its channel, and is told to its property") {
    TwoHotels test;
    test.write("sms", "Hello");
    test.write("sms2", "Hello");
    const ReceiveResult again = test.write("sms2", "Hello?");
    test.store->change_conversation(again.conversation_id, ConversationEvent::escalate);
    ConsentReport consent = consent_report(ConsentKind::opt_in, hotel_number, test.now());
    consent.consent.channel = "fax";  // of somebody who isn't known
    test.store->record_consent(consent);
    test.send("sms", "Welcome");
    test.accept(test.claim().value(), "SM1");
    test.store->apply_status(test.status("delivered"));
    StatusUpdate early = test.status("sent", "SM-of-nobody");
    early.channel = "sms2";
    test.store->apply_status(early);

    const Ids harbours{"sms guest.created",  "sms conversation.created", "sms conversation.message",
                       "fax guest.consent",  "sms conversation.state",   "sms conversation.message",
                       "sms message.status", "sms message.report",       "sms message.status"};
    CHECK(events(test, harbour) == harbours);
    CHECK(events(test, airport) == Ids{"sms2 guest.created", "sms2 conversation.created",
                                       "sms2 conversation.message", "sms2 conversation.message",
                                       "sms2 conversation.state", "sms2 message.report"});
    CHECK(events(test, both).size() == 15);
    CHECK(events(test, {}) == events(test, both));
    CHECK(events(test, elsewhere).empty());
}

TEST_CASE("The outbox is counted for each property alone") {
    TwoHotels test;
    const Timestamp first = test.now();
    test.send("sms", "one");
    test.pass(1s);
    test.send("sms2", "two");
    test.pass(1s);
    OutboundMessage third = test.outbound("three", "+15550000001");
    third.channel = "sms2";
    test.enqueue(third);
    const auto lost = test.claim({"sms2", hotel_number});
    REQUIRE(lost);
    test.lose(*lost, 5min);
    test.store->set_paused({}, true);

    const OutboxReport here = test.store->outbox(harbour);
    CHECK(here.depth == 1);
    CHECK(here.unknown == 0);
    CHECK(here.oldest_due_at == first);
    CHECK(here.paused);
    REQUIRE(here.lanes.size() == 1);
    CHECK(here.lanes[0].lane.channel == "sms");
    const OutboxReport there = test.store->outbox(airport);
    CHECK(there.depth == 1);
    CHECK(there.unknown == 1);
    CHECK(there.oldest_due_at > first);
    REQUIRE(there.lanes.size() == 1);
    CHECK(there.lanes[0].lane.channel == "sms2");
    CHECK(test.store->outbox(both).depth == 2);
    CHECK(test.store->outbox().depth == 2);
    const OutboxReport none = test.store->outbox(elsewhere);
    CHECK(none.depth == 0);
    CHECK(none.unknown == 0);
    CHECK(none.paused);
    CHECK_FALSE(none.oldest_due_at);
    CHECK(none.lanes.empty());
}

TEST_CASE("A channel without a history may move, and takes what comes then to its new property") {
    TwoHotels test;
    test.store->place_channels({{"fax", "airport"}});
    CHECK(test.store->guest(test.write("fax", "Hello").guest_id)->property == "airport");
    test.store->place_channels({{"fax", "airport"}, {"sms", "harbour"}});  // the same again is no move
    test.reopen();
    CHECK(test.store->guest(test.write("fax", "Hello", "+15550000001").guest_id)->property == "airport");
}

TEST_CASE("A channel with a history stays where it is, and nothing else moves either") {
    using Catch::Matchers::Contains;
    const auto give_history = GENERATE(
        as<std::function<void(TwoHotels&)>>{}, [](TwoHotels& test) { test.write("sms", "Hello"); },
        [](TwoHotels& test) { test.send("sms", "Welcome"); },
        [](TwoHotels& test) {
            test.store->record_consent(consent_report(ConsentKind::opt_out, hotel_number, test.now()));
        },
        [](TwoHotels& test) { test.store->apply_status(test.status("sent")); });
    TwoHotels test;
    give_history(test);
    const std::vector<ChannelPlace> places{{"fax", "airport"}, {"new", "palace"}, {"sms", "airport"}};
    CHECK_THROWS_AS(test.store->place_channels(places), StoreError);
    CHECK_THROWS_WITH(test.store->place_channels(places),
                      Contains("the channel \"sms\" belongs to the property \"harbour\"") &&
                          Contains("the configuration gives it to \"airport\"") &&
                          Contains("Set property = \"harbour\"") && Contains("a channel of a new name"));
    CHECK(test.store->guest(test.write("fax", "Hello").guest_id)->property == "harbour");
    CHECK(test.store->guest(test.write("new", "Hello").guest_id)->property == "main");
    CHECK(test.store->guest(test.write("sms", "Hello").guest_id)->property == "harbour");
}

TEST_CASE("A channel that had a history before any was placed is the first property's") {
    StoreTest test;
    test.text("Hello");
    CHECK_THROWS_AS(test.store->place_channels({{"sms", "harbour"}}), StoreError);
    test.store->place_channels({{"sms", "main"}});
    CHECK(test.store->conversations({}, std::nullopt, 10, Scope{{{"main"}}}).items.size() == 1);
}

TEST_CASE("A channel that the configuration names no more keeps its property") {
    TwoHotels test;
    const ReceiveResult received = test.write("sms", "Hello");
    test.reopen();
    test.store->place_channels({{"fax", "harbour"}});
    CHECK(test.store->conversation(received.conversation_id, harbour));
    CHECK_FALSE(test.store->conversation(received.conversation_id, airport));
}
