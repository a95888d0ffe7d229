#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

bool refused(StoreTest& test, const std::string& from = hotel_number) {
    OutboundMessage message = test.outbound("Hello");
    message.from = from;
    const EnqueueResult result = test.store->enqueue(message);
    const auto* refusal = std::get_if<EnqueueRefusal>(&result);
    if (refusal != nullptr) CHECK(*refusal == EnqueueRefusal::opted_out);
    return refusal != nullptr;
}

}  // namespace

TEST_CASE("A keyword is kept as a message and as a consent for each scope, in one operation") {
    StoreTest test;
    InboundMessage stop = test.inbound("Stop");
    stop.consent = Consent{.kind = ConsentKind::opt_out,
                           .channel = "sms",
                           .address = guest_number,
                           .scopes = {hotel_number, "MG1"},
                           .source = "keyword",
                           .keyword = "Stop",
                           .note = {},
                           .recorded_by = {}};
    const ReceiveResult result = test.store->receive(stop);
    CHECK(test.message(result.message_id).consent == ConsentKind::opt_out);

    const auto ledger = test.store->consents(result.guest_id);
    REQUIRE(ledger.size() == 2);
    CHECK(ledger[0].scope == hotel_number);
    CHECK(ledger[1].scope == "MG1");
    CHECK(ledger[0].kind == ConsentKind::opt_out);
    CHECK(ledger[0].channel == "sms");
    CHECK(ledger[0].address == guest_number);
    CHECK(ledger[0].source == "keyword");
    CHECK(ledger[0].keyword == "Stop");
    CHECK(ledger[0].at == test.now());
    CHECK(ledger[0].seq < ledger[1].seq);
    CHECK(refused(test));
    CHECK(refused(test, "MG1"));
    CHECK(test.event_types() == "guest.created conversation.created conversation.message guest.consent");
    const Event event = test.store->events(0, 100).back();
    CHECK(event.guest_id == result.guest_id);
    CHECK(event.message_id == result.message_id);
    CHECK(event.data == R"({"kind":"opt_out","channel":"sms","address":"+15559876543",)"
                        R"("scopes":["+15551234567","MG1"],"source":"keyword","keyword":"Stop"})");

    SECTION("and a repetition adds nothing") {
        CHECK(test.store->receive(stop).duplicate);
        CHECK(test.store->consents(result.guest_id).size() == 2);
    }
}

TEST_CASE("Opting out holds for its scope alone") {
    StoreTest test;
    test.store->record_consent(consent_report(ConsentKind::opt_out, hotel_number, test.now()));
    CHECK(refused(test));
    CHECK_FALSE(refused(test, "+15551230000"));
    OutboundMessage to_other = test.outbound("Hello", "+15550000001");
    CHECK(std::holds_alternative<Enqueued>(test.store->enqueue(to_other)));
    OutboundMessage other_channel = test.outbound("Hello");
    other_channel.channel = "whatsapp";
    CHECK(std::holds_alternative<Enqueued>(test.store->enqueue(other_channel)));
}

TEST_CASE("The last word but help counts, and the ledger keeps them all") {
    StoreTest test;
    const std::string guest = test.text("Hello").guest_id;
    const auto say = [&](ConsentKind kind) {
        test.store->record_consent(consent_report(kind, hotel_number, test.now()));
    };
    say(ConsentKind::opt_out);
    CHECK(refused(test));
    say(ConsentKind::help);
    CHECK(refused(test));
    say(ConsentKind::opt_in);
    CHECK_FALSE(refused(test));
    say(ConsentKind::help);
    CHECK_FALSE(refused(test));
    say(ConsentKind::opt_out);
    CHECK(refused(test));
    const auto ledger = test.store->consents(guest);
    REQUIRE(ledger.size() == 5);
    CHECK(ledger[0].kind == ConsentKind::opt_out);
    CHECK(ledger[1].kind == ConsentKind::help);
    CHECK(ledger[4].kind == ConsentKind::opt_out);
}

TEST_CASE("A report with a key is recorded once, one without always") {
    StoreTest test;
    const std::string guest = test.text("Hello").guest_id;
    ConsentReport report = consent_report(ConsentKind::opt_out, hotel_number, test.now());
    CHECK(test.store->record_consent(report));
    CHECK(test.store->record_consent(report));
    report.dedup_key = "OO1";
    CHECK(test.store->record_consent(report));
    CHECK_FALSE(test.store->record_consent(report));
    CHECK(test.store->consents(guest).size() == 3);
}

TEST_CASE("What is refused leaves no trace") {
    StoreTest test;
    test.store->record_consent(consent_report(ConsentKind::opt_out, hotel_number, test.now()));
    CHECK(refused(test));
    CHECK(test.store->guests("", 10).empty());
    CHECK(test.store->conversations({}, std::nullopt, 10).items.empty());
    CHECK(test.store->outbox().depth == 0);
    CHECK(test.event_types() == "guest.consent");
}

TEST_CASE("A guest who becomes known later has the consents of the address") {
    StoreTest test;
    test.store->record_consent(consent_report(ConsentKind::opt_out, hotel_number, test.now()));
    CHECK(test.store->consents(test.text("Hello").guest_id).size() == 1);
}

TEST_CASE("Opting out does not end the conversation") {
    StoreTest test;
    const ReceiveResult first = test.text("Hello");
    test.store->record_consent(consent_report(ConsentKind::opt_out, hotel_number, test.now()));
    CHECK(test.store->conversation(first.conversation_id)->state == ConversationState::fresh);
    CHECK(test.text("I meant the newsletter").conversation_id == first.conversation_id);
}
