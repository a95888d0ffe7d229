// What guests say to staff about messages: for the whole channel, beside what they and the provider say about
// one of our addresses.

#include <algorithm>

#include "fixture.h"

using namespace jackgw;
using namespace jackgw::test;

namespace {

constexpr const char* spa_number = "+15550001111";

StaffConsent consent_of(ConsentKind kind) {
    StaffConsent said;
    said.kind = kind;
    said.guest = {"sms", guest_number};
    said.note = "asked at the desk";
    said.recorded_by = "front-desk";
    return said;
}

/// Whether it was recorded.
bool tell_staff(StoreTest& test, ConsentKind kind, const std::string& note = "asked at the desk") {
    StaffConsent said = consent_of(kind);
    said.note = note;
    const auto result = test.store->record_by_staff(said);
    CHECK((result == StaffConsentResult::recorded || result == StaffConsentResult::nothing_to_lift));
    return result == StaffConsentResult::recorded;
}

void text_keyword(StoreTest& test, ConsentKind kind, const std::string& scope = hotel_number) {
    InboundMessage message = test.inbound(kind == ConsentKind::opt_out ? "STOP" : "START");
    message.to = scope;
    message.consent = consent_report(kind, scope, test.now()).consent;
    test.store->receive(message);
}

std::optional<EnqueueRefusal> refusal(StoreTest& test, const std::string& from = hotel_number,
                                      const std::string& to = guest_number) {
    OutboundMessage message = test.outbound("Hello", to);
    message.from = from;
    const EnqueueResult result = test.store->enqueue(message);
    const auto* refused = std::get_if<EnqueueRefusal>(&result);
    return refused == nullptr ? std::nullopt : std::optional{*refused};
}

}  // namespace

TEST_CASE("What a guest said to staff holds for every sender of the channel, for this guest alone") {
    StoreTest test;
    const std::string guest = test.text("Please don't text me again").guest_id;
    CHECK(tell_staff(test, ConsentKind::opt_out));
    SECTION("at once") {}
    SECTION("after the store was closed and opened again") {
        test.reopen();
    }
    CHECK(refusal(test) == EnqueueRefusal::opted_out_by_staff);
    CHECK(refusal(test, spa_number) == EnqueueRefusal::opted_out_by_staff);
    CHECK(test.store->opted_out("sms", guest_number, "a sender that nobody has used yet"));
    CHECK_FALSE(refusal(test, hotel_number, "+15550000001"));
    CHECK_FALSE(test.store->opted_out("whatsapp", guest_number, hotel_number));

    const auto ledger = test.store->consents(guest);
    REQUIRE(ledger.size() == 1);
    CHECK(ledger[0].kind == ConsentKind::opt_out);
    CHECK(ledger[0].channel == "sms");
    CHECK(ledger[0].address == guest_number);
    CHECK(ledger[0].scope == whole_channel);
    CHECK(ledger[0].source == "staff");
    CHECK(ledger[0].keyword.empty());
    CHECK(ledger[0].note == "asked at the desk");
    CHECK(ledger[0].recorded_by == "front-desk");
    CHECK(ledger[0].at == test.now());
}

TEST_CASE("The event says who recorded it, and leaves the note to the ledger") {
    StoreTest test;
    const std::string guest = test.text("Hello").guest_id;
    tell_staff(test, ConsentKind::opt_out);
    const Event event = test.store->events(0, 100).back();
    CHECK(event.type == "guest.consent");
    CHECK(event.guest_id == guest);
    CHECK(event.data == R"({"kind":"opt_out","channel":"sms","address":"+15559876543","scopes":null,)"
                        R"("source":"staff","recordedBy":"front-desk"})");
}

TEST_CASE("A message that waits when staff records an opt-out is not sent") {
    StoreTest test;
    const Message waiting = test.answer("Your table is ready");
    tell_staff(test, ConsentKind::opt_out);
    CHECK_FALSE(test.claim());
    const Message failed = test.message(waiting.id);
    CHECK(failed.delivery.state == DeliveryState::failed);
    CHECK(failed.delivery.error_code == "UNSUBSCRIBED");
    CHECK(test.store->outbox().depth == 0);
}

TEST_CASE("A message that fails after staff recorded an opt-out is not sent again") {
    StoreTest test;
    const Message message = test.answer("Your table is ready");
    const auto claim = test.claim();
    REQUIRE(claim);
    test.accept(*claim);
    tell_staff(test, ConsentKind::opt_out);
    StatusUpdate update = test.status("failed");
    update.resend = {.limit = 1, .after = 10min};
    test.store->apply_status(update);
    CHECK(test.message(message.id).retried_by.empty());
}

TEST_CASE("START lifts what staff recorded for the number that it was written to, until it is said again") {
    StoreTest test;
    text_keyword(test, ConsentKind::opt_in);
    tell_staff(test, ConsentKind::opt_out);
    CHECK(refusal(test) == EnqueueRefusal::opted_out_by_staff);
    text_keyword(test, ConsentKind::opt_in);
    test.reopen();
    CHECK_FALSE(refusal(test));
    CHECK(refusal(test, spa_number) == EnqueueRefusal::opted_out_by_staff);
    tell_staff(test, ConsentKind::opt_out);
    CHECK(refusal(test) == EnqueueRefusal::opted_out_by_staff);
}

TEST_CASE("A repeated request records nothing, whatever was said in between") {
    StoreTest test;
    const std::string guest = test.text("Hello").guest_id;
    StaffConsent said = consent_of(ConsentKind::opt_out);
    said.idempotency_key = "k1";
    said.request_hash = "h1";
    CHECK_FALSE(test.store->find_staff_consent(said.recorded_by, "k1", "h1"));
    CHECK(test.store->record_by_staff(said) == StaffConsentResult::recorded);
    CHECK(test.store->find_staff_consent(said.recorded_by, "k1", "h1") == StaffConsentResult::repeated);
    CHECK(test.store->find_staff_consent(said.recorded_by, "k1", "h2") ==
          StaffConsentResult::idempotency_conflict);
    CHECK_FALSE(test.store->find_staff_consent("night-desk", "k1", "h1"));
    CHECK_FALSE(test.store->find_staff_consent(said.recorded_by, "", "h1"));
    text_keyword(test, ConsentKind::opt_in);
    test.reopen();
    CHECK(test.store->record_by_staff(said) == StaffConsentResult::repeated);
    CHECK_FALSE(refusal(test));
    CHECK(test.store->consents(guest).size() == 2);

    said.request_hash = "h2";
    CHECK(test.store->record_by_staff(said) == StaffConsentResult::idempotency_conflict);
    said.recorded_by = "night-desk";
    CHECK(test.store->record_by_staff(said) == StaffConsentResult::recorded);

    StaffConsent back = consent_of(ConsentKind::opt_in);
    back.idempotency_key = "k2";
    CHECK(test.store->record_by_staff(back) == StaffConsentResult::recorded);
    CHECK(test.store->record_by_staff(back) == StaffConsentResult::repeated);
    back.idempotency_key = "k3";
    CHECK(test.store->record_by_staff(back) == StaffConsentResult::nothing_to_lift);
}

TEST_CASE("What the AI read in a guest's text is told from what staff heard") {
    StoreTest test;
    const std::string guest = test.text("please don't write any more").guest_id;
    StaffConsent said = consent_of(ConsentKind::opt_out);
    said.role = Role::ai;
    CHECK(test.store->record_by_staff(said) == StaffConsentResult::recorded);
    CHECK(test.store->consents(guest).at(0).source == "ai");
    CHECK(refusal(test) == EnqueueRefusal::opted_out_by_staff);
    CHECK(tell_staff(test, ConsentKind::opt_in));
    CHECK_FALSE(refusal(test));
}

TEST_CASE("A word that may be an answer to another question doesn't lift what staff recorded") {
    StoreTest test;
    const auto say_yes = [&](const std::string& scope = hotel_number) {
        InboundMessage message = test.inbound("Yes");
        message.to = scope;
        message.consent = consent_report(ConsentKind::opt_in, scope, test.now()).consent;
        message.consent->ambiguous = true;
        test.store->receive(message);
    };
    const std::string guest = test.text("Hello").guest_id;
    SECTION("by itself") {
        tell_staff(test, ConsentKind::opt_out);
        say_yes();
        CHECK(refusal(test) == EnqueueRefusal::opted_out_by_staff);
        CHECK(consent_states(test.store->consents(guest)).at(1).opted_out);
    }
    SECTION("also where it ends a STOP") {
        tell_staff(test, ConsentKind::opt_out);
        text_keyword(test, ConsentKind::opt_out);
        CHECK(refusal(test) == EnqueueRefusal::opted_out);
        say_yes();
        test.reopen();
        CHECK(refusal(test) == EnqueueRefusal::opted_out_by_staff);
        CHECK(tell_staff(test, ConsentKind::opt_in));
        CHECK_FALSE(refusal(test));
    }
    SECTION("without it it ends a STOP as ever") {
        text_keyword(test, ConsentKind::opt_out);
        say_yes();
        CHECK_FALSE(refusal(test));
    }
    SECTION("what START has lifted stays lifted") {
        tell_staff(test, ConsentKind::opt_out);
        text_keyword(test, ConsentKind::opt_in);
        say_yes();
        CHECK_FALSE(refusal(test));
    }
}

TEST_CASE("What staff recorded staff takes back, and each time is a line of the ledger") {
    StoreTest test;
    const std::string guest = test.text("Hello").guest_id;
    CHECK(tell_staff(test, ConsentKind::opt_out, "asked at the desk"));
    CHECK(tell_staff(test, ConsentKind::opt_out, "asked again, by phone"));
    CHECK(tell_staff(test, ConsentKind::opt_in, "wants to know when the taxi is here"));
    CHECK_FALSE(refusal(test));
    const auto ledger = test.store->consents(guest);
    REQUIRE(ledger.size() == 3);
    CHECK(ledger[1].note == "asked again, by phone");
    CHECK(ledger[2].kind == ConsentKind::opt_in);
    CHECK(ledger[2].source == "staff");
}

TEST_CASE("Staff takes back nothing that the guest or the provider said") {
    StoreTest test;
    const std::string guest = test.text("Hello").guest_id;
    SECTION("the guest") {
        text_keyword(test, ConsentKind::opt_out);
    }
    SECTION("the provider") {
        test.store->record_consent(consent_report(ConsentKind::opt_out, hotel_number, test.now()));
    }
    CHECK_FALSE(tell_staff(test, ConsentKind::opt_in));
    CHECK(test.store->consents(guest).size() == 1);
    CHECK(refusal(test) == EnqueueRefusal::opted_out);

    tell_staff(test, ConsentKind::opt_out);
    CHECK(refusal(test) == EnqueueRefusal::opted_out);
    CHECK(refusal(test, spa_number) == EnqueueRefusal::opted_out_by_staff);
    CHECK(tell_staff(test, ConsentKind::opt_in));
    CHECK(refusal(test) == EnqueueRefusal::opted_out);
    CHECK_FALSE(refusal(test, spa_number));
    CHECK_FALSE(tell_staff(test, ConsentKind::opt_in));
}

TEST_CASE("An opt-in without an opt-out before it is no consent and leaves no trace") {
    StoreTest test;
    test.text("Hello");
    const std::string before = test.event_types();
    CHECK_FALSE(tell_staff(test, ConsentKind::opt_in));
    CHECK(test.event_types() == before);
}

TEST_CASE("What the provider reports while staff's opt-out holds is kept, for its own scopes alone") {
    StoreTest test;
    const Message message = test.answer("Welcome");
    const auto claim = test.claim();
    REQUIRE(claim);
    tell_staff(test, ConsentKind::opt_out);
    Outcome rejected = outcome(OutcomeKind::rejected, "UNSUBSCRIBED");
    rejected.opted_out = true;
    rejected.opt_out_scopes = {std::string(whole_channel), "MG1"};
    test.store->finish_attempt(finish_of(*claim, rejected));
    const auto ledger = test.store->consents(message.guest_id);
    REQUIRE(ledger.size() == 3);
    CHECK(ledger[1].scope == hotel_number);
    CHECK(ledger[2].scope == "MG1");
    CHECK(tell_staff(test, ConsentKind::opt_in));
    CHECK(refusal(test) == EnqueueRefusal::opted_out);
    CHECK_FALSE(refusal(test, spa_number));
}
